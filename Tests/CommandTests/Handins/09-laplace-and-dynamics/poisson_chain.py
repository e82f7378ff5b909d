import math

from variants import main, mistake, right


def inverse(matrix):
    """Gauss and Jordan; the matrix is positive definite."""
    n = len(matrix)
    rows = [list(row) + [float(i == j) for j in range(n)] for i, row in enumerate(matrix)]
    for i in range(n):
        rows[i] = [v / rows[i][i] for v in rows[i]]
        for k in range(n):
            if k != i:
                factor = rows[k][i]
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i])]
    return [row[n:] for row in rows]


def log_determinant(matrix):
    rows, total = [list(row) for row in matrix], 0.0
    for i in range(len(rows)):
        total += math.log(rows[i][i])
        for k in range(i + 1, len(rows)):
            factor = rows[k][i] / rows[i][i]
            rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i])]
    return total


def prior(count, initial_mean, initial_variance, dynamics, noise):
    """The tridiagonal precision of all states, and precision times mean."""
    p = [[0.0] * count for _ in range(count)]
    p[0][0] = 1 / initial_variance
    for t in range(1, count):
        p[t - 1][t - 1] += dynamics * dynamics / noise
        p[t][t] += 1 / noise
        p[t - 1][t] -= dynamics / noise
        p[t][t - 1] -= dynamics / noise
    return p, [initial_mean / initial_variance] + [0.0] * (count - 1)


def smooth(potentials, **walk):
    p, h = prior(len(potentials), **walk)
    for t, (linear, precision) in enumerate(potentials):
        p[t][t] += precision
        h[t] += linear
    covariance = inverse(p)
    means = [sum(c * v for c, v in zip(row, h)) for row in covariance]
    return [means, [covariance[t][t] for t in range(len(means))]]


def touch(count, offset, z):
    rate = math.exp(z + offset)
    return [count - rate + rate * z, rate]


def mode(offset, counts, rounds=60, **walk):
    states = [math.log(y + 0.5) - offset for y in counts]
    for _ in range(rounds):
        found = smooth([touch(y, offset, z) for y, z in zip(counts, states)], **walk)
        states = found[0]
    if rounds > 1:
        found = smooth([touch(y, offset, z) for y, z in zip(counts, states)], **walk)
    return found


def joint(states, offset, counts, initial_mean, initial_variance, dynamics, noise):
    total = 0.0
    for t, (z, y) in enumerate(zip(states, counts)):
        mean, variance = (initial_mean, initial_variance) if t == 0 else (dynamics * states[t - 1], noise)
        total -= 0.5 * (math.log(2 * math.pi * variance) + (z - mean) ** 2 / variance)
        total += y * (z + offset) - math.exp(z + offset) - math.lgamma(y + 1)
    return total


def by_determinant(offset, counts, **walk):
    states = mode(offset, counts, **walk)[0]
    whole, _ = prior(len(states), **walk)
    for t, z in enumerate(states):
        whole[t][t] += math.exp(z + offset)
    return (joint(states, offset, counts, **walk)
            + 0.5 * (len(states) * math.log(2 * math.pi) - log_determinant(whole)))


def filtered(potentials, initial_mean, initial_variance, dynamics, noise):
    mean, variance, found = initial_mean, initial_variance, []
    for linear, precision in potentials:
        after = 1 / (1 / variance + precision)
        centre = after * (mean / variance + linear)
        found.append((centre, after))
        mean, variance = dynamics * centre, dynamics * dynamics * after + noise
    return found


@right("parabola", "tangent")
def _(**given):
    return touch(**given)


@right("parabola", "pseudo-observation")
def _(count, offset, z):
    variance = math.exp(-z - offset)
    return [(z + (count * variance - 1)) / variance, 1 / variance]


@right("smoothed", "tridiagonal")
def _(potentials, **walk):
    return smooth(potentials, **walk)


@right("smoothed", "forward-and-back")
def _(potentials, initial_mean, initial_variance, dynamics, noise):
    found = filtered(potentials, initial_mean, initial_variance, dynamics, noise)
    means, variances = [found[-1][0]], [found[-1][1]]
    for centre, after in found[-2::-1]:
        told, spread = dynamics * centre, dynamics * dynamics * after + noise
        gain = after * dynamics / spread
        means.insert(0, centre + gain * (means[0] - told))
        variances.insert(0, after + gain * gain * (variances[0] - spread))
    return [means, variances]


@right("laplace", "sixty-rounds")
def _(**given):
    return mode(**given)


@right("evidence", "by-the-determinant")
def _(**given):
    return by_determinant(**given)


@mistake("parabola", "forgets-where-it-touches")
def _(count, offset, z):
    rate = math.exp(z + offset)
    return [count - rate, rate]


@mistake("parabola", "rate-for-variance")
def _(count, offset, z):
    rate = math.exp(z + offset)
    return [count - rate + z / rate, 1 / rate]


@mistake("smoothed", "filters-only")
def _(potentials, **walk):
    found = filtered(potentials, **walk)
    return [[m for m, _ in found], [v for _, v in found]]


@mistake("laplace", "one-round")
def _(**given):
    return mode(rounds=1, **given)


@mistake("laplace", "each-count-alone")
def _(offset, counts, initial_mean, initial_variance, dynamics, noise):
    mean, variance, means, variances = initial_mean, initial_variance, [], []
    for y in counts:
        found = mode(offset, [y], initial_mean=mean, initial_variance=variance, dynamics=0.0, noise=1.0)
        means.append(found[0][0])
        variances.append(found[1][0])
        mean, variance = dynamics * mean, dynamics * dynamics * variance + noise
    return [means, variances]


@mistake("laplace", "variances-of-the-parabolas")
def _(offset, counts, **walk):
    states = mode(offset, counts, **walk)[0]
    return [states, [math.exp(-z - offset) for z in states]]


@mistake("evidence", "evidence-of-the-parabolas")
def _(offset, counts, **walk):
    states = mode(offset, counts, **walk)[0]
    total = by_determinant(offset, counts, **walk)
    for y, z in zip(counts, states):
        linear, precision = touch(y, offset, z)
        total -= y * (z + offset) - math.exp(z + offset) - math.lgamma(y + 1)
        total += linear * z - 0.5 * precision * z * z
    return total


@mistake("evidence", "joint-at-the-mode")
def _(offset, counts, **walk):
    return joint(mode(offset, counts, **walk)[0], offset, counts, **walk)


main()
