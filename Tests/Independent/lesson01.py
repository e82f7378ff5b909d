"""The steps of lesson 01, each from its formula and the givens of its exercise."""

import itertools
import math
import re

log, exp = math.log, math.exp


def kl(q, p):
    return sum(a * log(a / b) for a, b in zip(q, p) if a > 0)


# MARK: A table


def terms(g):
    return sum(q * log(q / p) - q + p for q, p in zip(g["q(z)"], g["p(z)"]))


def table(g):
    return kl(g["q(z)"], g["p(z)"])


# MARK: Two Gaussians in the plane


def determinant(c):
    return c[0][0] * c[1][1] - c[0][1] * c[1][0]


def inverse(c):
    size = determinant(c)
    return [[c[1][1] / size, -c[0][1] / size], [-c[1][0] / size, c[0][0] / size]]


def distance(z, mean, c):
    """(z − μ)ᵀ C⁻¹ (z − μ)."""
    away = [a - b for a, b in zip(z, mean)]
    return sum(
        away[i] * entry * away[j]
        for i, row in enumerate(inverse(c))
        for j, entry in enumerate(row)
    )


def log_density(z, mean, c):
    return -0.5 * (log(determinant(c)) + 2 * log(2 * math.pi) + distance(z, mean, c))


def under_q(g, function, steps=161, reach=10):
    """E_q[function(z)] by a trapezoid over ±10 standard deviations in two whitened directions."""
    mean, c = g["μ_q"], g["C_q"]
    first = math.sqrt(c[0][0])
    lower = c[0][1] / first
    second = math.sqrt(c[1][1] - lower * lower)
    step = 2 * reach / (steps - 1)
    total = 0
    for i, j in itertools.product(range(steps), repeat=2):
        a, b = i * step - reach, j * step - reach
        weight = exp(-0.5 * (a * a + b * b)) / (2 * math.pi) * step * step
        total += weight * function([mean[0] + first * a, mean[1] + lower * a + second * b])
    return total


def gaussian_log_ratio(g):
    return under_q(
        g, lambda z: log_density(z, g["μ_q"], g["C_q"]) - log_density(z, g["μ_p"], g["C_p"])
    )


def gaussian_squares(g):
    log_ratio = log(determinant(g["C_p"]) / determinant(g["C_q"]))
    squares = under_q(
        g, lambda z: distance(z, g["μ_p"], g["C_p"]) - distance(z, g["μ_q"], g["C_q"])
    )
    return 0.5 * (log_ratio + squares)


def gaussian_closed(g):
    log_ratio = log(determinant(g["C_p"]) / determinant(g["C_q"]))
    precision = inverse(g["C_p"])
    trace = sum(precision[i][j] * g["C_q"][j][i] for i in range(2) for j in range(2))
    return 0.5 * (log_ratio + trace + distance(g["μ_q"], g["μ_p"], g["C_p"]) - 2)


# MARK: Counts


def poisson(y, rate):
    return exp(y * log(rate) - rate - math.lgamma(y + 1))


def poisson_sum(g):
    return sum(
        poisson(y, g["λ_q"])
        * (y * log(g["λ_q"]) - g["λ_q"] - y * log(g["λ_p"]) + g["λ_p"])
        for y in range(121)
    )


def poisson_mean(g):
    mean = sum(y * poisson(y, g["λ_q"]) for y in range(121))
    return mean * log(g["λ_q"] / g["λ_p"]) - g["λ_q"] + g["λ_p"]


def poisson_closed(g):
    return g["λ_q"] * log(g["λ_q"] / g["λ_p"]) - g["λ_q"] + g["λ_p"]


def tangent_gap(g):
    q, p = log(g["λ_q"]), log(g["λ_p"])
    return exp(p) - exp(q) - (p - q) * exp(q)


# MARK: Bits


def factors(bits, z):
    return [b if on else 1 - b for b, on in zip(bits, z)]


def over_states(g, function):
    return sum(
        math.prod(factors(g["b"], z)) * function(z)
        for z in itertools.product([0, 1], repeat=len(g["b"]))
    )


def bits_enumerated(g):
    return over_states(
        g, lambda z: log(math.prod(factors(g["b"], z)) / math.prod(factors(g["a"], z)))
    )


def bits_split(g):
    return over_states(
        g, lambda z: sum(log(b / a) for b, a in zip(factors(g["b"], z), factors(g["a"], z)))
    )


def bits_summed(g):
    return sum(kl([b, 1 - b], [a, 1 - a]) for b, a in zip(g["b"], g["a"]))


