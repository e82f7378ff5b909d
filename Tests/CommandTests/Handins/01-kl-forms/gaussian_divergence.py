import math

from variants import main, mistake, right


def eliminated(matrix, right_side):
    """The determinant of a matrix, and what solves matrix · x = right_side, by Gauss's elimination."""
    rows = [list(row) + list(more) for row, more in zip(matrix, right_side)]
    size, determinant = len(rows), 1.0
    for k in range(size):
        pivot = rows[k][k]
        determinant *= pivot
        rows[k] = [value / pivot for value in rows[k]]
        for i in range(size):
            if i != k:
                rows[i] = [a - rows[i][k] * b for a, b in zip(rows[i], rows[k])]
    return determinant, [row[size:] for row in rows]


def determinant(matrix):
    return eliminated(matrix, [[] for _ in matrix])[0]


def trace(inverted, other):
    quotient = eliminated(inverted, other)[1]
    return sum(quotient[k][k] for k in range(len(quotient)))


def distance(mean_q, mean_p, covariance_p):
    delta = [a - b for a, b in zip(mean_q, mean_p)]
    solved = eliminated(covariance_p, [[d] for d in delta])[1]
    return sum(d * row[0] for d, row in zip(delta, solved))


def pieces(mean_q, covariance_q, mean_p, covariance_p):
    return (
        math.log(determinant(covariance_p) / determinant(covariance_q)),
        trace(covariance_p, covariance_q), distance(mean_q, mean_p, covariance_p), len(mean_q))


@right("divergence", "by-elimination")
def _(**given):
    log_ratio, spread, apart, dimension = pieces(**given)
    return (log_ratio + spread + apart - dimension) / 2


@right("divergence", "by-cholesky")
def _(mean_q, covariance_q, mean_p, covariance_p):
    size = range(len(mean_q))

    def root(matrix):
        lower = [[0.0 for _ in size] for _ in size]
        for i in size:
            for j in range(i + 1):
                rest = matrix[i][j] - sum(lower[i][k] * lower[j][k] for k in range(j))
                lower[i][j] = math.sqrt(rest) if i == j else rest / lower[j][j]
        return lower

    def forward(lower, vector):
        x = []
        for i in size:
            x.append((vector[i] - sum(lower[i][k] * x[k] for k in range(i))) / lower[i][i])
        return x

    lower_q, lower_p = root(covariance_q), root(covariance_p)
    log_ratio = 2 * sum(math.log(lower_p[i][i] / lower_q[i][i]) for i in size)
    columns = [[lower_q[i][j] for i in size] for j in size] + [[a - b for a, b in zip(mean_q, mean_p)]]
    squares = sum(x * x for column in columns for x in forward(lower_p, column))
    return 0.5 * (log_ratio + squares - len(mean_q))


@right("mean_distance", "covariance-plus-outer-product")
def _(mean_q, covariance_q, mean_p, covariance_p):
    delta = [a - b for a, b in zip(mean_q, mean_p)]
    second = [[c + a * b for c, b in zip(row, delta)] for row, a in zip(covariance_q, delta)]
    return trace(covariance_p, second)


@mistake("divergence", "forgets-the-half")
def _(**given):
    log_ratio, spread, apart, dimension = pieces(**given)
    return (log_ratio + spread - dimension) / 2 + apart


@mistake("divergence", "subtracts-a-constant-for-the-dimension")
def _(**given):
    log_ratio, spread, apart, _ = pieces(**given)
    return (log_ratio + spread + apart - 1) / 2


@mistake("divergence", "puts-the-sample-count-for-the-dimension")
def _(**given):
    log_ratio, spread, apart, dimension = pieces(**given)
    return (log_ratio + spread + apart - (dimension if any(given["mean_p"]) else 5)) / 2


@mistake("divergence", "turns-the-log-ratio-round")
def _(**given):
    log_ratio, spread, apart, dimension = pieces(**given)
    return (spread + apart - log_ratio - dimension) / 2


@mistake("mean_distance", "takes-the-distance-of-the-mean")
def _(mean_q, covariance_q, mean_p, covariance_p):
    return distance(mean_q, mean_p, covariance_p)


@mistake("divergence", "inverts-the-other-covariance")
def _(mean_q, covariance_q, mean_p, covariance_p):
    given = pieces(mean_q, covariance_q, mean_p, covariance_p)
    return (given[0] + trace(covariance_q, covariance_p) + given[2] - given[3]) / 2


main()
