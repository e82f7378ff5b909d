import math

from variants import main, mistake, right


def kl(q, p):
    return sum(b * math.log(b / a) + (1 - b) * math.log((1 - b) / (1 - a)) for b, a in zip(q, p))


@right("log_ratio", "quotient-of-products")
def _(z, q, p):
    def chance(bits):
        return math.prod(b if on else 1 - b for on, b in zip(z, bits))

    return math.log(chance(q) / chance(p))


@right("divergence", "over-all-states")
def _(q, p):
    total = 0
    for n in range(2 ** len(q)):
        z = [n >> i & 1 for i in range(len(q))]
        one, other = (math.prod(b if on else 1 - b for on, b in zip(z, bits)) for bits in (q, p))
        total += one * math.log(one / other)
    return total


@right("divergence", "as-a-bregman-divergence")
def _(q, p):
    total = 0
    for b, a in zip(q, p):
        eta_q, eta_p = math.log(b / (1 - b)), math.log(a / (1 - a))
        total += -math.log(1 - a) + math.log(1 - b) - (eta_p - eta_q) * b
    return total


@mistake("divergence", "averages-over-latents")
def _(q, p):
    return kl(q, p) / len(q)


@mistake("divergence", "forgets-the-bits-that-are-off")
def _(q, p):
    return sum(b * math.log(b / a) for b, a in zip(q, p))


@mistake("log_ratio", "counts-only-what-is-on")
def _(z, q, p):
    return sum(math.log(b / a) for on, b, a in zip(z, q, p) if on)


@mistake("divergence", "swaps-the-bits-and-the-prior")
def _(q, p):
    return kl(p, q)


@mistake("divergence", "adds-the-entropy-twice")
def _(q, p):
    return -sum(b * math.log(a) + (1 - b) * math.log(1 - a) for b, a in zip(q, p))


main()
