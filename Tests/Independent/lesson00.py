"""The steps of lesson 00, each from its formula and the givens of its exercise."""

import itertools
import math

log, exp = math.log, math.exp


def softmax(scores):
    weights = [exp(score) for score in scores]
    return [weight / sum(weights) for weight in weights]


def kl(q, p):
    return sum(a * log(a / b) for a, b in zip(q, p) if a > 0)


# MARK: A table


def joint(g):
    return [prior * likelihood for prior, likelihood in zip(g["p(z)"], g["p(x|z)"])]


def evidence(g):
    return sum(joint(g))


def posterior(g):
    return [value / evidence(g) for value in joint(g)]


def elbo(g):
    return sum(q * (log(p) - log(q)) for q, p in zip(g["q(z)"], joint(g)))


def mean_ratio(g):
    return sum(q * (p / q) for q, p in zip(g["q(z)"], joint(g)))


def mean(g, function=lambda value: value):
    return sum(w * function(x) for w, x in zip(g["w_i"], g["X_i"]))


def reweighted(g):
    return [w * x / mean(g) for w, x in zip(g["w_i"], g["X_i"])]


# MARK: A document with bits


def states(g):
    return list(itertools.product([0, 1], repeat=len(g["p_d"])))


def product(bits, z):
    return math.prod(b if on else 1 - b for b, on in zip(bits, z))


def log_likelihood(g, z):
    scores = [
        bias + sum(row[d] * z[d] for d in range(len(z))) for bias, row in zip(g["bias"], words(g))
    ]
    probabilities = softmax(scores)
    return sum(log(probabilities[int(word)]) for word in g["x"])


def words(g):
    """W with a row for each word, whichever way it is printed."""
    if len(g["W"]) == len(g["bias"]) and len(g["W"][0]) == len(g["p_d"]):
        return g["W"]
    return [list(column) for column in zip(*g["W"])]


def log_joint(g, z):
    return log(product(g["p_d"], z)) + log_likelihood(g, z)


def under_q(g, function):
    return sum(product(g["b_d"], z) * function(z) for z in states(g))


def document_elbo(g):
    return under_q(g, lambda z: log_joint(g, z) - log(product(g["b_d"], z)))


def energy(g):
    return under_q(g, lambda z: log_joint(g, z))


def entropy(g):
    return -sum(b * log(b) + (1 - b) * log(1 - b) for b in g["b_d"])


def fit_minus_divergence(g):
    divergence = sum(
        b * log(b / p) + (1 - b) * log((1 - b) / (1 - p)) for b, p in zip(g["b_d"], g["p_d"])
    )
    return under_q(g, lambda z: log_likelihood(g, z)) - divergence


def document_evidence(g):
    return log(sum(exp(log_joint(g, z)) for z in states(g)))


# MARK: A mixture


def component(parameters, k, x):
    return parameters["π_k"][k] * product(parameters["p_kd"][k], x)


def log_evidence(parameters, data):
    return sum(log(sum(component(parameters, k, x) for k in range(len(parameters["π_k"])))) for x in data)


def responsibilities(parameters, data):
    rows = []
    for x in data:
        joints = [component(parameters, k, x) for k in range(len(parameters["π_k"]))]
        rows.append([value / sum(joints) for value in joints])
    return rows


def free_energy(parameters, rows, data):
    return sum(
        r * (log(component(parameters, k, x)) - log(r))
        for row, x in zip(rows, data)
        for k, r in enumerate(row)
    )


def maximised(rows, data):
    counts = [sum(row[k] for row in rows) for k in range(len(rows[0]))]
    return {
        "π_k": [count / len(data) for count in counts],
        "p_kd": [
            [sum(row[k] * x[d] for row, x in zip(rows, data)) / counts[k] for d in range(len(data[0]))]
            for k in range(len(counts))
        ],
    }


def e_step(g):
    rows = responsibilities(g, g["x_n"])
    flat = [r for row in rows for r in row]
    return flat, flat


def m_step(g):
    data, rows = g["x_n"], g["q_nk"]
    best = maximised(rows, data)
    left, right = [], []
    for k in range(len(rows[0])):
        count = sum(row[k] for row in rows)
        left += [len(data) * best["π_k"][k]] + [count * p for p in best["p_kd"][k]]
        right += [count] + [sum(row[k] * x[d] for row, x in zip(rows, data)) for d in range(len(data[0]))]
    return left, right


def sweep(g):
    """log p(x|θ), F(r, θ), F(r, θ′), log p(x|θ′)."""
    data = g["x_n"]
    rows = responsibilities(g, data)
    best = maximised(rows, data)
    return (
        log_evidence(g, data),
        free_energy(g, rows, data),
        free_energy(best, rows, data),
        log_evidence(best, data),
    )


