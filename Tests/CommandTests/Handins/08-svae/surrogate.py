import math

from variants import main, mistake, right


def digamma(x):
    total = 0.0
    while x < 14:
        total -= 1 / x
        x += 1
    y = 1 / x ** 2
    series = y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y * (1 / 132 - y * 691 / 32760)))))
    return total + math.log(x) - 0.5 / x - series


def log_weights(alpha):
    return [digamma(a) - digamma(sum(alpha)) for a in alpha]


def moments(row):
    """E[μ/σ²], E[μ²/σ²], E[1/σ²], E[log σ²]."""
    l, kappa, nu, scale = row
    precision = nu / scale
    return l * precision, 1 / kappa + l * l * precision, precision, math.log(scale / 2) - digamma(nu / 2)


def divergence(prior_alpha, prior_components, alpha, components):
    """KL(q(θ)‖p(θ)): of the weights, and of each cluster's variance and mean."""
    total = math.lgamma(sum(alpha)) - math.lgamma(sum(prior_alpha))
    for a, b, log_weight in zip(alpha, prior_alpha, log_weights(alpha)):
        total += math.lgamma(b) - math.lgamma(a) + (a - b) * log_weight
    for q, p in zip(components, prior_components):
        precision, log_precision = q[2] / q[3], -moments(q)[3]
        a, b = q[2] / 2, p[2] / 2
        total += a * math.log(q[3] / 2) - math.lgamma(a) - b * math.log(p[3] / 2) + math.lgamma(b)
        total += (a - b) * log_precision - 0.5 * (q[3] - p[3]) * precision
        total += 0.5 * (math.log(q[1] / p[1]) + p[1] / q[1] - 1 + p[1] * (q[0] - p[0]) ** 2 * precision)
    return total


def structure(alpha, components, means, variances, responsibilities):
    """Σ_n H(q(x_n)) + H(q(z_n)) + E_q[log p(z_n, x_n|θ)]."""
    total = 0
    for m, v, row in zip(means, variances, responsibilities):
        total += 0.5 * math.log(2 * math.pi * math.e * v)
        for r, log_weight, component in zip(row, log_weights(alpha), components):
            h, square, j, log_variance = moments(component)
            fit = h * m - 0.5 * (j * (m * m + v) + square + log_variance + math.log(2 * math.pi))
            total += r * (log_weight + fit - math.log(r)) if r else 0
    return total


def surrogate(prior_alpha, prior_components, alpha, components, means, variances, responsibilities, potentials):
    said = sum(h * m - 0.5 * j * (m * m + v) for (h, j), m, v in zip(potentials, means, variances))
    return (structure(alpha, components, means, variances, responsibilities) + said
            - divergence(prior_alpha, prior_components, alpha, components))


def decoded(means, variances, weights, bias, noise, observations):
    return sum(-0.5 * (((y - b - w * m) ** 2 + w * w * v) / c + math.log(2 * math.pi * c))
               for row, m, v in zip(observations, means, variances)
               for y, w, b, c in zip(row, weights, bias, noise))


def elbo(prior_alpha, prior_components, alpha, components, means, variances, responsibilities,
         weights, bias, noise, observations):
    return (structure(alpha, components, means, variances, responsibilities)
            + decoded(means, variances, weights, bias, noise, observations)
            - divergence(prior_alpha, prior_components, alpha, components))


right("surrogate", "sums")(surrogate)
right("elbo", "sums-with-the-decoder")(elbo)


@right("elbo", "from-the-surrogate")
def _(weights, bias, noise, observations, **given):
    # The decoder as a potential, with its constant: ELBO = S at ψ* and what does not contain x.
    j = sum(w * w / c for w, c in zip(weights, noise))
    asked = [[sum(w * (y - b) / c for y, w, b, c in zip(row, weights, bias, noise)), j] for row in observations]
    constants = sum(-0.5 * ((y - b) ** 2 / c + math.log(2 * math.pi * c))
                    for row in observations for y, b, c in zip(row, bias, noise))
    return surrogate(potentials=asked, **given) + constants


@mistake("elbo", "reports-the-surrogate")
def _(weights, bias, noise, observations, **given):
    # What is at hand is not: the potentials are those that put q(x_n) where it is.
    potentials = []
    for m, v, row in zip(given["means"], given["variances"], given["responsibilities"]):
        told = [moments(component) for component in given["components"]]
        j = 1 / v - sum(r * t[2] for r, t in zip(row, told))
        potentials.append([m / v - sum(r * t[0] for r, t in zip(row, told)), j])
    return surrogate(potentials=potentials, **given)


def narrow(**given):
    return surrogate(**given) - sum(math.log(v) for v in given["variances"])


@mistake("elbo", "entropy-of-the-precision", also={"surrogate": narrow})
def _(**given):
    return elbo(**given) - sum(math.log(v) for v in given["variances"])


@mistake("elbo", "adds-the-divergence")
def _(**given):
    laws = ("prior_alpha", "prior_components", "alpha", "components")
    return elbo(**given) + 2 * divergence(*(given[name] for name in laws))


@mistake("surrogate", "no-normalisers")
def _(**given):
    return surrogate(**given) + 0.5 * math.log(2 * math.pi) * len(given["means"])


@mistake("elbo", "point-decoder")
def _(**given):
    points = {name: given[name] for name in ("means", "weights", "bias", "noise", "observations")}
    blurred = decoded(variances=given["variances"], **points)
    return elbo(**given) - blurred + decoded(variances=[0.0] * len(points["means"]), **points)


main()
