"""Numbers of lessons 06 to 13, each from its formula and the models of its page."""

import itertools
import math

from pages_of_lessons import *

NUMBERS = number = Numbers()


@number("06", "square")
def square(page):
    return math.erf(2 / sqrt(2)) ** 2


number("06", "most-told")(lambda page: log(3))
number("06", "flat")(lambda page: -0.5 * log(2 * math.pi) - 0.5 * 1.3**2)


@number("06", "crossing")
def crossing(page):
    # z ~ N(0, 1): Var[k cos kz] against Var[z sin kz], both means k e^(−k²/2).
    def excess(k):
        path = integral(lambda z: (k * math.cos(k * z)) ** 2 * exp(-z * z / 2), -12, 12)
        score = integral(lambda z: (z * math.sin(k * z)) ** 2 * exp(-z * z / 2), -12, 12)
        return path - score

    return root(excess, 0.9, 1.4)


@number("06", "softplus")
def softplus(page):
    def term(z):
        return log1p_exp(z) * exp(-0.5 * ((z - 0.3) / 0.7) ** 2) / (0.7 * sqrt(2 * math.pi))

    return integral(term, -9, 9)


def log1p_exp(z):
    return max(z, 0) + math.log1p(exp(-abs(z)))


def leading(count):
    rate = exp(root(lambda z: z + exp(z + 0.2) - count, -9, 9) + 0.2)
    # −(rate/(1 + rate)²)/8 + 5/24 rate²/(1 + rate)³, the first terms of Laplace's expansion, turned round.
    return -(-rate / 8 / (1 + rate) ** 2 + 5 * rate * rate / 24 / (1 + rate) ** 3)


number("09", "a-leading")(lambda page: leading(3))
number("09", "b-leading")(lambda page: leading(0))
number("09", "a-rate")(lambda page: exp(root(lambda z: z + exp(z + 0.2) - 3, -9, 9) + 0.2))
number("10", "three-states")(lambda page: log(sum(table(page, "rising: rising"))))


def rising(page, draws):
    place = "rising: rising"
    q = page.given(place, "q(z)")
    ratios = [a / b for a, b in zip(table(page, place), q)]
    return sum(
        math.prod(q[i] for i in z) * log(sum(ratios[i] for i in z) / draws)
        for z in itertools.product(range(3), repeat=draws))


for place, name in enumerate(["first", "second", "third", "fourth", "fifth"]):
    number("10", name + "-bound")(lambda page, draws=place + 1: rising(page, draws))


def control(page):
    place = "control-variate: control-variate"
    q, f, h = (page.given(place, symbol) for symbol in ["q(z)", "f(z)", "h(z)"])
    return q, f, h


@number("11", "rho-squared")
def rho_squared(page):
    q, f, h = control(page)

    def both(a, b):
        return mean(q, [x * y for x, y in zip(a, b)]) - mean(q, a) * mean(q, b)

    return both(f, h) ** 2 / both(f, f) / both(h, h)


def table_of_bits(page):
    place = "baselines: baselines"
    b = [sigmoid(a) for a in page.given(place, "θ")]
    # At place 2 z₁ + z₂.
    states = [(0, 0), (0, 1), (1, 0), (1, 1)]
    return states, b, bits(b, states), page.given(place, "f(z)")


number("11", "mean-signal")(lambda page: mean(*table_of_bits(page)[2:]))


@number("11", "mode-signal")
def mode_signal(page):
    _, _, q, f = table_of_bits(page)
    return f[q.index(max(q))]


@number("11", "best-constant")
def one_constant(page):
    states, b, q, f = table_of_bits(page)
    squares = [sum((on - p) ** 2 for on, p in zip(z, b)) for z in states]
    return mean(q, [a * s for a, s in zip(f, squares)]) / mean(q, squares)


@number("11", "slope")
def slope(page):
    p = sigmoid(-1)
    return p * (1 - p) * ((1 - 0.45) ** 2 - 0.45**2)