def weighted(g, power):
    rows, data = g["q_nk"], g["x_n"]
    return [
        sum(row[k] * x**power for row, x in zip(rows, data)) / sum(row[k] for row in rows)
        for k in range(len(rows[0]))
    ]


# MARK: A count


def log_count(g, z):
    prior = -0.5 * z * z - 0.5 * log(2 * math.pi)
    return prior + g["y"] * (z + g["c"]) - exp(z + g["c"]) - math.lgamma(g["y"] + 1)


def integral(function, low=-12.0, high=8.0, pieces=40000):
    """Simpson's rule."""
    h = (high - low) / pieces
    total = function(low) + function(high)
    for i in range(1, pieces):
        total += (4 if i % 2 else 2) * function(low + i * h)
    return total * h / 3


def count_evidence(g):
    return log(integral(lambda z: exp(log_count(g, z))))


def count_elbo(g, m, v):
    rate = exp(m + g["c"] + v / 2)
    fit = g["y"] * (m + g["c"]) - rate - math.lgamma(g["y"] + 1)
    return fit - 0.5 * (m * m + v - 1 - log(v))


def count_gap(g, m, v):
    def density(z):
        return exp(-0.5 * (z - m) ** 2 / v) / math.sqrt(2 * math.pi * v)

    def term(z):
        q = density(z)
        return q * (log(q) - log_count(g, z)) if q > 0 else 0

    return integral(term) + count_evidence(g)


def best_gaussian(g):
    low, high = -20.0, 20.0
    for _ in range(200):
        middle = (low + high) / 2
        rate = exp(middle)
        if middle < g["y"] - rate + g["c"] + 0.5 / (1 + rate):
            low = middle
        else:
            high = middle
    rate = exp((low + high) / 2)
    return g["y"] - rate, 1 / (1 + rate)


def slopes_vanish(g):
    """m* + λ and 1/v* − λ."""
    m, v = best_gaussian(g)
    rate = exp(m + g["c"] + v / 2)
    return [m + rate, 1 / v - rate]


STEPS = {
    "bayes/evidence-is-a-sum": lambda g: (evidence(g), sum(joint(g))),
    "bayes/posterior-times-evidence": lambda g: (
        [p * evidence(g) for p in posterior(g)],
        joint(g),
    ),
    "jensen/mean-is-a-weighted-sum": lambda g: (mean(g), mean(g)),
    "jensen/jensens-inequality": lambda g: (log(mean(g)), mean(g, log)),
    "jensen/gap-is-a-divergence": lambda g: (
        log(mean(g)) - mean(g, log),
        kl(g["w_i"], reweighted(g)),
    ),
    "bound/multiply-and-divide": lambda g: (log(evidence(g)), log(mean_ratio(g))),
    "bound/log-goes-inside": lambda g: (log(mean_ratio(g)), elbo(g)),
    "bound/evidence-minus-gap": lambda g: (
        elbo(g),
        log(evidence(g)) - kl(g["q(z)"], posterior(g)),
    ),
    "one-sample/mean-is-the-bound": lambda g: (document_elbo(g), document_elbo(g)),
    "three-forms/entropy-taken-out": lambda g: (document_elbo(g), energy(g) + entropy(g)),
    "three-forms/forms-agree": lambda g: (energy(g) + entropy(g), fit_minus_divergence(g)),
    "three-forms/minus-is-a-bound": lambda g: (fit_minus_divergence(g), document_evidence(g)),
    "expectation-maximisation/bayes-rule": e_step,
    "expectation-maximisation/moments-match": m_step,
    "expectation-maximisation/tight-after-the-e-step": lambda g: sweep(g)[0:2],
    "expectation-maximisation/m-step-raises": lambda g: sweep(g)[1:3],
    "expectation-maximisation/bound-of-the-next": lambda g: sweep(g)[2:4],
    "gaussian-m-step/means-match": lambda g: (weighted(g, 1), weighted(g, 1)),
    "gaussian-m-step/second-moments-match": lambda g: (weighted(g, 2), weighted(g, 2)),
    "gaussian-family/count-minus-gap": lambda g: (
        count_elbo(g, g["m"], g["v"]),
        count_evidence(g) - count_gap(g, g["m"], g["v"]),
    ),
    "gaussian-family/best-is-stationary": lambda g: (slopes_vanish(g), [g["y"], 1]),
    "gaussian-family/best-is-not-tight": lambda g: (
        count_elbo(g, *best_gaussian(g)),
        count_evidence(g),
    ),
}
