import math

from variants import main, mistake, right


def slope_at(z, slope, variance, observed):
    """g(z) = ∂log p(x, z)/∂z."""
    return slope * (observed - slope * z) / variance - z


def along(by_z, sd, noise):
    return [by_z, by_z * sd * noise]


@right("terms", "slope-and-noise")
def _(slope, variance, observed, mean, log_sd, noise):
    sd = math.exp(log_sd)
    return along(slope_at(mean + sd * noise, slope, variance, observed) + noise / sd, sd, noise)


@right("terms", "two-gaussians")
def _(slope, variance, observed, mean, log_sd, noise):
    # log p(x, z) has the slope (μ − z) Λ by z, log q the slope (m − z)/σ².
    precision = 1 + slope ** 2 / variance
    centre = slope * observed / variance / precision
    z = mean + math.exp(log_sd) * noise
    by_z = precision * (centre - z) - (mean - z) * math.exp(-2 * log_sd)
    return [by_z, by_z * (z - mean)]


@mistake("terms", "stops-nothing")
def _(slope, variance, observed, mean, log_sd, noise):
    sd = math.exp(log_sd)
    g = slope_at(mean + sd * noise, slope, variance, observed)
    return [g, g * sd * noise + 1]


@mistake("terms", "turns-log-q")
def _(slope, variance, observed, mean, log_sd, noise):
    sd = math.exp(log_sd)
    return along(slope_at(mean + sd * noise, slope, variance, observed) - noise / sd, sd, noise)


@mistake("terms", "divides-by-the-variance")
def _(slope, variance, observed, mean, log_sd, noise):
    sd = math.exp(log_sd)
    return along(slope_at(mean + sd * noise, slope, variance, observed) + noise / sd ** 2, sd, noise)


@mistake("terms", "stops-the-draw")
def _(slope, variance, observed, mean, log_sd, noise):
    return [-noise / math.exp(log_sd), 1 - noise ** 2]


@mistake("terms", "analytic-entropy")
def _(slope, variance, observed, mean, log_sd, noise):
    sd = math.exp(log_sd)
    first, second = along(slope_at(mean + sd * noise, slope, variance, observed) + noise / sd, sd, noise)
    return [first, second + 1]


main()
