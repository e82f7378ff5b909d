import math

from variants import main, mistake, right


def total(log_weights):
    """log Σ w."""
    best = max(log_weights)
    return best + math.log(sum(math.exp(v - best) for v in log_weights))


def shares(log_weights):
    """v_k."""
    return [math.exp(v - total(log_weights)) for v in log_weights]


def replaced(log_weights, k):
    """log Σ w with the mean of the other logarithms for log w_k."""
    others = log_weights[:k] + log_weights[k + 1:]
    return total(others + [sum(others) / len(others)])


@right("terms", "one-by-one")
def _(log_weights):
    return [total(log_weights) - replaced(log_weights, k) - v for k, v in enumerate(shares(log_weights))]


@right("terms", "with-log-k")
def _(log_weights):
    size = math.log(len(log_weights))
    return [
        (total(log_weights) - size) - (replaced(log_weights, k) - size) - v
        for k, v in enumerate(shares(log_weights))
    ]


@mistake("terms", "weights-not-differentiated")
def _(log_weights):
    return [total(log_weights) - replaced(log_weights, k) for k in range(len(log_weights))]


@mistake("terms", "weights-with-the-wrong-sign")
def _(log_weights):
    return [total(log_weights) - replaced(log_weights, k) + v for k, v in enumerate(shares(log_weights))]


@mistake("terms", "keeps-its-own-weight")
def _(log_weights):
    return [-v for v in shares(log_weights)]


@mistake("terms", "forgets-the-stand-in")
def _(log_weights):
    return [
        total(log_weights) - total(log_weights[:k] + log_weights[k + 1:]) - v
        for k, v in enumerate(shares(log_weights))
    ]


@mistake("terms", "signal-of-its-own")
def _(log_weights):
    size = len(log_weights) - 1
    return [
        f - (sum(log_weights) - f) / size - v for f, v in zip(log_weights, shares(log_weights))
    ]


@mistake("terms", "forgets-log-k")
def _(log_weights):
    size = math.log(len(log_weights))
    return [total(log_weights) - replaced(log_weights, k) + size - v for k, v in enumerate(shares(log_weights))]


main()
