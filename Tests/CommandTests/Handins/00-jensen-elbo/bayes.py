import math

from variants import main, mistake, right


@right("evidence", "last-state-first")
def _(prior, likelihood):
    return math.fsum(likelihood[z] * prior[z] for z in reversed(range(len(prior))))


@right("evidence", "log-of-a-sum")
def _(prior, likelihood):
    logs = [math.log(p) + math.log(l) for p, l in zip(prior, likelihood)]
    top = max(logs)
    return math.exp(top + math.log(sum(math.exp(a - top) for a in logs)))


@right("posterior", "odds-against-the-first")
def _(prior, likelihood):
    odds = [p * l / (prior[0] * likelihood[0]) for p, l in zip(prior, likelihood)]
    return [o / sum(odds) for o in odds]


@mistake("posterior", "likelihood-for-posterior")
def _(prior, likelihood):
    return [l / sum(likelihood) for l in likelihood]


@mistake("posterior", "joint-for-posterior")
def _(prior, likelihood):
    return [p * l for p, l in zip(prior, likelihood)]


@mistake("evidence", "mean-of-likelihoods")
def _(prior, likelihood):
    return sum(likelihood) / len(likelihood)


main()
