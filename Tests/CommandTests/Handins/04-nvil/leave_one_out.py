import math
import statistics

from variants import main, mistake, right


@right("baselines", "by-the-total")
def _(signals):
    total = sum(signals)
    return [(total - f) / (len(signals) - 1) for f in signals]


@right("baselines", "others-one-by-one")
def _(signals):
    return [statistics.fmean(signals[:s] + signals[s + 1:]) for s in range(len(signals))]


@right("baselines", "stretched-batch-mean")
def _(signals):
    n, mean = len(signals), statistics.fmean(signals)
    return [f - n / (n - 1) * (f - mean) for f in signals]


@mistake("baselines", "includes-itself")
def _(signals):
    return [sum(signals) / len(signals)] * len(signals)


@mistake("baselines", "divides-by-all")
def _(signals):
    return [(sum(signals) - f) / len(signals) for f in signals]


@mistake("baselines", "takes-the-next")
def _(signals):
    return signals[1:] + signals[:1]


@mistake("baselines", "takes-the-earlier")
def _(signals):
    return [statistics.fmean(signals[:s]) if s else 0 for s in range(len(signals))]


@mistake("baselines", "takes-the-best")
def _(signals):
    return [max(signals[:s] + signals[s + 1:]) for s in range(len(signals))]


@mistake("baselines", "averages-the-weights")
def _(signals):
    others = [signals[:s] + signals[s + 1:] for s in range(len(signals))]
    return [math.log(sum(map(math.exp, o)) / len(o)) for o in others]


@mistake("baselines", "counts-itself-twice")
def _(signals):
    return [(sum(signals) + f) / (len(signals) + 1) for f in signals]


main()
