"""Numbers of lessons 03 and 04, each from its formula and the models of its page."""

import itertools
import math

from pages_of_lessons import *

NUMBERS = number = Numbers()


# MARK: 03



def lawn(page, reason=0.0):
    """p(C, S, R, W = 1); wet for no reason with a chance, else as printed."""
    cloudy = page.one("wet-grass", "P(C=1)")
    sprinkler, rain = page.given("wet-grass", "P(S=1|C)"), page.given("wet-grass", "P(R=1|C)")
    wet = page.given("wet-grass", "P(W=1|S, R)")
    wet = [reason] + wet[1:]
    return {
        (c, s, r): (cloudy if c else 1 - cloudy) * (sprinkler[c] if s else 1 - sprinkler[c])
        * (rain[c] if r else 1 - rain[c]) * wet[2 * s + r]
        for c in (0, 1) for s in (0, 1) for r in (0, 1)
    }


def chance(joint, event, condition=lambda *z: True):
    return sum(p for z, p in joint.items() if event(*z) and condition(*z)) / sum(
        p for z, p in joint.items() if condition(*z))


number("03", "evidence")(lambda page: log(sum(lawn(page).values())))
# The days of the lesson are wet for no reason once in a hundred times.
number("03", "wet")(lambda page: sum(lawn(page, 0.01).values()))
number("03", "rain")(lambda page: chance(lawn(page), lambda c, s, r: r))
number("03", "sprinkler")(lambda page: chance(lawn(page), lambda c, s, r: s))
number("03", "rain-if-both")(lambda page: chance(lawn(page), lambda c, s, r: r, lambda c, s, r: s))
number("03", "rain-when-wet")(lambda page: rain_by_days(page)[0])
number("03", "rain-when-dry")(lambda page: rain_by_days(page)[1])


def rain_by_days(page):
    place = "days: one-for-all"
    rows = [page.given(place, "p(x_1, z)"), page.given(place, "p(x_2, z)")]
    return [row[1] / sum(row) for row in rows]


@number("03", "rain-for-all")
def rain_for_all(page):
    # One q for all data is the normalised geometric mean of the posteriors.
    weights = page.given("days: one-for-all", "d(x)")
    both = [sum(w * log(p if r else 1 - p) for w, p in zip(weights, rain_by_days(page))) for r in (0, 1)]
    return softmax(both)[1]


@number("03", "lost")
def lost(page):
    q = rain_for_all(page)
    weights = page.given("days: one-for-all", "d(x)")
    return sum(w * kl([1 - q, q], [1 - p, p]) for w, p in zip(weights, rain_by_days(page)))


number("03", "soft-rain")(lambda page: chance(lawn(page, 0.3), lambda c, s, r: r))


@number("03", "rain-before")
def rain_before(page):
    cloudy, rain = page.one("wet-grass", "P(C=1)"), page.given("wet-grass", "P(R=1|C)")
    return cloudy * rain[1] + (1 - cloudy) * rain[0]


@number("03", "rain-if-sprinkler")
def rain_if_sprinkler(page):
    cloudy, rain = page.one("wet-grass", "P(C=1)"), page.given("wet-grass", "P(R=1|C)")
    on = [a * b for a, b in zip([1 - cloudy, cloudy], page.given("wet-grass", "P(S=1|C)"))]
    return sum(a * b for a, b in zip(on, rain)) / sum(on)


def bound(joint, q):
    """E_q[log p(x, z) − log q(z)] of independent bits; −∞ · 0 is 0."""
    total = 0.0
    for z, p in joint.items():
        weight = math.prod(b if on else 1 - b for b, on in zip(q, z))
        if weight > 1e-300:
            total += weight * ((log(p) if p > 0 else -math.inf) - log(weight))
    return total


def update(joint, q, place):
    """q_j ∝ exp E[log p(x, z) | z_j], with log 0 as −∞ where it has any weight."""
    means = [0.0, 0.0]
    for z, p in joint.items():
        weight = math.prod(b if on else 1 - b for k, (b, on) in enumerate(zip(q, z)) if k != place)
        if weight > 0:
            means[z[place]] += weight * (log(p) if p > 0 else -math.inf)
    top = max(means)
    weights = [exp(mean - top) for mean in means]
    return q[:place] + [weights[1] / sum(weights)] + q[place + 1:]


def climb(joint, first, order=(0, 1, 2), q=(0.5, 0.5, 0.5), sweeps=2000):
    q = update(joint, list(q), first)
    for _ in range(sweeps):
        for place in order:
            q = update(joint, q, place)
    return q


number("03", "higher")(lambda page: bound(lawn(page), climb(lawn(page), 2)))
number("03", "lower")(lambda page: bound(lawn(page), climb(lawn(page), 1)))
number("03", "soft-field")(lambda page: climb(lawn(page, 0.3), 2)[2])
number("03", "other-order")(lambda page: climb(lawn(page, 0.01), 1, (1, 2, 0), sweeps=200)[2])
number("03", "library-order")(lambda page: climb(lawn(page, 0.01), 1, (0, 1, 2), sweeps=200)[2])


@number("03", "soft-gap")
def soft_gap(page):
    joint = lawn(page, 0.3)
    return log(sum(joint.values())) - bound(joint, climb(joint, 2))


def by_hand(page):
    place = "update: coordinate-update"
    joint = page.given(place, "p(x, z)")
    (_, c), (_, s) = page.given(place, "q_1"), page.given(place, "q_2")
    q = [(c if i else 1 - c) * (s if j else 1 - s) for i in (0, 1) for j in (0, 1)]
    return [sum(a * log(joint[2 * k + r]) for k, a in enumerate(q)) for r in (0, 1)]


