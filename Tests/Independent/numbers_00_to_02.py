"""Numbers of lessons 00 to 02, each from its formula and the models of its page."""

import itertools
import math

from pages_of_lessons import *

NUMBERS = number = Numbers()


# MARK: 00



def elbo(q, joint):
    return sum(a * (log(p) - log(a)) for a, p in zip(q, joint) if a > 0)


number("00", "two-evidence")(lambda page: log(sum(table(page, "hook"))))
number("00", "evidence")(lambda page: log(sum(table(page, "bound: bound"))))
number("00", "elbo")(lambda page: elbo(page.given("bound: bound", "q(z)"), table(page, "bound: bound")))
number("00", "half-elbo")(lambda page: elbo([0.5, 0, 0.5], table(page, "bound: bound")))


@number("00", "two-printed")
def two_printed(page, sign=1):
    q, prior, likelihood = (page.given("hook", symbol) for symbol in ["q(z)", "p(z)", "p(x|z)"])
    return sum(a * log(b) for a, b in zip(q, likelihood)) + sign * kl(q, prior)


number("00", "two-right")(lambda page: two_printed(page, -1))
number("00", "two-excess")(lambda page: two_printed(page) - log(sum(table(page, "hook"))))


@number("00", "gap")
def gap(page):
    joint = table(page, "bound: bound")
    return kl(page.given("bound: bound", "q(z)"), normalised(joint))


@number("00", "half-visited")
def half_visited(page):
    joint = table(page, "bound: bound")
    return log(joint[0] + joint[2])


def three_forms(page):
    place = "forms: three-forms"
    w = page.given(place, "W")
    states, logs = document(
        page.given(place, "x"), [w[0:2], w[2:4], w[4:6]], page.given(place, "bias"), page.given(place, "p_d"))
    return states, logs, bits(page.given(place, "b_d"), states)


@number("00", "two-draws-gain")
def two_draws_gain(page):
    _, logs, q = three_forms(page)
    ratios = [exp(a - log(b)) for a, b in zip(logs, q)]
    pairs = [(a * b, x, y) for a, x in zip(q, ratios) for b, y in zip(q, ratios)]
    return sum(w * log((x + y) / 2) for w, x, y in pairs) - sum(a * log(x) for a, x in zip(q, ratios))


def count_model(page):
    """y = 3 ~ Poisson(e^(z + c)): log p(y, z) up to constants that are kept."""
    y, c = page.one("family: gaussian-family", "y"), page.one("family: gaussian-family", "c")

    def log_joint(z):
        return -0.5 * z * z - 0.5 * log(2 * math.pi) + y * (z + c) - exp(z + c) - math.lgamma(y + 1)

    evidence = log(integral(lambda z: exp(log_joint(z)), -9, 9))

    def gap(m, v):
        mean = -0.5 * (m * m + v) - 0.5 * log(2 * math.pi) + y * (m + c) - exp(m + c + v / 2)
        return evidence - (mean - math.lgamma(y + 1) + 0.5 * log(2 * math.pi * math.e * v))

    return y, c, gap


@number("00", "best-gap")
def best_gap(page):
    y, c, gap = count_model(page)
    # ∂/∂v = 0 is v = 1/(1 + e^(m + c + v/2)), ∂/∂m = 0 is m = y − e^(m + c + v/2).
    m, v = 0.0, 1.0
    for _ in range(500):
        rate = exp(m + c + v / 2)
        m, v = m + 0.2 * (y - rate - m), 1 / (1 + rate)
    return gap(m, v)


@number("00", "laplace-gap")
def laplace_gap(page):
    y, c, gap = count_model(page)
    mode = root(lambda z: z + exp(z + c) - y, -5, 5)
    return gap(mode, 1 / (1 + exp(mode + c)))


# MARK: 01



def gaussians(page, standard=False, half=0.5, mean_term=0.5):
    """½ log det C_p/det C_q + ½ tr C_p⁻¹C_q + ½ δᵀC_p⁻¹δ − ½ d in the plane."""
    mean_q, (a, b, _, d) = page.given("hook", "μ_q"), page.given("hook", "C_q")
    mean_p, (e, f, _, h) = page.given("hook", "μ_p"), page.given("hook", "C_p")
    if standard:
        mean_p, (e, f, h) = [0, 0], (1, 0, 1)
    dx, dy = (p - q for p, q in zip(mean_p, mean_q))
    det_q, det_p = a * d - b * b, e * h - f * f
    trace = (h * a - 2 * f * b + e * d) / det_p
    square = (h * dx * dx - 2 * f * dx * dy + e * dy * dy) / det_p
    return 0.5 * log(det_p / det_q) + 0.5 * trace + mean_term * square - half * 2


number("01", "lecture-right")(lambda page: gaussians(page))
number("01", "lecture-printed")(lambda page: gaussians(page, mean_term=1))
number("01", "standard-right")(lambda page: gaussians(page, standard=True))
number("01", "standard-printed")(lambda page: gaussians(page, standard=True, mean_term=1))
number("01", "standard-five")(lambda page: gaussians(page, standard=True) + 0.5 * 2 - 0.5 * 5)


def pair(page):
    return page.given("definition: divergence", "q(z)"), page.given("definition: divergence", "p(z)")


number("01", "running")(lambda page: kl(*pair(page)))
number("01", "running-reverse")(lambda page: kl(*reversed(pair(page))))
number("01", "running-second")(lambda page: pair(page)[0][1] * log(pair(page)[0][1] / pair(page)[1][1]))

