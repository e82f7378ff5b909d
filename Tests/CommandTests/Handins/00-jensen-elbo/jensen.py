import math

from variants import main, mistake, right


def expected(values, weights):
    return sum(w * x for w, x in zip(weights, values))


def expected_log(values, weights):
    return sum(w * math.log(x) for w, x in zip(weights, values) if w > 0)


@right("mean", "from-the-first-value")
def _(values, weights):
    return values[0] + math.fsum(w * (x - values[0]) for w, x in zip(weights, values))


@right("gap", "as-a-divergence")
def _(values, weights):
    mean = expected(values, weights)
    return -math.fsum(w * math.log(x / mean) for w, x in zip(weights, values) if w > 0)


@right("gap", "arithmetic-over-geometric")
def _(values, weights):
    geometric = math.prod(x ** w for w, x in zip(weights, values))
    return math.log(expected(values, weights) / geometric)


@mistake("mean", "every-value-counts-the-same")
def _(values, weights):
    return sum(values) / len(values)


@mistake("gap", "log-of-mean-below")
def _(values, weights):
    return expected_log(values, weights) - math.log(expected(values, weights))


@mistake("gap", "variance-for-gap")
def _(values, weights):
    mean = expected(values, weights)
    return (expected([x * x for x in values], weights) - mean ** 2) / (2 * mean ** 2)


@mistake("mean", "geometric-mean")
def _(values, weights):
    return math.exp(expected_log(values, weights))


@mistake("mean", "weighted-and-averaged")
def _(values, weights):
    return expected(values, weights) / len(values)


@mistake("gap", "log-of-the-sum")
def _(values, weights):
    return math.log(sum(values)) - expected_log(values, weights)


@mistake("gap", "gap-unscaled")
def _(values, weights):
    return expected(values, weights) - math.exp(expected_log(values, weights))


main()