number("03", "hand-dry")(lambda page: by_hand(page)[0])
number("03", "hand-rain")(lambda page: by_hand(page)[1])
number("03", "target-dry")(lambda page: softmax(by_hand(page))[0])
number("03", "target-rain")(lambda page: softmax(by_hand(page))[1])
number("03", "log-normaliser")(lambda page: log(sum(map(exp, by_hand(page)))))
number("03", "narrow")(lambda page: 1 - page.one("width: narrow-marginals", "ρ") ** 2)
number("03", "pair-gap")(lambda page: -0.5 * log(1 - page.one("width: narrow-marginals", "ρ") ** 2))


def covariance(page):
    four = page.given("loss: what-factorising-loses", "p(x, z)")
    p = normalised(four)
    return p[3] - (p[2] + p[3]) * (p[1] + p[3])


number("03", "lawn-covariance")(covariance)


def answer(page, second):
    """E[z₁|x] for z ~ N(0, [[1, a], [a, 1]]) and x_i = z_i + noise of variance one, by Cramer's rule."""
    a, first = page.one("input: whose-input", "a"), page.given("input: whose-input", "x")[0]
    # (Σ + I) y = x, and E[z₁|x] = y₁ + a y₂.
    determinant = 2 * 2 - a * a
    y = [(2 * first - a * second) / determinant, (2 * second - a * first) / determinant]
    return y[0] + a * y[1]


number("03", "answer-low")(lambda page: answer(page, page.given("input: whose-input", "x")[1]))
number("03", "answer-high")(lambda page: answer(page, 2))
number("03", "own-answer")(lambda page: page.given("input: whose-input", "x")[0] / 2)


# MARK: 04



def nvil(page):
    place = "bound: bound-forms"
    w, logits = page.given(place, "W"), page.given(place, "λ")
    states, logs = document(
        page.given(place, "x"), [w[0:2], w[2:4], w[4:6]], page.given(place, "u"), page.given(place, "α"))
    b = [sigmoid(a) for a in logits]
    q = bits(b, states)
    signals = [a - log(c) for a, c in zip(logs, q)]
    return states, logs, q, b, signals


def variance(page, baselines):
    """Of one draw of (f − c_d)(z_d − b_d), all components together."""
    states, _, q, b, f = nvil(page)
    total = 0
    for d, c in enumerate(baselines):
        terms = [(signal - c) * (z[d] - b[d]) for signal, z in zip(f, states)]
        total += mean(q, [t * t for t in terms]) - mean(q, terms) ** 2
    return total


number("04", "evidence")(lambda page: log(sum(map(exp, nvil(page)[1]))))
number("04", "elbo")(lambda page: mean(nvil(page)[2], nvil(page)[4]))
number("04", "gap")(lambda page: kl(nvil(page)[2], normalised(list(map(exp, nvil(page)[1])))))
number("04", "plain-variance")(lambda page: variance(page, [0, 0]))
number("04", "mean-variance")(lambda page: variance(page, [NUMBERS["04", "elbo"](page)] * 2))


@number("04", "best-variance")
def best_variance(page):
    states, _, q, b, f = nvil(page)
    best = []
    for d in range(2):
        squares = [(z[d] - b[d]) ** 2 for z in states]
        best.append(mean(q, [a * s for a, s in zip(f, squares)]) / mean(q, squares))
    return variance(page, best)


@number("04", "signal-times-log-q")
def signal_times_log_q(page):
    states, logs, q, _, _ = nvil(page)
    prior = bits(page.given("bound: bound-forms", "α"), states)
    return mean(q, [(a - log(p)) * log(c) for a, p, c in zip(logs, prior, q)])


number("04", "node-mean")(lambda page: NUMBERS["04", "elbo"](page) + signal_times_log_q(page))


def law(page):
    """q(z) ∝ e^(…) with the score of its first parameter, f, and the constant of the page."""
    q, f = page.given("baselines: control-variates", "q(z)"), page.given("baselines: control-variates", "f(z)")
    return q, f, [1 - q[0], -q[0], -q[0]], page.one("baselines: control-variates", "c")


@number("04", "score-square")
def score_square(page):
    q, _, s, _ = law(page)
    return mean(q, [a * a for a in s])


@number("04", "best-constant")
def best_constant(page):
    q, f, s, _ = law(page)
    return mean(q, [a * b * b for a, b in zip(f, s)]) / score_square(page)


@number("04", "least-variance")
def least_variance(page):
    q, f, s, _ = law(page)
    terms = [(a - best_constant(page)) * b for a, b in zip(f, s)]
    return mean(q, [t * t for t in terms]) - mean(q, terms) ** 2


number("04", "share-of-one")(lambda page: page.one("baselines: running-baseline", "a"))
number("04", "two-draw-share")(lambda page: 1 - (1 - page.one("baselines: running-baseline", "a")) / 2)


@number("04", "input-before")
def input_before(page):
    return mean(page.given("baselines: input-baseline", "w"), page.given("baselines: input-baseline", "ψ(x)"))


@number("04", "input-step")
def input_step(page):
    return page.one("baselines: input-baseline", "η") * sum(a * a for a in page.given("baselines: input-baseline", "ψ(x)"))


@number("04", "input-after")
def input_after(page):
    before = input_before(page)
    return before + input_step(page) * (NUMBERS["04", "elbo"](page) - before)
