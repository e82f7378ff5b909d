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


def smoothed(initial_mean, initial_variance, dynamics, potentials):
    """Means and the whole covariance matrix, from the tridiagonal precision of all states."""
    l, kappa, nu, scale = dynamics
    precision, count = nu / scale, len(potentials)
    h = [p[0] for p in potentials]
    j = [[p[1] if s == t else 0.0 for t in range(count)] for s, p in enumerate(potentials)]
    h[0] += initial_mean / initial_variance
    j[0][0] += 1 / initial_variance
    for t in range(1, count):
        j[t - 1][t - 1] += l * l * precision + 1 / kappa
        j[t][t] += precision
        j[t - 1][t] -= l * precision
        j[t][t - 1] -= l * precision
    covariance = inverse(j)
    return [sum(c * v for c, v in zip(row, h)) for row in covariance], covariance


def parts(means, covariance):
    count = len(means)
    return [means, [covariance[t][t] for t in range(count)], [covariance[t][t - 1] for t in range(1, count)]]


def moments(**given):
    return parts(*smoothed(**given))


def sums(means, variances, neighbours):
    squares = [m * m + v for m, v in zip(means, variances)]
    cross = sum(a * b + c for a, b, c in zip(means, means[1:], neighbours))
    return [cross, sum(squares[:-1]), sum(squares[1:]), len(neighbours)]


def passed(initial_mean, initial_variance, dynamics, potentials, doubt=True):
    """Filtered means and variances, what came in, and what is told on."""
    l, kappa, nu, scale = dynamics
    mean, variance = initial_mean, initial_variance
    found = []
    for t, (h, j) in enumerate(potentials):
        if t < len(potentials) - 1:
            j = j + 1 / kappa
        after = 1 / (1 / variance + j)
        centre = after * (mean / variance + h)
        mean, variance = l * centre, l * l * after + scale / nu
        found.append((centre, after, mean, variance))
    return found


@right("moments", "tridiagonal-precision")
def _(**given):
    return moments(**given)


@right("moments", "forward-then-back")
def _(initial_mean, initial_variance, dynamics, potentials):
    found = passed(initial_mean, initial_variance, dynamics, potentials)
    means, variances, neighbours = [found[-1][0]], [found[-1][1]], []
    for centre, after, told, spread in found[-2::-1]:
        gain = after * dynamics[0] / spread
        neighbours.insert(0, gain * variances[0])
        means.insert(0, centre + gain * (means[0] - told))
        variances.insert(0, after + gain * gain * (variances[0] - spread))
    return [means, variances, neighbours]


@right("statistics", "sums")
def _(**given):
    return sums(*moments(**given))


@right("local_term", "covariances-with-the-tilt")
def _(initial_mean, initial_variance, dynamics, potentials, asked):
    m, c = smoothed(initial_mean, initial_variance, dynamics, potentials)
    count = len(m)
    tilts = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(potentials, asked)]
    shift = [sum(c[s][t] * (dh - dj * m[t]) for t, (dh, dj) in enumerate(tilts)) for s in range(count)]

    def rate(s, t):
        return (shift[s] * m[t] + m[s] * shift[t]
                - sum(c[s][u] * dj * c[u][t] for u, (_, dj) in enumerate(tilts)))

    return [sum(rate(t, t - 1) for t in range(1, count)), sum(rate(t, t) for t in range(count - 1)),
            sum(rate(t, t) for t in range(1, count)), 0]


@mistake("moments", "filters")
def _(initial_mean, initial_variance, dynamics, potentials):
    found = passed(initial_mean, initial_variance, dynamics, potentials)
    smooth = parts(*smoothed(initial_mean, initial_variance, dynamics, potentials))
    return [[row[0] for row in found], [row[1] for row in found], smooth[2]]


def alone(**given):
    means, variances, neighbours = moments(**given)
    return sums(means, variances, [0.0] * len(neighbours))


@mistake("moments", "independent-neighbours", also={"statistics": alone})
def _(**given):
    means, variances, neighbours = moments(**given)
    return [means, variances, [0.0] * len(neighbours)]


@mistake("moments", "plug-in-dynamics")
def _(dynamics, **given):
    l, _, nu, scale = dynamics
    return moments(dynamics=[l, 1e12, nu, scale], **given)


@mistake("statistics", "swaps-the-squares")
def _(**given):
    cross, before, after, steps = sums(*moments(**given))
    return [cross, after, before, steps]


@mistake("local_term", "one-state-at-a-time")
def _(initial_mean, initial_variance, dynamics, potentials, asked):
    m, c = smoothed(initial_mean, initial_variance, dynamics, potentials)
    rates = []
    for t, (a, b) in enumerate(zip(potentials, asked)):
        v, dh, dj = c[t][t], b[0] - a[0], b[1] - a[1]
        rates.append(2 * m[t] * v * (dh - dj * m[t]) - v * v * dj)
    return [0, sum(rates[:-1]), sum(rates[1:]), 0]


main()