# MARK: Two experts


def mixture(g):
    """p(y) from its words, as "0.6 Poisson(y | 2) + 0.4 Poisson(y | 9)"."""
    parts = re.findall(r"([\d.]+) Poisson\(y \| ([\d.]+)\)", g["p(y)"])
    return [sum(float(w) * poisson(y, float(rate)) for w, rate in parts) for y in range(121)]


def mean_count(g):
    return sum(y * p for y, p in enumerate(mixture(g)))


def from_poisson(g, rate):
    return kl(mixture(g), [poisson(y, rate) for y in range(121)])


def by_the_mean(g):
    rest = sum(p * (log(p) + math.lgamma(y + 1)) for y, p in enumerate(mixture(g)))
    return rest - mean_count(g) * log(g["λ"]) + g["λ"]


def split_at_the_mean(g):
    mean = mean_count(g)
    return from_poisson(g, mean) + mean * log(mean / g["λ"]) - mean + g["λ"]


# MARK: A weight


def objective(g):
    fit = sum(q * log(x) for q, x in zip(g["q(z)"], g["p(x|z)"]))
    return fit - g["β"] * table(g)


def tempered(g):
    return [p * x ** (1 / g["β"]) for p, x in zip(g["p(z)"], g["p(x|z)"])]


def best_value(g):
    return g["β"] * log(sum(tempered(g)))


def minus_divergence(g):
    total = sum(tempered(g))
    return best_value(g) - g["β"] * kl(g["q(z)"], [value / total for value in tempered(g)])


def table_evidence(g):
    return log(sum(p * x for p, x in zip(g["p(z)"], g["p(x|z)"])))


# MARK: z ~ N(0, 1), x|z ~ N(z, 1)


def line_elbo(g):
    """E_q[log p(z) + log p(x|z)] + the entropy of N(m, v)."""
    squares = g["m"] ** 2 + g["v"] + (g["x"] - g["m"]) ** 2 + g["v"]
    return -log(2 * math.pi) - 0.5 * squares + 0.5 * log(2 * math.pi * math.e * g["v"])


def line_evidence(g):
    """x is normal with mean 0 and variance 2."""
    return -0.5 * (log(4 * math.pi) + g["x"] ** 2 / 2)


def line_minus_gap(g):
    ratio = g["v"] / 0.5
    return line_evidence(g) - 0.5 * (
        ratio + (g["m"] - g["x"] / 2) ** 2 / 0.5 - 1 - log(ratio)
    )


STEPS = {
    "divergence/sum": lambda g: (table(g), table(g)),
    "divergence/one-is-added-and-taken": lambda g: (table(g), terms(g)),
    "divergence/no-term-is-negative": lambda g: (terms(g), 0.0),
    "gaussian-divergence/average": lambda g: (gaussian_closed(g), gaussian_log_ratio(g)),
    "gaussian-divergence/constants-cancel": lambda g: (gaussian_log_ratio(g), gaussian_squares(g)),
    "gaussian-divergence/averages-of-squares": lambda g: (gaussian_squares(g), gaussian_closed(g)),
    "closed-forms/factorials-cancel": lambda g: (poisson_sum(g), poisson_mean(g)),
    "closed-forms/mean-is-the-rate": lambda g: (poisson_mean(g), poisson_closed(g)),
    "closed-forms/tangent-gap": lambda g: (poisson_closed(g), tangent_gap(g)),
    "closed-forms/tangent-runs-below": lambda g: (tangent_gap(g), 0.0),
    "factorised-divergence/ratio-splits": lambda g: (bits_enumerated(g), bits_split(g)),
    "factorised-divergence/each-term-sees-one-bit": lambda g: (bits_split(g), bits_summed(g)),
    "directions/only-the-mean-is-asked": lambda g: (from_poisson(g, g["λ"]), by_the_mean(g)),
    "directions/splits-at-the-mean": lambda g: (by_the_mean(g), split_at_the_mean(g)),
    "directions/smallest-at-the-mean": lambda g: (
        split_at_the_mean(g),
        from_poisson(g, mean_count(g)),
    ),
    "penalty/completes-a-divergence": lambda g: (objective(g), minus_divergence(g)),
    "penalty/best-is-largest": lambda g: (minus_divergence(g), best_value(g)),
    "penalty/above-one-is-loose": lambda g: (best_value(g), table_evidence(g)),
    "any-family/normal-minus-gap": lambda g: (line_elbo(g), line_minus_gap(g)),
    "any-family/normal-is-below": lambda g: (line_minus_gap(g), line_evidence(g)),
}
