import math

from variants import main, mistake, right


def digamma(x):
    """ψ(x), by recurrence and Stirling's series."""
    value = 0.0
    while x < 15:
        value, x = value - 1 / x, x + 1
    y = 1 / (x * x)
    series = y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y / 132))))
    return value + math.log(x) - 0.5 / x - series


def trigamma(x):
    value = 0.0
    while x < 15:
        value, x = value + 1 / (x * x), x + 1
    y = 1 / (x * x)
    return value + 1 / x + y / 2 + y / x * (1 / 6 - y * (1 / 30 - y * (1 / 42 - y * (1 / 30 - y * 5 / 66))))


def natural(row):
    """α, κm, κ, Λ + κm², ν."""
    alpha, m, kappa, nu, scale = row
    return [alpha, kappa * m, kappa, scale + kappa * m * m, nu]


def usual(row):
    alpha, first, kappa, second, nu = row
    return [alpha, first / kappa, kappa, nu, second - first * first / kappa]


def shares(observations, q):
    """The best responsibilities."""
    total = digamma(sum(row[0] for row in q))
    rows = []
    for x in observations:
        logs = [digamma(a) - total - 0.5 * (math.log(scale / 2) - digamma(nu / 2) + nu / scale * (x - m) ** 2 + 1 / kappa)
                for a, m, kappa, nu, scale in q]
        weights = [math.exp(v - max(logs)) for v in logs]
        rows.append([w / sum(weights) for w in weights])
    return rows


def target(concentration, prior, observations, weights):
    """λ_prior + Σ w t(x), in natural coordinates."""
    rows = []
    for k, alpha in enumerate(concentration):
        row = natural([alpha] + prior)
        for x, share in zip(observations, weights):
            row = [v + share[k] * t for v, t in zip(row, [1, x, 1, x * x, 1])]
        rows.append(row)
    return rows


def moved(rho, q, goal):
    return [usual([(1 - rho) * a + rho * b for a, b in zip(natural(row), to)]) for row, to in zip(q, goal)]


def spoilt(rule):
    """A step towards the goal that a rule makes of the weights of the batch and the scale N/S."""

    def step(concentration, prior, observations, q, batch, rho):
        rows = shares(observations, q)
        weights = [[r if n in batch else 0 for r in row] for n, row in enumerate(rows)]
        scale = len(observations) / len(batch)
        return moved(rho, q, rule(scale, weights, lambda w: target(concentration, prior, observations, w)))

    return step


def ascent(concentration, prior, observations, q, responsibilities):
    goal = target(concentration, prior, observations, responsibilities)
    steps = [[b - a for a, b in zip(natural(row), to)] for row, to in zip(q, goal)]
    return [step[0] for step in steps] + [v for step in steps for v in step[1:]]


@right("step", "sums-over-the-batch")
def _(concentration, prior, observations, q, batch, rho):
    batch = [int(n) for n in batch]
    some = [observations[n] for n in batch]
    scale = len(observations) / len(batch)
    weights = [[scale * r for r in row] for row in shares(some, q)]
    return moved(rho, q, target(concentration, prior, some, weights))


@right("step", "an-average-of-steps")
def _(concentration, prior, observations, q, batch, rho):
    # One step for each observation of the batch, as if there were N of it, and the mean of their goals.
    goals = []
    for n in batch:
        x = observations[int(n)]
        goals.append(target(concentration, prior, [x] * len(observations), shares([x], q) * len(observations)))
    mean = [[sum(g[k][i] for g in goals) / len(goals) for i in range(5)] for k in range(len(q))]
    return moved(rho, q, mean)


@right("direction", "statistics-minus-parameters")
def _(**given):
    return ascent(**given)


@right("draw", "shuffles-a-deck")
def _(choices, count, size):
    deck = list(range(count))
    return [deck.pop(choices.choose([1 / len(deck)] * len(deck))) for _ in range(size)]


@right("draw", "one-subset-of-all")
def _(choices, count, size):
    import itertools

    subsets = list(itertools.combinations(range(count), size))
    return subsets[choices.choose(len(subsets))]


@right("draw", "again-until-new")
def _(choices, count, size):
    batch = [choices.choose(count)]
    while len(batch) < size:
        rest = [0 if n in batch else 1 / (count - len(batch)) for n in range(count)]
        batch.append(choices.choose(rest))
    return batch[::-1]


@mistake("step", "forgets-the-scale")
def _(**given):
    return spoilt(lambda scale, weights, goal: goal(weights))(**given)


@mistake("step", "scales-the-prior-too")
def _(q, **given):
    # In natural coordinates of the density the prior's exponents are scaled, ν + 3 and α − 1 for ν and α.
    def rule(scale, weights, goal):
        return [[scale * (row[0] - 1) + 1] + [scale * v for v in row[1:4]] + [scale * (row[4] + 3) - 3]
                for row in goal(weights)]

    return spoilt(rule)(q=q, **given)


@mistake("direction", "follows-the-plain-gradient")
def _(q, **given):
    step = ascent(q=q, **given)
    k = len(q)
    whole = trigamma(sum(row[0] for row in q))
    found = [trigamma(row[0]) * s - whole * sum(step[:k]) for row, s in zip(q, step)]
    for place, (_, m, kappa, nu, scale) in enumerate(q):
        v = step[k + 4 * place:k + 4 * place + 4]
        # Moments of λ = 1/v, a gamma variable of shape ν/2 and rate Λ/2, and of μ = m + ε/√(κλ): the covariances
        # of (λμ, −½ λμ², −½ λ, ½ log λ).
        a, b = nu / 2, scale / 2
        mean, var = a / b, a / (b * b)
        c11 = m * m * var + mean / kappa
        c12 = -0.5 * (m ** 3 * var + m / kappa * (2 * mean))
        c13 = -0.5 * m * var
        c14 = 0.5 * m / b
        c22 = 0.25 * (m ** 4 * var + 4 * m * m * mean / kappa + 2 / kappa ** 2)
        c23 = 0.25 * m * m * var
        c24 = -0.25 * m * m / b
        c33, c34, c44 = 0.25 * var, -0.25 / b, 0.25 * trigamma(a)
        rows = [[c11, c12, c13, c14], [c12, c22, c23, c24], [c13, c23, c33, c34], [c14, c24, c34, c44]]
        found += [sum(c * s for c, s in zip(row, v)) for row in rows]
    return found


@mistake("step", "averages-usual-parameters")
def _(q, rho, **given):
    def one(scale, weights, goal):
        return goal([[scale * w for w in row] for row in weights])

    goal = spoilt(one)(q=q, rho=1, **given)
    return [[(1 - rho) * a + rho * b for a, b in zip(row, to)] for row, to in zip(q, goal)]


@mistake("draw", "always-the-first")
def _(choices, count, size):
    return list(range(size))


@mistake("draw", "with-replacement")
def _(choices, count, size):
    return sorted({choices.choose(count) for _ in range(size + 1)})


main()
