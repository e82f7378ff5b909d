import math

from variants import main, mistake, right


def xlogx(p, of=None):
    return p * math.log(of or p) if p > 0 else 0


def entropies(q):
    return [-xlogx(b) - xlogx(1 - b) for b in q]


def divergences(q, prior):
    return [xlogx(b, b / p) + xlogx(1 - b, (1 - b) / (1 - p)) for b, p in zip(q, prior)]


def crossed(q, prior):
    return -sum(xlogx(b, p) + xlogx(1 - b, 1 - p) for b, p in zip(q, prior))


def states(q):
    for n in range(2 ** len(q)):
        z = [n >> d & 1 for d in range(len(q))]
        yield n, z, math.prod(b if on else 1 - b for on, b in zip(z, q))


def fit(q, log_likelihood):
    return sum(w * log_likelihood[n] for n, _, w in states(q))


def energy(q, prior, log_likelihood):
    return fit(q, log_likelihood) - crossed(q, prior)


@right("entropy", "over-all-states")
def _(q):
    return -math.fsum(xlogx(w) for _, _, w in states(q))


@right("divergence", "tables-of-all-states")
def _(q, prior):
    law = [w for _, _, w in states(prior)]
    return math.fsum(xlogx(w, w / law[n]) for n, _, w in states(q))


@right("joint_form", "fit-minus-divergence")
def _(q, prior, log_likelihood):
    return fit(q, log_likelihood) - sum(divergences(q, prior))


@right("entropy_form", "bit-by-bit")
def _(q, prior, log_likelihood):
    # The mean over one bit at a time halves the table.
    table = log_likelihood
    for b in q:
        table = [(1 - b) * off + b * on for off, on in zip(table[::2], table[1::2])]
    return table[0] + sum(entropies(q)) - crossed(q, prior)


@right("prior_form", "joint-form-in-one-sum")
def _(q, prior, log_likelihood):
    law = [w for _, _, w in states(prior)]
    return sum(w * (log_likelihood[n] + math.log(law[n] / w)) for n, _, w in states(q) if w > 0)


def averaged_prior_form(q, prior, log_likelihood):
    return fit(q, log_likelihood) - sum(divergences(q, prior)) / len(q)


@mistake("divergence", "averages-over-latents", also={"prior_form": averaged_prior_form})
def _(q, prior):
    return sum(divergences(q, prior)) / len(q)


@mistake("divergence", "divergence-reversed")
def _(q, prior):
    # Infinite where q is certain, as it is at a corner.
    if any(b in (0, 1) for b in q):
        return math.inf
    return sum(divergences(prior, q))


@mistake("prior_form", "divergence-added")
def _(q, prior, log_likelihood):
    return fit(q, log_likelihood) + sum(divergences(q, prior))


@mistake("prior_form", "log-of-the-mean-likelihood")
def _(q, prior, log_likelihood):
    mean = sum(w * math.exp(log_likelihood[n]) for n, _, w in states(q))
    return math.log(mean) - sum(divergences(q, prior))


@mistake("divergence", "cross-entropy-for-divergence")
def _(q, prior):
    return crossed(q, prior)


@mistake("joint_form", "prior-counted-twice")
def _(q, prior, log_likelihood):
    return energy(q, prior, log_likelihood) + sum(entropies(q)) - crossed(q, prior)


@mistake("entropy", "only-bits-that-are-on")
def _(q):
    return -sum(map(xlogx, q))


def entropy_taken_away(q, prior, log_likelihood):
    return energy(q, prior, log_likelihood) - sum(entropies(q))


@mistake("entropy", "entropy-with-the-wrong-sign", also={"entropy_form": entropy_taken_away})
def _(q):
    return -sum(entropies(q))


@mistake("entropy", "entropy-in-bits")
def _(q):
    return sum(entropies(q)) / math.log(2)


main()
