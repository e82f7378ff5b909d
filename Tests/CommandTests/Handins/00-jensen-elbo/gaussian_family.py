import math

from variants import main, mistake, right


def divergence(mean, variance):
    return 0.5 * (mean ** 2 + variance - 1 - math.log(variance))


def of_count(count, shift, mean, variance, rate=None):
    rate = math.exp(mean + shift + variance / 2) if rate is None else rate
    return count * (mean + shift) - rate - math.lgamma(count + 1) - divergence(mean, variance)


def of_line(slope, noise, observed, mean, variance):
    squares = (observed - slope * mean) ** 2 + slope ** 2 * variance
    return -0.5 * (math.log(2 * math.pi * noise) + squares / noise) - divergence(mean, variance)


@right("elbo_of_count", "joint-and-entropy")
def _(count, shift, mean, variance):
    energy = -0.5 * (math.log(2 * math.pi) + mean ** 2 + variance)
    energy += count * (mean + shift) - math.exp(shift) * math.exp(mean) * math.exp(variance / 2)
    energy -= sum(math.log(k) for k in range(2, count + 1))
    return energy + 0.5 * math.log(2 * math.pi * math.e * variance)


@right("elbo_of_line", "evidence-minus-divergence")
def _(slope, noise, observed, mean, variance):
    spread = slope ** 2 + noise
    evidence = -0.5 * (math.log(2 * math.pi * spread) + observed ** 2 / spread)
    centre, width = slope * observed / spread, noise / spread
    ratio = variance / width
    return evidence - 0.5 * (ratio + (mean - centre) ** 2 / width - 1 - math.log(ratio))


@right("best_for_count", "by-bisection")
def _(count, shift):
    # λ = e^(y − λ + c + 1/(2 (1 + λ))): the left side rises and the logarithm of the right one falls.
    low, high = 1e-12, 100.0
    for _ in range(200):
        rate = (low + high) / 2
        if math.log(rate) < count - rate + shift + 0.5 / (1 + rate):
            low = rate
        else:
            high = rate
    return [count - low, 1 / (1 + low)]


@right("best_for_count", "by-newtons-steps")
def _(count, shift):
    mean, variance = math.log(1 + count) - shift, 0.5
    for _ in range(100):
        for _ in range(100):
            rate = math.exp(mean + shift + variance / 2)
            mean += (count - rate - mean) / (1 + rate)
        variance = 1 / (1 + math.exp(mean + shift + variance / 2))
    return [mean, variance]


@mistake("elbo_of_count", "rate-at-the-mean")
def _(count, shift, mean, variance):
    return of_count(count, shift, mean, variance, math.exp(mean + shift))


def line_with_three_halves(slope, noise, observed, mean, variance):
    return of_line(slope, noise, observed, mean, variance) - 0.5 + 1.5


@mistake("elbo_of_count", "constant-of-the-divergence", also={"elbo_of_line": line_with_three_halves})
def _(count, shift, mean, variance):
    return of_count(count, shift, mean, variance) - 0.5 + 1.5


@mistake("elbo_of_count", "deviation-for-variance-in-q")
def _(count, shift, mean, variance):
    return of_count(count, shift, mean, variance ** 2)


@mistake("elbo_of_line", "quadratic-without-half")
def _(slope, noise, observed, mean, variance):
    return of_line(slope, noise, observed, mean, variance) - mean ** 2 / 2


@mistake("best_for_count", "mode-for-best")
def _(count, shift):
    mode = 0.0
    for _ in range(100):
        rate = math.exp(mode + shift)
        mode += (count - rate - mode) / (1 + rate)
    return [mode, 1 / (1 + math.exp(mode + shift))]


main()
