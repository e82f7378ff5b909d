from math import exp, log, pi

from variants import main, mistake, right


def mean_step(dynamics, noises, weights):
    precision = sum(w / q for w, q in zip(weights, noises))
    mean = sum(w * a / q for w, a, q in zip(weights, dynamics, noises)) / precision
    doubt = sum(w * (a - mean) ** 2 / q for w, a, q in zip(weights, dynamics, noises))
    return [mean, 1 / precision, doubt]


def inverse(matrix):
    """Gauss and Jordan, with log |matrix|; the matrix is positive definite."""
    n = len(matrix)
    rows = [list(row) + [float(i == j) for j in range(n)] for i, row in enumerate(matrix)]
    logs = 0.0
    for i in range(n):
        logs += log(rows[i][i])
        rows[i] = [v / rows[i][i] for v in rows[i]]
        for k in range(n):
            if k != i:
                factor = rows[k][i]
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i])]
    return [row[n:] for row in rows], logs


def precision(dynamics, noises, variance, emission, noise, observations, start):
    """The precision of all x, term by term, and what stands before x."""
    count = len(observations)
    j = [[0.0] * count for _ in range(count)]
    h = [emission * y / noise for y in observations]
    j[0][0] = 1 / variance
    for t in range(count):
        j[t][t] += emission * emission / noise
        if t:
            for w, a, q in zip(start[t], dynamics, noises):
                j[t][t] += w / q
                j[t][t - 1] -= w * a / q
                j[t - 1][t] -= w * a / q
                j[t - 1][t - 1] += w * a * a / q
    return j, h


def smoothed(**given):
    j, h = precision(**given)
    covariance, logs = inverse(j)
    return [sum(c * v for c, v in zip(row, h)) for row in covariance], covariance, logs


def lists(mean, covariance):
    count = len(mean)
    return [mean, [covariance[t][t] for t in range(count)], [covariance[t][t - 1] for t in range(1, count)]]


def squares(moments, dynamics, t):
    m, v, c = moments
    return [(m[t] - a * m[t - 1]) ** 2 + v[t] - 2 * a * c[t - 1] + a * a * v[t - 1] for a in dynamics]


def potentials(dynamics, noises, moments):
    return [[-0.5 * (log(2 * pi * q) + s / q) for q, s in zip(noises, squares(moments, dynamics, t))]
            for t in range(1, len(moments[0]))]


def markov(initial, transition, logs):
    """Marginals, and the log of what all paths weigh."""
    tables = [[exp(v - max(row)) for v in row] for row in logs]
    forward = [list(initial)]
    for row in tables:
        forward.append([r * sum(f * p[k] for f, p in zip(forward[-1], transition)) for k, r in enumerate(row)])
    backward = [[1.0] * len(initial)]
    for row in tables[::-1]:
        backward.insert(0, [sum(p[k] * row[k] * backward[0][k] for k in range(len(row))) for p in transition])
    whole = sum(forward[-1])
    return ([[f * b / whole for f, b in zip(x, y)] for x, y in zip(forward, backward)],
            log(whole) + sum(max(row) for row in logs))


def entropy_terms(initial, transition, start):
    """E[log p(s)] + H(q(s)) for independent states."""
    total = -sum(w * log(w / p) for w, p in zip(start[0], initial) if w > 0)
    for before, after in zip(start, start[1:]):
        total -= sum(w * log(w) for w in after if w > 0)
        total += sum(b * a * log(transition[i][k]) for i, b in enumerate(before) for k, a in enumerate(after) if b * a > 0)
    return total


def both(initial, transition, dynamics, noises, variance, emission, noise, observations, start):
    given = dict(dynamics=dynamics, noises=noises, variance=variance, emission=emission, noise=noise,
                 observations=observations)
    mean, covariance, logs = smoothed(start=start, **given)
    moments = lists(mean, covariance)
    count = len(mean)
    fit = sum(-0.5 * (log(2 * pi * noise) + ((y - emission * m) ** 2 + emission ** 2 * v) / noise)
              for y, m, v in zip(observations, *moments[:2]))
    prior = -0.5 * (log(2 * pi * variance) + (mean[0] ** 2 + covariance[0][0]) / variance)
    free = fit + prior + 0.5 * (count * (1 + log(2 * pi)) - logs)
    rows = potentials(dynamics, noises, moments)
    first = free + entropy_terms(initial, transition, start)
    first += sum(w * v for row, weights in zip(rows, start[1:]) for w, v in zip(weights, row))
    return [first, free + markov(initial, transition, rows)[1]]