number("12", "mean-two")(lambda page: page.one("buffet: buffet", "α") * (1 + 1 / 2))
number("12", "mean-three")(lambda page: page.one("buffet: buffet", "α") * (1 + 1 / 2 + 1 / 3))


@number("12", "both-ten")
def both_ten(page):
    rate, features = page.one("limit: limit", "α"), page.one("limit: limit", "F")
    # E[π²] of Beta(α/F, 1), for F features.
    a = rate / features
    return features * a * (a + 1) / ((a + 1) * (a + 2))


number("12", "both-limit")(lambda page: page.one("limit: limit", "α") / 2)


def rolled(page, gains, steps, noise):
    """The cost of a run of the point mass with u = −K x, and of pushes σ g at each step."""
    place = "hook"
    (a, b, c, d), (e, f) = page.given(place, "A"), page.given(place, "B")
    r = page.one(place, "R")
    mean_state, spread = page.given(place, "x_0"), [0.0, 0.0, 0.0]
    g = page.given(place, "g")
    total = 0.0
    for k, l in gains:
        u = -(k * mean_state[0] + l * mean_state[1])
        p, s, q = spread
        total += r * (u * u + k * k * p + 2 * k * l * s + l * l * q)
        m = [[a - e * k, b - e * l], [c - f * k, d - f * l]]
        mean_state = [m[0][0] * mean_state[0] + m[0][1] * mean_state[1],
                      m[1][0] * mean_state[0] + m[1][1] * mean_state[1]]
        spread = [
            m[0][0] ** 2 * p + 2 * m[0][0] * m[0][1] * s + m[0][1] ** 2 * q + noise**2 * g[0] ** 2,
            m[0][0] * m[1][0] * p + (m[0][0] * m[1][1] + m[0][1] * m[1][0]) * s + m[0][1] * m[1][1] * q
            + noise**2 * g[0] * g[1],
            m[1][0] ** 2 * p + 2 * m[1][0] * m[1][1] * s + m[1][1] ** 2 * q + noise**2 * g[1] ** 2,
        ]
        total += mean_state[0] ** 2 + spread[0]
    return total


def gains(page, steps):
    """u = −K x for each number of steps that remain, from the end: least r u² + x₁², by completing the square."""
    (a, b, c, d), (e, f) = page.given("hook", "A"), page.given("hook", "B")
    r = page.one("hook", "R")
    p, s, q = 1.0, 0.0, 0.0
    found = []
    for _ in range(steps):
        # The value after the step is p x² + 2 s x v + q v².
        pb = [p * e + s * f, s * e + q * f]
        weight = r + e * pb[0] + f * pb[1]
        row = [pb[0] * a + pb[1] * c, pb[0] * b + pb[1] * d]
        k, l = row[0] / weight, row[1] / weight
        found.append((k, l))
        full = [
            a * a * p + 2 * a * c * s + c * c * q,
            a * b * p + (a * d + b * c) * s + c * d * q,
            b * b * p + 2 * b * d * s + d * d * q,
        ]
        p, s, q = (
            1 + full[0] - row[0] * k, full[1] - row[0] * l, full[2] - row[1] * l)
    return found


@number("13", "greedy")
def greedy(page):
    best = gains(page, 4)
    noise = page.one("hook", "σ")
    return rolled(page, [best[0]] * 4, 4, noise) - rolled(page, best[::-1], 4, noise)


def short_look(page, horizon, steps=12):
    best = gains(page, steps)
    played = [best[min(horizon, steps - t) - 1] for t in range(steps)]
    return rolled(page, played, steps, 0) - rolled(page, best[::-1], steps, 0)


number("13", "three-ahead")(lambda page: short_look(page, 3))
number("13", "four-ahead")(lambda page: short_look(page, 4))
number("13", "search")(lambda page: 3 * 4 * 12)
