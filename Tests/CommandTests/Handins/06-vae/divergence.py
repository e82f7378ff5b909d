import math

from variants import main, mistake, right


def closed(means, log_sds):
    return sum(0.5 * (m * m + math.exp(2 * s) - 1) - s for m, s in zip(means, log_sds))


@right("divergence", "by-variances")
def _(means, log_sds):
    variances = [math.exp(s) ** 2 for s in log_sds]
    return -0.5 * sum(1 + math.log(v) - m ** 2 - v for m, v in zip(means, variances))


@right("divergence", "three-sums")
def _(means, log_sds):
    return (sum(m * m for m in means) + sum(math.expm1(2 * s) for s in log_sds)) / 2 - sum(log_sds)


@mistake("divergence", "mean-over-latents")
def _(means, log_sds):
    return closed(means, log_sds) / len(means)


@mistake("divergence", "wrong-constant")
def _(means, log_sds):
    return sum(0.5 * (m * m + math.exp(2 * s)) - s for m, s in zip(means, log_sds)) - 0.5


@mistake("divergence", "turned")
def _(means, log_sds):
    return 0.5 * sum(1 + 2 * s - m * m - math.exp(2 * s) for m, s in zip(means, log_sds))


@mistake("divergence", "log-variance")
def _(means, log_sds):
    return 0.5 * sum(m * m + math.exp(s) - 1 - s for m, s in zip(means, log_sds))


@mistake("divergence", "without-one")
def _(means, log_sds):
    return sum(0.5 * (m * m + math.exp(2 * s)) - s for m, s in zip(means, log_sds))


@mistake("divergence", "other-direction")
def _(means, log_sds):
    return sum(0.5 * ((1 + m * m) * math.exp(-2 * s) - 1) + s for m, s in zip(means, log_sds))


main()
