import math

from variants import main, mistake, right


def inverse(matrix):
    if len(matrix) == 1:
        return [[1 / matrix[0][0]]]
    (a, b), (c, d) = matrix
    det = a * d - b * c
    return [[d / det, -b / det], [-c / det, a / det]]


def log_determinant(matrix):
    if len(matrix) == 1:
        return math.log(matrix[0][0])
    return math.log(matrix[0][0] * matrix[1][1] - matrix[0][1] * matrix[1][0])


def times(matrix, vector):
    return [sum(a * v for a, v in zip(row, vector)) for row in matrix]


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def seen(features, offset, q_mean, q_covariance):
    """Means and variances of all log-rates under q."""
    return [(c + dot(f, q_mean), dot(f, times(q_covariance, f))) for f, c in zip(features, offset)]


def mean_rates(features, offset, q_mean, q_covariance, part=0.5):
    return [math.exp(a + part * v) for a, v in seen(features, offset, q_mean, q_covariance)]


def bound(mean, covariance, features, offset, counts, q_mean, q_covariance, part=0.5, entropy=1.0):
    p, n = inverse(covariance), len(mean)
    fit = sum(y * a - math.exp(a + part * v) - math.lgamma(y + 1)
              for y, (a, v) in zip(counts, seen(features, offset, q_mean, q_covariance)))
    away = [a - b for a, b in zip(q_mean, mean)]
    trace = sum(p[i][j] * q_covariance[j][i] for i in range(n) for j in range(n))
    prior = -0.5 * (n * math.log(2 * math.pi) + log_determinant(covariance) + trace + dot(away, times(p, away)))
    own = 0.5 * (n * (1 + math.log(2 * math.pi)) + log_determinant(q_covariance))
    return fit + prior + entropy * own


def pull(mean, covariance, features, offset, counts, q_mean, q_covariance, part=0.5):
    surprise = [y - r for y, r in zip(counts, mean_rates(features, offset, q_mean, q_covariance, part))]
    back = times(inverse(covariance), [a - b for a, b in zip(q_mean, mean)])
    return [sum(f[i] * s for f, s in zip(features, surprise)) - back[i] for i in range(len(mean))]


def wanted(mean, covariance, features, offset, counts, q_mean, q_covariance, part=0.5, prior=1.0):
    p, n = inverse(covariance), len(mean)
    weights = mean_rates(features, offset, q_mean, q_covariance, part)
    return [[prior * p[i][j] + sum(w * f[i] * f[j] for w, f in zip(weights, features)) for j in range(n)]
            for i in range(n)]


def found(mean, covariance, features, offset, counts, part=0.5, diagonal=False, fixed=False):
    """The fixed point, going half of the way to it at a time."""
    m, v = list(mean), [list(row) for row in covariance]
    if diagonal:
        v = [[1 / inverse(covariance)[i][i] if i == j else 0.0 for j in range(len(m))] for i in range(len(m))]
    for _ in range(400):
        given = dict(mean=mean, covariance=covariance, features=features, offset=offset, counts=counts,
                     q_mean=m, q_covariance=v)
        goal, slope = wanted(part=part, **given), pull(part=part, **given)
        now = inverse(v)
        half = [[0.5 * (a + b) for a, b in zip(r, s)] for r, s in zip(now, goal)]
        if diagonal:
            half = [[h if i == j else 0.0 for j, h in enumerate(row)] for i, row in enumerate(half)]
        if not fixed:
            v = inverse(half)
        m = [a + 0.5 * b for a, b in zip(m, times(inverse(goal), slope))]
    return [m] + v


@right("elbo", "prior-and-entropy")
def _(**given):
    return bound(**given)


@right("slope", "surprises")
def _(**given):
    return pull(**given)


@right("precision", "by-entries")
def _(**given):
    return wanted(**given)


@right("best", "halfway-each-time")
def _(**given):
    return found(**given)


def pull_at_the_mean(**given):
    return pull(part=0.0, **given)


@mistake("elbo", "rates-at-the-mean", also={"slope": pull_at_the_mean})
def _(**given):
    return bound(part=0.0, **given)


@mistake("precision", "forgets-the-half")
def _(**given):
    return wanted(part=1.0, **given)


@mistake("elbo", "entropy-with-the-wrong-sign")
def _(**given):
    return bound(entropy=-1.0, **given)


@mistake("best", "mode-for-best")
def _(**given):
    return found(part=0.0, **given)


@mistake("best", "numbers-apart")
def _(**given):
    return found(diagonal=True, **given)


@mistake("best", "means-and-no-widths")
def _(**given):
    return found(fixed=True, **given)


@mistake("precision", "forgets-the-prior-precision")
def _(**given):
    return wanted(prior=0.0, **given)


main()
