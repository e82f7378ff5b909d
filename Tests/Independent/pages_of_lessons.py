"""The pages of lessons as they were read, and what many of their numbers are computed with."""

import itertools
import math
import pathlib

log, exp, sqrt = math.log, math.exp, math.sqrt
FOLDER = pathlib.Path(__file__).parent / "pages"


class Numbers(dict):
    """What computes the numbers of lessons, by lesson and name."""

    def __call__(self, lesson, name):
        """Registers what computes a number."""

        def register(function):
            self[lesson, name] = function
            return function

        return register


class Page(dict):
    """The lines of a page by name."""

    def __init__(self, lesson):
        (path,) = FOLDER.glob(lesson + "-*.txt")
        for line in path.read_text(encoding="utf-8").splitlines():
            name, values = line.split("\t")
            self.setdefault(name, [float(value) for value in values.split()])

    def given(self, place, symbol):
        return self[f"{place}: given {symbol}"]

    def one(self, place, symbol):
        (value,) = self.given(place, symbol)
        return value


def kl(q, p):
    return sum(a * log(a / b) for a, b in zip(q, p) if a > 0)


def sigmoid(a):
    return 1 / (1 + exp(-a))


def normalised(weights):
    return [weight / sum(weights) for weight in weights]


def softmax(scores):
    return normalised([exp(score) for score in scores])


def poisson(rate, count):
    return exp(count * log(rate) - rate - math.lgamma(count + 1))


def integral(function, low, high, count=4000):
    """Simpson's rule."""
    step = (high - low) / count
    return step / 3 * sum(
        function(low + i * step) * (1 if i in (0, count) else 4 if i % 2 else 2) for i in range(count + 1)
    )


def root(function, low, high):
    """Where a function that rises crosses zero."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (low, middle) if function(middle) > 0 else (middle, high)
    return (low + high) / 2


def table(page, place):
    return [a * b for a, b in zip(page.given(place, "p(z)"), page.given(place, "p(x|z)"))]


def document(words, rows, bias, prior):
    """States of bits with log p(x, z); a row of W for each word."""
    states = list(itertools.product([0, 1], repeat=len(prior)))
    logs = []
    for z in states:
        scores = [b + sum(w * on for w, on in zip(row, z)) for b, row in zip(bias, rows)]
        bits = sum(log(p if on else 1 - p) for p, on in zip(prior, z))
        logs.append(bits + sum(log(softmax(scores)[int(word)]) for word in words))
    return states, logs


def bits(b, states):
    return [math.prod(p if on else 1 - p for p, on in zip(b, z)) for z in states]


def mean(q, values):
    return sum(a * b for a, b in zip(q, values))
