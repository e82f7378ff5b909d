import math

from variants import main, mistake, right


def normalised(logs):
    top = max(logs)
    weights = [math.exp(v - top) for v in logs]
    return [w / sum(weights) for w in weights]


def mean_log(log_joints, weights):
    """E_x log p(x, z) of each state."""
    return [sum(w * v for w, v in zip(weights, column)) for column in zip(*log_joints)]


@right("shared", "mean-of-the-logs")
def _(log_joints, weights):
    return normalised(mean_log(log_joints, weights))


@right("shared", "geometric-mean")
def _(log_joints, weights):
    q = [math.prod(math.exp(v) ** w for w, v in zip(weights, column)) for column in zip(*log_joints)]
    return [p / sum(q) for p in q]


@right("own", "row-by-row")
def _(log_joints, weights):
    return [normalised(row) for row in log_joints]


@right("own", "bayes")
def _(log_joints, weights):
    return [[1 / sum(math.exp(other - v) for other in row) for v in row] for row in log_joints]


@mistake("shared", "averages-the-joints")
def _(log_joints, weights):
    return normalised([
        math.log(sum(w * math.exp(v) for w, v in zip(weights, column))) for column in zip(*log_joints)])


@mistake("shared", "averages-the-posteriors")
def _(log_joints, weights):
    each = [normalised(row) for row in log_joints]
    return [sum(w * p for w, p in zip(weights, column)) for column in zip(*each)]


@mistake("shared", "forgets-how-often-data-come")
def _(log_joints, weights):
    return normalised(mean_log(log_joints, [1 / len(weights)] * len(weights)))


@mistake("shared", "multiplies-the-data")
def _(log_joints, weights):
    return normalised(mean_log(log_joints, [w * len(weights) for w in weights]))


@mistake("own", "hands-the-shared-to-each")
def _(log_joints, weights):
    return [normalised(mean_log(log_joints, weights))] * len(weights)


main()
