import math

from variants import main, mistake, right


def log(value):
    return math.log(value) if value > 0 else -math.inf


def visited(prior, likelihood, q):
    return [(p, l, w) for p, l, w in zip(prior, likelihood, q) if w > 0]


def mean(rows, value):
    return sum(w * value(p, l, w) for p, l, w in rows)


@right("elbo", "evidence-minus-divergence")
def _(prior, likelihood, q):
    evidence = sum(p * l for p, l in zip(prior, likelihood))
    rows = visited(prior, likelihood, q)
    if any(p * l == 0 for p, l, _ in rows):
        return -math.inf
    return math.log(evidence) - math.fsum(w * math.log(w * evidence / (p * l)) for p, l, w in rows)


@right("elbo", "fit-minus-divergence-from-the-prior")
def _(prior, likelihood, q):
    rows = visited(prior, likelihood, q)
    fit = sum(w * log(l) for _, l, w in rows)
    return fit - sum(w * math.log(w / p) for p, _, w in rows)


@mistake("elbo", "forgets-the-entropy")
def _(prior, likelihood, q):
    return mean(visited(prior, likelihood, q), lambda p, l, w: log(p) + log(l))


@mistake("elbo", "forgets-the-prior")
def _(prior, likelihood, q):
    return mean(visited(prior, likelihood, q), lambda p, l, w: log(l) - log(w))


@mistake("elbo", "adds-the-divergence")
def _(prior, likelihood, q):
    return mean(visited(prior, likelihood, q), lambda p, l, w: log(l) + log(w) - log(p))


@mistake("elbo", "divergence-called-elbo")
def _(prior, likelihood, q):
    return mean(visited(prior, likelihood, q), lambda p, l, w: log(w) - log(p) - log(l))


@mistake("elbo", "log-outside-the-mean")
def _(prior, likelihood, q):
    return log(mean(visited(prior, likelihood, q), lambda p, l, w: p * l / w))


@mistake("elbo", "skips-forbidden-states")
def _(prior, likelihood, q):
    rows = [row for row in visited(prior, likelihood, q) if row[0] * row[1] > 0]
    return mean(rows, lambda p, l, w: log(p) + log(l) - log(w))


main()