COUNTS = range(0, 160)


def experts(count):
    return 0.6 * poisson(2, count) + 0.4 * poisson(9, count)


def moment(power):
    return sum(count**power * experts(count) for count in COUNTS)


number("01", "best-rate")(lambda page: moment(1))
number("01", "variance")(lambda page: moment(2) - moment(1) ** 2)
number("01", "poisson-left")(lambda page: kl(list(map(experts, COUNTS)), [poisson(moment(1), y) for y in COUNTS]))


def negative_binomial(count):
    mean, variance = moment(1), moment(2) - moment(1) ** 2
    size, p = mean * mean / (variance - mean), mean / variance
    return exp(
        math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1) + size * log(p) + count * log(1 - p))


@number("01", "two-parameters-left")
def two_parameters_left(page):
    return kl(list(map(experts, COUNTS)), list(map(negative_binomial, COUNTS)))


number("01", "two-parameters-mode")(lambda page: max(COUNTS, key=negative_binomial))


@number("01", "two-parameters-share")
def two_parameters_share(page):
    whole = NUMBERS["01", "poisson-left"](page)
    return 100 * (whole - two_parameters_left(page)) / whole


def weighted(page, q, beta):
    place = "weight: penalty"
    q = q or normalised(table(page, place))
    return sum(a * log(b) for a, b in zip(q, page.given(place, "p(x|z)"))) - beta * kl(q, page.given(place, "p(z)"))


number("01", "evidence")(lambda page: log(sum(table(page, "weight: penalty"))))
number("01", "half-at-the-posterior")(lambda page: weighted(page, None, 0.5))
number("01", "half-at-q")(lambda page: weighted(page, page.given("weight: penalty", "q(z)"), 0.5))


def family(page):
    place = "families-of-q: any-family"
    rows = page.given(place, "q(z|x)")
    return page.given(place, "w(x)"), [rows[0:2], rows[2:4]], page.given(place, "p(z)")


@number("01", "penalty")
def penalty(page):
    weights, rows, prior = family(page)
    return sum(w * kl(row, prior) for w, row in zip(weights, rows))


@number("01", "aggregate")
def aggregate(page):
    weights, rows, prior = family(page)
    return kl([sum(w * row[z] for w, row in zip(weights, rows)) for z in range(2)], prior)


# MARK: 02



def totals(multiples):
    return len({sum(m * on for m, on in zip(multiples, z)) for z in itertools.product([0, 1], repeat=len(multiples))})


def shapes(leaves):
    """Binary trees with so many leaves, counted by where the root splits."""
    count = [0, 1]
    for n in range(2, leaves + 1):
        count.append(sum(count[k] * count[n - k] for k in range(1, n)))
    return count[leaves]


number("02", "mixture-mean")(lambda page: moment(1))
number("02", "mixture-variance")(lambda page: moment(2) - moment(1) ** 2)
number("02", "tagger-terms")(lambda page: 40 + 19 * 40 * 40)
number("02", "scan-rounds")(lambda page: math.ceil(math.log2(20)))
number("02", "shapes-of-four")(lambda page: shapes(4))
number("02", "shapes-of-twelve")(lambda page: shapes(12))
number("02", "equal-causes")(lambda page: totals([1] * 12))
number("02", "doubling-causes")(lambda page: totals([1 << n for n in range(12)]))
number("02", "five-states")(lambda page: 2**5)
number("02", "five-totals")(lambda page: totals(page.given("factors: counting-terms", "m")))
number("02", "doubling-totals")(lambda page: totals([1, 2, 4, 8, 16]))
number("02", "equal-totals")(lambda page: totals([1] * 5))


def paths(page):
    """Every path of the chain of three states, with p(x, z)."""
    place = "chains: forward"
    start, a, b = (page.given(place, symbol) for symbol in ["initial", "a", "b"])
    seen = [int(x) for x in page.given(place, "x")]
    found = {}
    for z in itertools.product(range(3), repeat=len(seen)):
        weight = start[z[0]] * math.prod(a[3 * one + two] for one, two in zip(z, z[1:]))
        found[z] = weight * math.prod(b[2 * state + x] for state, x in zip(z, seen))
    return found, (start, a, b, seen)


number("02", "chain-evidence")(lambda page: log(sum(paths(page)[0].values())))


@number("02", "smoothed")
def smoothed(page):
    found, _ = paths(page)
    return sum(weight for z, weight in found.items() if z[2] == 0) / sum(found.values())


@number("02", "alpha")
def alpha(page):
    _, (start, a, b, seen) = paths(page)
    return log(sum(
        start[i] * b[2 * i + seen[0]] * a[3 * i + j] * b[2 * j + seen[1]] * a[3 * j] * b[seen[2]]
        for i in range(3) for j in range(3)))


@number("02", "beta")
def beta(page):
    _, (_, a, b, seen) = paths(page)
    return sum(a[j] * b[2 * j + seen[3]] for j in range(3))


@number("02", "document-evidence")
def document_evidence(page):
    place = "factors: latent-factor-document"
    w = page.given(place, "W")
    _, logs = document(
        page.given(place, "x"), list(zip(w[0:3], w[3:6])), page.given(place, "bias"), page.given(place, "p"))
    return log(sum(map(exp, logs)))
