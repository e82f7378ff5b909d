import math

from variants import main, mistake, right


def sigmoid(a):
    return 1 / (1 + math.exp(-a)) if a > -700 else 0.0


def networks(units, theta, phi):
    """Top biases, and (weights, biases) of each generative layer from the top, of each recognition layer from x."""

    def layers(numbers, counts):
        found = []
        for above, below in zip(counts, counts[1:]):
            rows = [numbers[i * below:(i + 1) * below] for i in range(above)]
            found.append((rows, numbers[above * below:(above + 1) * below]))
            numbers = numbers[(above + 1) * below:]
        return found

    return theta[:units[0]], layers(theta[units[0]:], units), layers(phi, units[::-1])


def probabilities(layer, states):
    rows, biases = layer
    return [sigmoid(c + sum(z * row[j] for z, row in zip(states, rows))) for j, c in enumerate(biases)]


def climb(choices, pattern, recognition):
    """A recognition of the pattern: all layers, the top first, x last."""
    settings = [pattern]
    for layer in recognition:
        settings.insert(0, [choices.flip(p) for p in probabilities(layer, settings[0])])
    return settings


def dream(choices, top, generative):
    """All layers, the top first, x last."""
    settings = [[choices.flip(sigmoid(b)) for b in top]]
    for layer in generative:
        settings.append([choices.flip(p) for p in probabilities(layer, settings[-1])])
    return settings


def delta(layer, read, told, slope=lambda f: 1):
    errors = [(t - f) * slope(f) for t, f in zip(told, probabilities(layer, read))]
    return [z * e for z in read for e in errors] + errors


def by_theta(settings, top, generative, slope=lambda f: 1):
    step = [z - sigmoid(b) for z, b in zip(settings[0], top)]
    for layer, above, below in zip(generative, settings, settings[1:]):
        step = step + delta(layer, above, below, slope)
    return step


def by_phi(settings, recognition, slope=lambda f: 1):
    upwards, step = settings[::-1], []
    for layer, below, above in zip(recognition, upwards, upwards[1:]):
        step = step + delta(layer, below, above, slope)
    return step


@right("step", "drawn-then-corrected")
def _(choices, units, theta, phi, pattern):
    top, generative, recognition = networks(units, theta, phi)
    return by_theta(climb(choices, pattern, recognition), top, generative)


@right("step", "corrected-while-drawn")
def _(choices, units, theta, phi, pattern):
    # Each layer below is corrected as soon as the one above it is drawn; last bit first.
    top, generative, recognition = networks(units, theta, phi)
    below, parts = pattern, []
    for up, down in zip(recognition, generative[::-1]):
        above = [choices.uniform() < p for p in probabilities(up, below)[::-1]][::-1]
        above = [int(z) for z in above]
        parts.insert(0, delta(down, above, below))
        below = above
    return [z - sigmoid(b) for z, b in zip(below, top)] + [d for part in parts for d in part]


@mistake("step", "puts-means-for-states")
def _(choices, units, theta, phi, pattern):
    top, generative, recognition = networks(units, theta, phi)
    settings = [pattern]
    for layer in recognition:
        settings.insert(0, probabilities(layer, settings[0]))
    return by_theta(settings, top, generative)


@mistake("step", "turns-the-error")
def _(choices, units, theta, phi, pattern):
    top, generative, recognition = networks(units, theta, phi)
    return [-d for d in by_theta(climb(choices, pattern, recognition), top, generative)]


@mistake("step", "trains-on-a-dream")
def _(choices, units, theta, phi, pattern):
    top, generative, _ = networks(units, theta, phi)
    return by_theta(dream(choices, top, generative)[:-1] + [pattern], top, generative)


@mistake("step", "forgets-the-top-biases")
def _(choices, units, theta, phi, pattern):
    top, generative, recognition = networks(units, theta, phi)
    return [0.0] * units[0] + by_theta(climb(choices, pattern, recognition), top, generative)[units[0]:]


@mistake("step", "multiplies-by-the-slope")
def _(choices, units, theta, phi, pattern):
    top, generative, recognition = networks(units, theta, phi)
    return by_theta(climb(choices, pattern, recognition), top, generative, lambda f: f * (1 - f))


@mistake("step", "recognises-another-pattern")
def _(choices, units, theta, phi, pattern):
    top, generative, recognition = networks(units, theta, phi)
    hidden = climb(choices, [1 - x for x in pattern], recognition)[:-1]
    return by_theta(hidden + [pattern], top, generative)


main()
