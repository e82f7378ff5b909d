import math

from variants import main, mistake, right


def slope_at(z, slope, variance, observed):
    """g(z) = ∂log p(x, z)/∂z."""
    return slope * (observed - slope * z) / variance - z


@right("terms", "term-by-term")
def _(slope, variance, observed, mean, log_sd, noise):
    sd = math.exp(log_sd)
    g = slope_at(mean + sd * noise, slope, variance, observed)
    return [g, g * sd * noise + 1]


@right("terms", "path-and-direct-terms")
def _(slope, variance, observed, mean, log_sd, noise):
    sd = math.exp(log_sd)
    z = mean + sd * noise
    by_z = slope_at(z, slope, variance, observed) + (z - mean) / sd ** 2
    direct = [-(z - mean) / sd ** 2, 1 - ((z - mean) / sd) ** 2]
    return [by_z + direct[0], by_z * sd * noise + direct[1]]


class Dual:
    """A number with its derivatives by m and by s."""

    def __init__(self, value, by=(0.0, 0.0)):
        self.value, self.by = value, by

    def __add__(self, other):
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.value + other.value, tuple(a + b for a, b in zip(self.by, other.by)))

    def __mul__(self, other):
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.value * other.value,
                    tuple(a * other.value + b * self.value for a, b in zip(self.by, other.by)))


@right("terms", "dual-numbers")
def _(slope, variance, observed, mean, log_sd, noise):
    sd = Dual(math.exp(log_sd), (0.0, math.exp(log_sd)))
    z = Dual(mean, (1.0, 0.0)) + sd * noise
    miss = z * -slope + observed
    # log q(m + σ ε) = −ε²/2 − s + constant.
    f = z * z * -0.5 + miss * miss * (-0.5 / variance) + Dual(log_sd, (0.0, 1.0))
    return list(f.by)


@right("average", "mean-of-columns")
def _(estimates):
    return [sum(column) / len(column) for column in zip(*estimates)]


@right("average", "running-mean")
def _(estimates):
    mean = [0.0, 0.0]
    for n, row in enumerate(estimates, 1):
        mean = [m + (v - m) / n for m, v in zip(mean, row)]
    return mean


@mistake("terms", "adds-the-direct-term")
def _(slope, variance, observed, mean, log_sd, noise):
    sd = math.exp(log_sd)
    by_z = slope_at(mean + sd * noise, slope, variance, observed) + noise / sd
    return [by_z + noise / sd, by_z * sd * noise + noise ** 2 - 1]


@mistake("terms", "forgets-the-entropy")
def _(slope, variance, observed, mean, log_sd, noise):
    sd = math.exp(log_sd)
    g = slope_at(mean + sd * noise, slope, variance, observed)
    return [g, g * sd * noise]


@mistake("terms", "likelihood-only")
def _(slope, variance, observed, mean, log_sd, noise):
    sd = math.exp(log_sd)
    g = slope * (observed - slope * (mean + sd * noise)) / variance
    return [g, g * sd * noise + 1]


@mistake("terms", "scales-by-the-variance")
def _(slope, variance, observed, mean, log_sd, noise):
    wide = math.exp(2 * log_sd)
    g = slope_at(mean + wide * noise, slope, variance, observed)
    return [g, g * wide * noise + 1]


@mistake("terms", "by-sigma")
def _(slope, variance, observed, mean, log_sd, noise):
    g = slope_at(mean + math.exp(log_sd) * noise, slope, variance, observed)
    return [g, g * noise + 1]


@mistake("average", "sums-the-draws")
def _(estimates):
    return [sum(column) for column in zip(*estimates)]


@mistake("average", "takes-the-last")
def _(estimates):
    return estimates[-1]


main()
