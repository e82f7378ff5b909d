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


def log_determinant(matrix):
    rows, total = [list(row) for row in matrix], 0.0
    for i in range(len(rows)):
        total += math.log(rows[i][i])
        for k in range(i + 1, len(rows)):
            factor = rows[k][i] / rows[i][i]
            rows[k] = [b - factor * a for a, b in zip(rows[i], rows[k])]
    return total


@right("log_density", "backwards")
def _(natural, statistics, log_partition, log_base):
    return log_base + math.fsum(t * eta for eta, t in zip(natural, statistics)) - log_partition


@right("gaussian_means", "columns-first")
def _(mean, covariance):
    return mean + [covariance[j][i] + mean[j] * mean[i] for i in range(len(mean)) for j in range(len(mean))]


@right("dirichlet_means", "digamma-by-hand")
def _(concentration):
    return [digamma(a) - digamma(sum(concentration)) for a in concentration]


@right("dirichlet_means", "a-beta-at-a-time")
def _(concentration):
    # p_k ~ Beta(α_k, Σα − α_k) for each k: ψ(a) − ψ(a + b) = Σ_n 1/(a + b + n) − 1/(a + n), with its tail.
    def beta(a, b, terms=4000):
        total = math.fsum(1 / (a + b + n) - 1 / (a + n) for n in range(terms))
        low, high = a + terms - 0.5, a + b + terms - 0.5
        tail = math.log(low / high) - (1 / high**2 - 1 / low**2) / 24
        return total + tail

    return [beta(a, sum(concentration) - a) for a in concentration]


@right("wishart_means", "by-bartlett")
def _(dof, scale):
    d = len(scale)
    chi_squares = sum(digamma((dof - j) / 2) + math.log(2) for j in range(d))
    return [dof * v for row in scale for v in row] + [chi_squares + log_determinant(scale)]


@right("categorical_covariance", "products-of-pairs")
def _(probabilities):
    return [[p * (1 - p) if j == k else -p * q for k, q in enumerate(probabilities)]
            for j, p in enumerate(probabilities)]


@right("gamma_from_means", "bisection")
def _(log_mean, mean):
    gap, low, high = math.log(mean) - log_mean, 1e-6, 1e6
    for _ in range(200):
        middle = math.sqrt(low * high)
        if math.log(middle) - digamma(middle) > gap:
            low = middle
        else:
            high = middle
    return [low, low / mean]


@right("centred", "rows-then-columns")
def _(table):
    rows = [[b - a for a, b in zip(table[0], row)] for row in table[1:]]
    return [[value - row[0] for value in row[1:]] for row in rows]


@mistake("log_density", "forgets-the-base")
def _(natural, statistics, log_partition, log_base):
    return sum(eta * t for eta, t in zip(natural, statistics)) - log_partition


@mistake("gaussian_means", "squares-the-mean")
def _(mean, covariance):
    return mean + [a * b for a in mean for b in mean]


@mistake("dirichlet_means", "takes-the-log-of-the-mean")
def _(concentration):
    return [math.log(a / sum(concentration)) for a in concentration]


@mistake("wishart_means", "one-digamma-for-all")
def _(dof, scale):
    log_size = len(scale) * (digamma(dof / 2) + math.log(2)) + log_determinant(scale)
    return [dof * v for row in scale for v in row] + [log_size]


@mistake("categorical_covariance", "keeps-the-diagonal")
def _(probabilities):
    return [[p - p * p if j == k else 0 for k in range(len(probabilities))] for j, p in enumerate(probabilities)]


@mistake("gamma_from_means", "first-guess-of-the-shape")
def _(log_mean, mean):
    shape = 0.5 / (math.log(mean) - log_mean)
    return [shape, shape / mean]


@mistake("centred", "centres-rows-only")
def _(table):
    return [[value - row[0] for value in row[1:]] for row in table[1:]]


main()
