import math

from variants import main, mistake, right


def moments(responsibilities, data, centres=None):
    """Weights, means, and mean squares around the centres, which are the means if not given."""
    columns = list(zip(*responsibilities))
    counts = [sum(column) for column in columns]
    means = [sum(r * x for r, x in zip(column, data)) / n for column, n in zip(columns, counts)]
    squares = [
        sum(r * (x - centre) ** 2 for r, x in zip(column, data)) / n
        for column, n, centre in zip(columns, counts, centres or means)
    ]
    return [n / len(data) for n in counts], means, squares


@right("maximised", "mean-square-minus-square-of-the-mean")
def _(weights, means, variances, responsibilities, data):
    result = []
    for k in range(len(weights)):
        r = [row[k] for row in responsibilities]
        first = math.fsum(a * x for a, x in zip(r, data)) / math.fsum(r)
        second = math.fsum(a * x * x for a, x in zip(r, data)) / math.fsum(r)
        result.append((math.fsum(r) / len(data), first, second - first * first))
    return [list(row) for row in zip(*result)]


@right("maximised", "by-pairs-of-data")
def _(weights, means, variances, responsibilities, data):
    shares, centres, _ = moments(responsibilities, data)
    spread = []
    for column in zip(*responsibilities):
        pairs = sum(
            a * b * (x - y) ** 2 for a, x in zip(column, data) for b, y in zip(column, data))
        spread.append(pairs / (2 * sum(column) ** 2))
    return [shares, centres, spread]


@mistake("maximised", "variance-around-the-old-mean")
def _(weights, means, variances, responsibilities, data):
    shares, centres, _ = moments(responsibilities, data)
    return [shares, centres, moments(responsibilities, data, means)[2]]


@mistake("maximised", "deviation-for-variance")
def _(weights, means, variances, responsibilities, data):
    shares, centres, spread = moments(responsibilities, data)
    return [shares, centres, [math.sqrt(v) for v in spread]]


@mistake("maximised", "gaussian-weights-kept")
def _(weights, means, variances, responsibilities, data):
    _, centres, spread = moments(responsibilities, data)
    return [weights, centres, spread]


@mistake("maximised", "means-kept")
def _(weights, means, variances, responsibilities, data):
    shares, _, spread = moments(responsibilities, data, means)
    return [shares, means, spread]


main()
