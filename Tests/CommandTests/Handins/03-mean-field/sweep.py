import itertools
import math

from variants import main, mistake, right


def states(sizes):
    """Every state with its place in the table: the last latent fastest."""
    return list(enumerate(itertools.product(*(range(size) for size in sizes))))


def normalised(logs):
    top = max(logs)
    weights = [math.exp(v - top) for v in logs]
    return [w / sum(weights) for w in weights]


def expected(latent, factors, sizes, log_joint):
    sums = [0] * sizes[latent]
    for place, z in states(sizes):
        others = math.prod(q[v] for i, (q, v) in enumerate(zip(factors, z)) if i != latent)
        sums[z[latent]] += others * log_joint[place]
    return sums


def target(latent, factors, sizes, log_joint):
    return normalised(expected(latent, factors, sizes, log_joint))


def entropy(q):
    return -sum(p * math.log(p) for p in q if p > 0)


def energy(factors, sizes, log_joint):
    """E_q[log p(x, z)]."""
    return sum(math.prod(q[v] for q, v in zip(factors, z)) * log_joint[place] for place, z in states(sizes))


def flat(factors):
    return [p for q in factors for p in q]


def swept(start, sizes, log_joint, order):
    factors, history = [list(q) for q in start], []
    for j in order:
        factors[j] = target(j, factors, sizes, log_joint)
        history.append(flat(factors))
    return history


@right("sweep", "in-turn")
def _(factors, sizes, log_joint):
    return swept(factors, sizes, log_joint, range(len(sizes)))


@right("sweep", "each-row-from-the-row-above")
def _(factors, sizes, log_joint):
    rows = [factors]
    for j in range(len(sizes)):
        above = rows[-1]
        rows.append(above[:j] + [target(j, above, sizes, log_joint)] + above[j + 1:])
    return [flat(row) for row in rows[1:]]


@right("all_at_once", "list-of-targets")
def _(factors, sizes, log_joint):
    return [target(j, factors, sizes, log_joint) for j in range(len(sizes))]


@right("elbo", "energy-and-entropies")
def _(factors, sizes, log_joint):
    return energy(factors, sizes, log_joint) + sum(map(entropy, factors))


@mistake("sweep", "updates-in-parallel")
def _(factors, sizes, log_joint):
    together = [target(j, factors, sizes, log_joint) for j in range(len(sizes))]
    return [flat(together[:j + 1] + factors[j + 1:]) for j in range(len(sizes))]


@mistake("sweep", "starts-afresh-each-time")
def _(factors, sizes, log_joint):
    return swept([[1 / size] * size for size in sizes], sizes, log_joint, range(len(sizes)))


@mistake("sweep", "never-reaches-the-last-factor")
def _(factors, sizes, log_joint):
    history = swept(factors, sizes, log_joint, range(len(sizes) - 1))
    return history + [history[-1] if history else flat(factors)]


@mistake("sweep", "goes-half-way")
def _(factors, sizes, log_joint):
    factors, history = list(factors), []
    for j in range(len(sizes)):
        factors[j] = [(p + t) / 2 for p, t in zip(factors[j], target(j, factors, sizes, log_joint))]
        history.append(flat(factors))
    return history


@mistake("sweep", "goes-backwards")
def _(factors, sizes, log_joint):
    return swept(factors, sizes, log_joint, reversed(range(len(sizes))))


@mistake("elbo", "drops-the-entropy")
def _(factors, sizes, log_joint):
    return energy(factors, sizes, log_joint)


@mistake("all_at_once", "in-turn-for-at-once")
def _(factors, sizes, log_joint):
    factors = list(factors)
    for j in range(len(sizes)):
        factors[j] = target(j, factors, sizes, log_joint)
    return factors


main()
