import math

from variants import main, mistake, right


def log(x):
    return math.log(x) if x > 0 else -math.inf


def total(log_weights):
    """log Σ w."""
    best = max(log_weights)
    if best == -math.inf:
        return best
    return best + math.log(sum(math.exp(v - best) for v in log_weights))


@right("log_weight", "a-quotient")
def _(prior, likelihood, proposal, state):
    z = int(state)
    return log(prior[z] * likelihood[z] / proposal[z])


@mistake("log_weight", "weighs-as-bootstrap")
def _(prior, likelihood, proposal, state):
    return log(likelihood[int(state)])


@mistake("log_weight", "forgets-the-observation")
def _(prior, likelihood, proposal, state):
    z = int(state)
    return log(prior[z]) - log(proposal[z])


@right("ancestors", "one-draw-a-particle")
def _(choices, weights):
    return [choices.choose(weights) for _ in weights]


@mistake("ancestors", "keeps-the-first")
def _(choices, weights):
    drawn = [choices.choose(weights) for _ in weights]
    return [0] + drawn[1:]


@mistake("ancestors", "never-resamples")
def _(choices, weights):
    return list(range(len(weights)))


@mistake("ancestors", "follows-the-heaviest")
def _(choices, weights):
    return [weights.index(max(weights))] * len(weights)


@right("increment", "log-of-the-mean")
def _(log_weights):
    return total(log_weights) - math.log(len(log_weights))


@mistake("increment", "sums-the-weights")
def _(log_weights):
    return total(log_weights)


@mistake("increment", "averages-the-logarithms")
def _(log_weights):
    return sum(max(v, -700.0) for v in log_weights) / len(log_weights)


main()