@right("averaged", "complete-the-square")
def _(**given):
    return mean_step(**given)


@right("trajectories", "one-matrix")
def _(initial, transition, **given):
    return lists(*smoothed(**given)[:2])


@right("switches", "scaled-messages")
def _(initial, transition, dynamics, noises, moments):
    return markov(initial, transition, potentials(dynamics, noises, moments))[0]


@right("bounds", "term-by-term")
def _(**given):
    return both(**given)


@mistake("averaged", "averages-covariances")
def _(dynamics, noises, weights):
    mean, _, doubt = mean_step(dynamics, noises, weights)
    return [mean, sum(w * q for w, q in zip(weights, noises)), doubt]


@mistake("averaged", "averages-the-matrices")
def _(dynamics, noises, weights):
    _, spread, doubt = mean_step(dynamics, noises, weights)
    return [sum(w * a for w, a in zip(weights, dynamics)), spread, doubt]


@mistake("averaged", "forgets-the-doubt")
def _(**given):
    return mean_step(**given)[:2] + [0.0]


def surest(start):
    return [[float(k == max(range(len(row)), key=row.__getitem__)) for k in range(len(row))] for row in start]


@mistake("trajectories", "takes-states-as-known")
def _(initial, transition, start, **given):
    return lists(*smoothed(start=surest(start), **given)[:2])


@mistake("trajectories", "filters")
def _(initial, transition, dynamics, noises, variance, emission, noise, observations, start):
    spread, mean, means, variances = variance, 0.0, [], []
    for t, y in enumerate(observations):
        if t:
            a, q, _ = mean_step(dynamics, noises, start[t])
            mean, spread = a * mean, a * a * spread + q
        doubt = mean_step(dynamics, noises, start[t + 1])[2] if t + 1 < len(start) else 0
        after = 1 / (1 / spread + emission ** 2 / noise + doubt)
        mean, spread = after * (mean / spread + emission * y / noise), after
        means.append(mean)
        variances.append(spread)
    right = lists(*smoothed(dynamics=dynamics, noises=noises, variance=variance, emission=emission, noise=noise,
                            observations=observations, start=start)[:2])
    return [means, variances, right[2]]


@mistake("switches", "plugs-in-the-mean")
def _(initial, transition, dynamics, noises, moments):
    none = [0.0] * len(moments[0])
    return markov(initial, transition, potentials(dynamics, noises, [moments[0], none, none]))[0]


@mistake("switches", "independent-neighbours")
def _(initial, transition, dynamics, noises, moments):
    apart = [moments[0], moments[1], [0.0] * len(moments[2])]
    return markov(initial, transition, potentials(dynamics, noises, apart))[0]


def entropy(masses):
    return -sum(p * log(p) for p in masses if p > 0)


@mistake("bounds", "entropy-of-marginals")
def _(initial, transition, **given):
    bounds = both(initial=initial, transition=transition, **given)
    moments = lists(*smoothed(**given)[:2])
    rows = potentials(given["dynamics"], given["noises"], moments)
    marginals, _ = markov(initial, transition, rows)
    # The entropy of the chain by its pairs, from messages from behind.
    behind = [[1.0] * len(initial)]
    for row in rows[::-1]:
        behind.insert(0, [sum(p[k] * exp(row[k] - max(row)) * behind[0][k] for k in range(len(row))) for p in transition])
    for t, row in enumerate(rows):
        joint = []
        for i, step in enumerate(transition):
            ways = [step[k] * exp(row[k] - max(row)) * behind[t + 1][k] for k in range(len(row))]
            joint += [marginals[t][i] * w / sum(ways) for w in ways]
        bounds[1] += entropy(marginals[t]) + entropy(marginals[t + 1]) - entropy(joint)
    return bounds


@mistake("bounds", "forgets-the-normalisers")
def _(**given):
    bounds = both(**given)
    rest = sum(0.5 * w * log(2 * pi * q) for row in given["start"][1:] for w, q in zip(row, given["noises"]))
    return [b + rest for b in bounds]


main()
