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


@right("target", "one-latent-summed-out-after-the-other")
def _(latent, factors, sizes, log_joint):
    # From the last latent to the first, rows of equal length are averaged or kept.
    values = log_joint
    kept = 1
    for i in reversed(range(len(sizes))):
        if i == latent:
            kept = sizes[i]
            continue
        inner = kept if i < latent else 1
        values = [
            sum(q * values[(block * sizes[i] + v) * inner + k] for v, q in enumerate(factors[i]))
            for block in range(len(values) // (sizes[i] * inner)) for k in range(inner)
        ]
    return normalised(values)


@right("target", "product-of-powers")
def _(latent, factors, sizes, log_joint):
    weights = [1.0] * sizes[latent]
    for place, z in states(sizes):
        others = math.prod(q[v] for i, (q, v) in enumerate(zip(factors, z)) if i != latent)
        weights[z[latent]] *= math.exp(log_joint[place]) ** others
    return [w / sum(weights) for w in weights]


@right("expected", "value-by-value")
def _(latent, factors, sizes, log_joint):
    held = [[[float(v == w) for w in range(sizes[latent])] if i == latent else q for i, q in enumerate(factors)]
            for v in range(sizes[latent])]
    return [energy(q, sizes, log_joint) for q in held]


@right("elbo", "mean-of-the-difference")
def _(factors, sizes, log_joint):
    total = 0
    for place, z in states(sizes):
        q = math.prod(factor[v] for factor, v in zip(factors, z))
        total += q * (log_joint[place] - math.log(q)) if q else 0
    return total


@mistake("target", "averages-the-probability")
def _(latent, factors, sizes, log_joint):
    return normalised([math.log(v) for v in expected(latent, factors, sizes, [math.exp(v) for v in log_joint])])


@mistake("target", "forgets-to-normalise")
def _(latent, factors, sizes, log_joint):
    return [math.exp(v) for v in expected(latent, factors, sizes, log_joint)]


@mistake("target", "averages-over-itself-too")
def _(latent, factors, sizes, log_joint):
    own = factors[latent]
    return normalised([q * v for q, v in zip(own, expected(latent, factors, sizes, log_joint))])


@mistake("target", "conditions-on-the-likeliest-state")
def _(latent, factors, sizes, log_joint):
    modes = [[float(v == q.index(max(q))) for v in range(len(q))] for q in factors]
    return target(latent, modes, sizes, log_joint)


@mistake("target", "minimises-the-bound")
def _(latent, factors, sizes, log_joint):
    return normalised([-v for v in expected(latent, factors, sizes, log_joint)])


@mistake("target", "returns-the-exact-marginal")
def _(latent, factors, sizes, log_joint):
    sums = [0] * sizes[latent]
    for place, z in states(sizes):
        sums[z[latent]] += math.exp(log_joint[place])
    return [s / sum(sums) for s in sums]


@mistake("target", "forgets-the-last-neighbour")
def _(latent, factors, sizes, log_joint):
    last = len(factors) - 1
    if last != latent:
        factors = factors[:last] + [[1.0] + [0.0] * (sizes[last] - 1)]
    return target(latent, factors, sizes, log_joint)


@mistake("expected", "weighs-the-others-alike")
def _(latent, factors, sizes, log_joint):
    return expected(latent, [[1 / size] * size for size in sizes], sizes, log_joint)


@mistake("elbo", "forgets-an-entropy")
def _(factors, sizes, log_joint):
    return energy(factors, sizes, log_joint) + sum(entropy(q) for q in factors[:-1])


main()
