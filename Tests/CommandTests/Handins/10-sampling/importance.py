import math

from variants import main, mistake, right


def log(x):
    return math.log(x) if x > 0 else -math.inf


def total(log_weights):
    """log Σ_k w_k."""
    best = max(log_weights)
    if best == -math.inf:
        return best
    return best + math.log(sum(math.exp(v - best) for v in log_weights))


@right("log_weight", "a-quotient")
def _(prior, likelihood, proposal, state):
    z = int(state)
    return log(prior[z] * likelihood[z] / proposal[z])


@right("log_weight", "logs-one-by-one")
def _(prior, likelihood, proposal, state):
    z = int(state)
    return log(likelihood[z]) + log(prior[z]) - log(proposal[z])


@mistake("log_weight", "upside-down")
def _(prior, likelihood, proposal, state):
    z = int(state)
    return log(proposal[z]) - log(prior[z]) - log(likelihood[z])


@mistake("log_weight", "forgets-the-proposal")
def _(prior, likelihood, proposal, state):
    z = int(state)
    return log(prior[z]) + log(likelihood[z])


@mistake("log_weight", "weighs-as-from-the-prior")
def _(prior, likelihood, proposal, state):
    return log(likelihood[int(state)])


@right("evidence", "mean-of-exponentials")
def _(log_weights):
    return sum(math.exp(v) for v in log_weights) / len(log_weights)


@right("evidence", "largest-taken-out")
def _(log_weights):
    return math.exp(total(log_weights) - math.log(len(log_weights)))


@mistake("evidence", "geometric-mean")
def _(log_weights):
    return math.exp(sum(log_weights) / len(log_weights))


@mistake("evidence", "sums-up")
def _(log_weights):
    return sum(math.exp(v) for v in log_weights)


@right("average", "weights-that-add-up-to-one")
def _(log_weights, values):
    norm = total(log_weights)
    return sum(math.exp(v - norm) * h for v, h in zip(log_weights, values))


@mistake("average", "plain-average")
def _(log_weights, values):
    return sum(values) / len(values)


@mistake("average", "divides-by-k")
def _(log_weights, values):
    return sum(math.exp(v) * h for v, h in zip(log_weights, values)) / len(values)


main()
