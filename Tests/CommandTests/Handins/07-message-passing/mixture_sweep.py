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


def normalised(rows):
    """Rows of probabilities from rows of their logarithms."""
    found = []
    for row in rows:
        weights = [math.exp(v - max(row)) for v in row]
        found.append([w / sum(weights) for w in weights])
    return found


def counted(concentration, prior, observations, responsibilities):
    """The best globals: weighted counts, means and squares around them."""
    m, kappa, nu, scale = prior
    rows = []
    for k, alpha in enumerate(concentration):
        weights = [r[k] for r in responsibilities]
        n = sum(weights)
        mean = sum(w * x for w, x in zip(weights, observations)) / n
        spread = sum(w * (x - mean) ** 2 for w, x in zip(weights, observations))
        pull = kappa * n / (kappa + n) * (mean - m) ** 2
        rows.append([alpha + n, (kappa * m + n * mean) / (kappa + n), kappa + n, nu + n, scale + spread + pull])
    return rows


def log_weights(q):
    return [digamma(row[0]) - digamma(sum(r[0] for r in q)) for row in q]


def log_variance(row):
    """E[log v] of v ~ inverse gamma(ν/2, Λ/2)."""
    return math.log(row[4] / 2) - digamma(row[3] / 2)


def log_likelihood(x, row):
    """E[log N(x; μ, v)]."""
    _, m, kappa, nu, scale = row
    square = nu / scale * (x - m) ** 2 + 1 / kappa
    return -0.5 * (math.log(2 * math.pi) + log_variance(row) + square)


def seven(concentration, prior, observations, q, responsibilities):
    pairs = [(r, x, row, w) for x, share in zip(observations, responsibilities)
             for r, row, w in zip(share, q, log_weights(q)) if r > 0]
    m0, kappa0, nu0, scale0 = prior

    def log_dirichlet(alpha):
        norm = math.lgamma(sum(alpha)) - sum(math.lgamma(a) for a in alpha)
        return norm + sum((a - 1) * w for a, w in zip(alpha, log_weights(q)))

    def log_prior(row, m, kappa, nu, scale):
        """E of the log density with these numbers, under a row of q."""
        precision = row[3] / row[4]
        log_v = log_variance(row)
        normal = -0.5 * (math.log(2 * math.pi / kappa) + log_v
                         + kappa * (precision * (row[1] - m) ** 2 + 1 / row[2]))
        gamma = nu / 2 * math.log(scale / 2) - math.lgamma(nu / 2) - (nu / 2 + 1) * log_v - scale * precision / 2
        return normal + gamma

    return [
        sum(r * log_likelihood(x, row) for r, x, row, _ in pairs),
        sum(r * w for r, _, _, w in pairs),
        log_dirichlet(concentration),
        sum(log_prior(row, m0, kappa0, nu0, scale0) for row in q),
        -sum(r * math.log(r) for r, _, _, _ in pairs),
        -log_dirichlet([row[0] for row in q]),
        -sum(log_prior(row, *row[1:]) for row in q),
    ]


@right("globals", "centred-sums")
def _(**given):
    return counted(**given)


@right("globals", "one-observation-at-a-time")
def _(concentration, prior, observations, responsibilities):
    # Each observation in turn moves the numbers as the only one would.
    rows = [[alpha] + prior for alpha in concentration]
    for x, share in zip(observations, responsibilities):
        for k, r in enumerate(share):
            alpha, m, kappa, nu, scale = rows[k]
            rows[k] = [alpha + r, m + r / (kappa + r) * (x - m), kappa + r, nu + r,
                       scale + kappa * r / (kappa + r) * (x - m) ** 2]
    return rows


@right("locals", "expected-logarithms")
def _(observations, q):
    weights = log_weights(q)
    return normalised([[w + log_likelihood(x, row) for w, row in zip(weights, q)] for x in observations])


@right("terms", "one-density-twice")
def _(**given):
    return seven(**given)


@right("target", "columns-first")
def _(log_joint, second):
    return normalised([[sum(row[j] * p for j, p in reversed(list(enumerate(second)))) for row in log_joint]])[0]


@mistake("locals", "plugs-in-the-means")
def _(observations, q):
    weights = log_weights(q)
    return normalised([[w - 0.5 * (row[3] / row[4] * (x - row[1]) ** 2 - math.log(row[3] / row[4]))
                        for w, row in zip(weights, q)] for x in observations])


@mistake("locals", "log-of-expected-weights")
def _(observations, q):
    total = sum(row[0] for row in q)
    return normalised([[math.log(row[0] / total) + log_likelihood(x, row) for row in q] for x in observations])


@mistake("locals", "forgets-the-weights")
def _(observations, q):
    return normalised([[log_likelihood(x, row) for row in q] for x in observations])


@mistake("locals", "joins-by-position")
def _(observations, q):
    weights = log_weights(q)
    rows = normalised([[w + log_likelihood(x, row) for w, row in zip(weights, q)] for x in observations])
    return [[r * 1.001 if k == 0 else r - 0.001 * row[0] / (len(row) - 1) for k, r in enumerate(row)]
            for row in rows]


@mistake("globals", "counts-hard")
def _(concentration, prior, observations, responsibilities):
    rows = []
    for k, alpha in enumerate(concentration):
        own = [x for x, share in zip(observations, responsibilities) if share.index(max(share)) == k]
        row = [alpha] + prior
        for x in own:
            a, m, kappa, nu, scale = row
            row = [a + 1, m + (x - m) / (kappa + 1), kappa + 1, nu + 1, scale + kappa / (kappa + 1) * (x - m) ** 2]
        rows.append(row)
    return rows


@mistake("globals", "forgets-the-prior-mean")
def _(concentration, prior, observations, responsibilities):
    rows = counted(concentration, prior, observations, responsibilities)
    for k, row in enumerate(rows):
        mean = (row[2] * row[1] - prior[1] * prior[0]) / (row[2] - prior[1])
        row[4] = prior[3] + sum(r[k] * (x - mean) ** 2 for r, x in zip(responsibilities, observations))
    return rows


@mistake("terms", "entropy-with-its-sign-lost")
def _(**given):
    terms = seven(**given)
    return terms[:4] + [-terms[4]] + terms[5:]


@mistake("terms", "accuracy-without-spread")
def _(q, responsibilities, **given):
    terms = seven(q=q, responsibilities=responsibilities, **given)
    return [terms[0] + sum(0.5 * r / row[2] for share in responsibilities for r, row in zip(share, q))] + terms[1:]


@mistake("target", "weighs-by-the-table")
def _(log_joint, second):
    weights = [sum(p * math.exp(v) for p, v in zip(second, row)) for row in log_joint]
    return [w / sum(weights) for w in weights]


main()
