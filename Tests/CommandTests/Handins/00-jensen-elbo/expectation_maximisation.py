import math

from variants import main, mistake, right


def likelihood(row, x):
    return math.prod(p if bit else 1 - p for p, bit in zip(row, x))


def joints(weights, probabilities, data):
    return [[w * likelihood(row, x) for w, row in zip(weights, probabilities)] for x in data]


def normalised(row):
    return [value / sum(row) for value in row]


def best(responsibilities, data):
    counts = [sum(column) for column in zip(*responsibilities)]
    sums = [
        [sum(r * x[d] for r, x in zip(column, data)) for d in range(len(data[0]))]
        for column in zip(*responsibilities)
    ]
    return counts, sums


@right("responsibilities", "in-logarithms")
def _(weights, probabilities, data):
    result = []
    for x in data:
        logs = [
            math.log(w) + math.fsum(math.log(p) if bit else math.log1p(-p) for p, bit in zip(row, x))
            for w, row in zip(weights, probabilities)
        ]
        result.append([1 / sum(math.exp(other - mine) for other in logs) for mine in logs])
    return result


@right("maximised", "a-datum-at-a-time")
def _(weights, probabilities, responsibilities, data):
    components, bits = range(len(weights)), range(len(data[0]))
    share = [0] * len(weights)
    mean = [[0] * len(data[0]) for _ in components]
    for row, x in zip(responsibilities, data):
        for k in components:
            share[k] += row[k]
            # A running mean moves by the share that the new datum has in what was seen so far.
            mean[k] = [m + (x[d] - m) * row[k] / share[k] for d, m in zip(bits, mean[k])]
    return [[s / len(data) for s in share]] + mean


@mistake("responsibilities", "hard-assignments")
def _(weights, probabilities, data):
    result = []
    for row in joints(weights, probabilities, data):
        winner = row.index(max(row))
        result.append([int(k == winner) for k in range(len(row))])
    return result


@mistake("responsibilities", "e-step-forgets-the-weights")
def _(weights, probabilities, data):
    return [normalised([likelihood(row, x) for row in probabilities]) for x in data]


@mistake("responsibilities", "responsibilities-not-normalised")
def _(weights, probabilities, data):
    return joints(weights, probabilities, data)


@mistake("responsibilities", "normalised-over-the-data")
def _(weights, probabilities, data):
    columns = [normalised(column) for column in zip(*joints(weights, probabilities, data))]
    return [list(row) for row in zip(*columns)]


@mistake("maximised", "weights-not-normalised")
def _(weights, probabilities, responsibilities, data):
    counts, sums = best(responsibilities, data)
    return [counts] + [[s / n for s in row] for n, row in zip(counts, sums)]


@mistake("maximised", "means-divided-by-n")
def _(weights, probabilities, responsibilities, data):
    counts, sums = best(responsibilities, data)
    return [[n / len(data) for n in counts]] + [[s / len(data) for s in row] for row in sums]


@mistake("maximised", "objective-at-the-old-parameters")
def _(weights, probabilities, responsibilities, data):
    return [weights] + probabilities


@mistake("maximised", "pseudo-counts")
def _(weights, probabilities, responsibilities, data):
    counts, sums = best(responsibilities, data)
    means = [[(s + 1) / (n + 2) for s in row] for n, row in zip(counts, sums)]
    return [[n / len(data) for n in counts]] + means


@mistake("maximised", "weights-kept")
def _(weights, probabilities, responsibilities, data):
    counts, sums = best(responsibilities, data)
    return [weights] + [[s / n for s in row] for n, row in zip(counts, sums)]


main()
