from variants import main, mistake, right


def diagonal(a, w, u, count):
    """The precision of each q(x_t)."""
    return [(w if t else 1) + (w * a * a if t + 1 < count else 0) + u for t in range(count)]


def added(t, dynamics, dynamics_precision, observation_precision, observations, means, variances):
    """All messages to x_t."""
    count, pull = len(observations), dynamics_precision * dynamics
    first = observation_precision * observations[t]
    first += pull * (means[t - 1] if t else 0) + pull * (means[t + 1] if t + 1 < count else 0)
    return [first, -0.5 * diagonal(dynamics, dynamics_precision, observation_precision, count)[t]]


def swept(means, sweeps, **given):
    means, variances = list(means), list(given["variances"])
    for _ in range(sweeps):
        for t in range(len(means)):
            first, second = added(t, means=means, **given)
            means[t], variances[t] = first / (-2 * second), 1 / (-2 * second)
    return [means, variances]


def inverse(matrix):
    n = len(matrix)
    rows = [list(row) + [float(i == j) for j in range(n)] for i, row in enumerate(matrix)]
    for i in range(n):
        rows[i] = [v / rows[i][i] for v in rows[i]]
        for k in range(n):
            if k != i:
                factor = rows[k][i]
                rows[k] = [x - factor * y for x, y in zip(rows[k], rows[i])]
    return [row[n:] for row in rows]


def exact(dynamics, dynamics_precision, observation_precision, observations):
    """Means and covariance of x given y, and the diagonal of the precision."""
    count = len(observations)
    j = diagonal(dynamics, dynamics_precision, observation_precision, count)
    matrix = [[j[s] if s == t else -dynamics_precision * dynamics * (abs(s - t) == 1) for t in range(count)]
              for s in range(count)]
    covariance = inverse(matrix)
    means = [sum(c * observation_precision * y for c, y in zip(row, observations)) for row in covariance]
    return means, covariance, j


@right("to_child", "moments")
def _(natural):
    variance = -0.5 / natural[1]
    mean = natural[0] * variance
    return [mean, mean * mean + variance]


@right("to_parent", "completed-square")
def _(t, dynamics, dynamics_precision, observation_precision, observations, means, variances):
    # −½ τ (x_(t+1) − a x)² at x = −1, 0, 1: a parabola through three points.
    low, middle, high = (-0.5 * dynamics_precision * ((means[t + 1] - dynamics * x) ** 2) for x in (-1, 0, 1))
    return [(high - low) / 2, (high + low) / 2 - middle]


@right("target", "all-messages")
def _(**given):
    return added(**given)


@right("fixed_point", "many-sweeps")
def _(**given):
    return swept(sweeps=300, **given)


@right("fixed_point", "one-linear-system")
def _(means, variances, **given):
    means, _, j = exact(**given)
    return [means, [1 / v for v in j]]


@right("co_parent", "each-child-without-its-co-parent")
def _(children, co_parents):
    return sum(x - c for x, c in zip(children, co_parents)) / (1 + len(children))


@mistake("to_child", "tells-its-parameters")
def _(natural):
    return natural


@mistake("to_parent", "forgets-the-slope")
def _(t, dynamics_precision, means, **_):
    return [dynamics_precision * means[t + 1], -0.5 * dynamics_precision]


@mistake("target", "listens-to-parents-only")
def _(t, dynamics, dynamics_precision, means, **_):
    return [dynamics_precision * dynamics * means[t - 1], -0.5 * dynamics_precision] if t else [0, -0.5]


@mistake("target", "hears-everyone")
def _(t, means, **given):
    first, second = added(t, means=means, **given)
    others = sum(m for s, m in enumerate(means) if abs(s - t) > 1)
    return [first + 0.5 * given["dynamics_precision"] * given["dynamics"] * others, second]


@mistake("fixed_point", "marginal-variances")
def _(means, variances, **given):
    means, covariance, _ = exact(**given)
    return [means, [covariance[t][t] for t in range(len(means))]]


@mistake("fixed_point", "stops-after-a-sweep")
def _(**given):
    return swept(sweeps=1, **given)


@mistake("co_parent", "takes-all-co-parents")
def _(children, co_parents):
    return (sum(children) - len(children) * sum(co_parents)) / (1 + len(children))


main()
