import math

from variants import main, mistake, right


def mean(probabilities, values):
    return sum(p * v for p, v in zip(probabilities, values))


def best(probabilities, signals, weights):
    return mean(probabilities, [f * w for f, w in zip(signals, weights)]) / mean(probabilities, weights)


@right("constant", "weighed-by-squared-lengths")
def _(probabilities, signals, scores):
    return best(probabilities, signals, [sum(s * s for s in row) for row in scores])


@right("constant", "foot-of-a-parabola")
def _(probabilities, signals, scores):
    def second(c):
        return mean(probabilities, [(f - c) ** 2 * sum(s * s for s in row) for f, row in zip(signals, scores)])

    below, middle, above = second(-1), second(0), second(1)
    return (below - above) / (2 * (below + above - 2 * middle))


@mistake("constant", "subtracts-the-mean")
def _(probabilities, signals, scores):
    return mean(probabilities, signals)


@mistake("constant", "counts-states-alike")
def _(probabilities, signals, scores):
    return best([1] * len(signals), signals, [sum(s * s for s in row) for row in scores])


@mistake("constant", "forgets-the-square")
def _(probabilities, signals, scores):
    return best(probabilities, signals, [math.sqrt(sum(s * s for s in row)) for row in scores])


@right("constants", "a-column-each")
def _(probabilities, signals, scores):
    return [best(probabilities, signals, [s * s for s in column]) for column in zip(*scores)]


@mistake("constants", "one-for-every-bit")
def _(probabilities, signals, scores):
    c = best(probabilities, signals, [sum(s * s for s in row) for row in scores])
    return [c for _ in scores[0]]


@mistake("constants", "other-bit")
def _(probabilities, signals, scores):
    return [best(probabilities, signals, [s * s for s in column]) for column in zip(*scores)][::-1]


main()
