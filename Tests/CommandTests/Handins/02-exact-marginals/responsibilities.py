import math

from variants import main, mistake, right


def log_sum(logs):
    top = max(logs)
    return top if top == -math.inf else top + math.log(sum(math.exp(a - top) for a in logs))


def joints(log_weights, row):
    return [w + a for w, a in zip(log_weights, row)]


def bayes(log_weights, rows, otherwise=0.0):
    result = []
    for row in rows:
        logs = joints(log_weights, row)
        total = log_sum(logs)
        result.append(
            [math.exp(a - total) if total > -math.inf else otherwise for a in logs])
    return result


@right("responsibilities", "by-odds")
def _(log_weights, rows):
    def share(mine, logs):
        # One over the sum of the odds of all components against this one.
        return 0.0 if mine == -math.inf else 1 / sum(
            math.exp(min(other - mine, 700)) for other in logs)

    return [[share(a, joints(log_weights, row)) for a in joints(log_weights, row)] for row in rows]


@right("responsibilities", "shifted-by-the-largest")
def _(log_weights, rows):
    result = []
    for row in rows:
        top = max(joints(log_weights, row))
        if top == -math.inf:
            result.append([0] * len(row))
            continue
        powers = [math.exp(a - top) for a in joints(log_weights, row)]
        result.append([p / math.fsum(powers) for p in powers])
    return result


@mistake("responsibilities", "forgets-the-prior")
def _(log_weights, rows):
    return bayes([0.0] * len(log_weights), rows)


@mistake("responsibilities", "normalises-over-the-data")
def _(log_weights, rows):
    columns = [log_sum(list(column)) for column in zip(*(joints(log_weights, row) for row in rows))]
    if max(columns) == -math.inf:
        return [[0] * len(row) for row in rows]
    return [[math.exp(a - c) for a, c in zip(joints(log_weights, row), columns)] for row in rows]


@mistake("responsibilities", "leaves-out-the-evidence")
def _(log_weights, rows):
    return [[math.exp(a) for a in joints(log_weights, row)] for row in rows]


@mistake("responsibilities", "decides-too-early")
def _(log_weights, rows):
    result = []
    for row in rows:
        logs = joints(log_weights, row)
        winner = logs.index(max(logs)) if max(logs) > -math.inf else None
        result.append([int(k == winner) for k in range(len(logs))])
    return result


@mistake("responsibilities", "flat-where-impossible")
def _(log_weights, rows):
    return bayes(log_weights, rows, otherwise=1 / len(log_weights))


@mistake("responsibilities", "counts-the-prior-twice")
def _(log_weights, rows):
    return bayes([2 * w for w in log_weights], rows)


main()
