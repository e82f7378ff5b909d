import math

from variants import main, mistake, right


def kl(q, p):
    return sum(a * math.log(a / b) for a, b in zip(q, p) if a > 0)


@right("divergence", "cross-entropy-minus-entropy")
def _(q, p):
    seen = [(a, b) for a, b in zip(q, p) if a > 0]
    return math.fsum(a * -math.log(b) for a, b in seen) - math.fsum(a * -math.log(a) for a, _ in seen)


@right("divergence", "by-terms-that-are-positive")
def _(q, p):
    total = math.fsum(a * math.log(a / b) - a + b for a, b in zip(q, p) if a > 0)
    return total + math.fsum(b for a, b in zip(q, p) if a == 0)


@right("terms", "by-the-ratio-of-p-to-q")
def _(q, p):
    return [a * (b / a - 1 - math.log(b / a)) for a, b in zip(q, p)]


@mistake("divergence", "takes-the-arguments-the-other-way")
def _(q, p):
    # A state that q never visits makes this infinite.
    return math.inf if 0 in q else kl(p, q)


@mistake("divergence", "averages-over-states")
def _(q, p):
    return kl(q, p) / len(q)


@mistake("divergence", "makes-it-symmetric")
def _(q, p):
    return math.inf if 0 in q else (kl(q, p) + kl(p, q)) / 2


@mistake("divergence", "clips-each-term")
def _(q, p):
    return sum(max(0, a * math.log(a / b)) for a, b in zip(q, p) if a > 0)


def halfway(q, p):
    return [a * math.log(a / b) - a for a, b in zip(q, p)]


@mistake("divergence", "leaves-half-a-correction", also={"terms": halfway})
def _(q, p):
    return kl(q, p) - sum(q)


@mistake("terms", "corrects-with-the-wrong-sign")
def _(q, p):
    return [a * math.log(a / b) + a - b for a, b in zip(q, p)]


@mistake("divergence", "counts-in-bits")
def _(q, p):
    return sum(a * math.log2(a / b) for a, b in zip(q, p) if a > 0)


main()
