import math

from variants import main, mistake, right


def inverse(matrix):
    """Of two rows, or of one."""
    if len(matrix) == 1:
        return [[1 / matrix[0][0]]]
    (a, b), (c, d) = matrix
    det = a * d - b * c
    return [[d / det, -b / det], [-c / det, a / det]]


def times(matrix, vector):
    return [sum(a * v for a, v in zip(row, vector)) for row in matrix]


def rates(features, offset, z):
    return [math.exp(c + sum(f * v for f, v in zip(row, z))) for row, c in zip(features, offset)]


def bent(covariance, features, weights):
    """P + Fᵀ diag(weights) F."""
    p = inverse(covariance)
    n = len(p)
    return [[p[i][j] + sum(w * f[i] * f[j] for w, f in zip(weights, features)) for j in range(n)]
            for i in range(n)]


def curvature_of(mean, covariance, features, offset, counts, z):
    return bent(covariance, features, rates(features, offset, z))


def slope_of(mean, covariance, features, offset, counts, z):
    surprise = [y - r for y, r in zip(counts, rates(features, offset, z))]
    pull = times(inverse(covariance), [a - b for a, b in zip(z, mean)])
    return [sum(f[i] * s for f, s in zip(features, surprise)) - pull[i] for i in range(len(z))]


def step_of(sign=1, **given):
    move = times(inverse(curvature_of(**given)), slope_of(**given))
    return [z + sign * m for z, m in zip(given["z"], move)]


def determinant(matrix):
    if len(matrix) == 1:
        return matrix[0][0]
    return matrix[0][0] * matrix[1][1] - matrix[0][1] * matrix[1][0]


@right("curvature", "by-entries")
def _(**given):
    return curvature_of(**given)


@right("step", "solves")
def _(**given):
    return step_of(**given)


@right("covariance", "by-cofactors")
def _(curvature):
    return inverse(curvature)


@right("evidence", "width-of-the-parabola")
def _(log_joint, curvature):
    return log_joint - 0.5 * math.log(determinant([[c / (2 * math.pi) for c in row] for row in curvature]))


@mistake("covariance", "hessian-as-covariance")
def _(curvature):
    return inverse([[-c for c in row] for row in curvature])


@mistake("covariance", "precision-for-covariance")
def _(curvature):
    return curvature


@mistake("covariance", "inverts-the-diagonal")
def _(curvature):
    return [[1 / row[i] if i == j else 0.0 for j in range(len(row))] for i, row in enumerate(curvature)]


@mistake("step", "steps-downhill")
def _(**given):
    return step_of(sign=-1, **given)


@mistake("step", "fits-the-counts-alone")
def _(mean, covariance, features, offset, counts, z):
    weights = rates(features, offset, z)
    n = len(z)
    whole = [[sum(w * f[i] * f[j] for w, f in zip(weights, features)) for j in range(n)] for i in range(n)]
    slope = [sum(f[i] * (y - w) for f, y, w in zip(features, counts, weights)) for i in range(n)]
    return [a + b for a, b in zip(z, times(inverse(whole), slope))]


@mistake("curvature", "curves-by-the-counts")
def _(mean, covariance, features, offset, counts, z):
    return bent(covariance, features, counts)


@mistake("evidence", "one-dimension-short")
def _(log_joint, curvature):
    return log_joint + 0.5 * math.log(2 * math.pi) - 0.5 * math.log(determinant(curvature))


@mistake("evidence", "adds-the-determinant")
def _(log_joint, curvature):
    return log_joint + 0.5 * len(curvature) * math.log(2 * math.pi) + 0.5 * math.log(determinant(curvature))


main()
