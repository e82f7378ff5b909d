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


@right("step", "dreamt-then-corrected")
def _(choices, units, theta, phi):
    top, generative, recognition = networks(units, theta, phi)
    return by_phi(dream(choices, top, generative), recognition)


@right("step", "one-uniform-a-unit")
def _(choices, units, theta, phi):
    top, generative, recognition = networks(units, theta, phi)
    settings = [[int(choices.uniform() > 1 - sigmoid(b)) for b in top]]
    for layer in generative:
        settings = settings + [[int(choices.uniform() < p) for p in probabilities(layer, settings[-1])]]
    return by_phi(settings, recognition)


@right("printed", "with-the-slope")
def _(choices, units, theta, phi):
    top, generative, recognition = networks(units, theta, phi)
    return by_phi(dream(choices, top, generative), recognition, lambda f: f - f * f)


@mistake("step", "descends-a-squared-error")
def _(choices, units, theta, phi):
    top, generative, recognition = networks(units, theta, phi)
    return by_phi(dream(choices, top, generative), recognition, lambda f: f * (1 - f))


@mistake("step", "predicts-its-own-draw")
def _(choices, units, theta, phi):
    top, generative, recognition = networks(units, theta, phi)
    return by_phi(climb(choices, dream(choices, top, generative)[-1], recognition), recognition)


@mistake("step", "trains-on-recognised-states")
def _(choices, units, theta, phi):
    _, _, recognition = networks(units, theta, phi)
    return by_phi(climb(choices, [1] * units[-1], recognition), recognition)


@mistake("step", "runs-away")
def _(choices, units, theta, phi):
    top, generative, recognition = networks(units, theta, phi)
    return [-d for d in by_phi(dream(choices, top, generative), recognition)]


@mistake("step", "dreams-of-fair-coins")
def _(choices, units, theta, phi):
    top, generative, recognition = networks(units, theta, phi)
    return by_phi(dream(choices, [0.0] * len(top), generative), recognition)


@mistake("step", "dreams-in-probabilities")
def _(choices, units, theta, phi):
    top, generative, recognition = networks(units, theta, phi)
    settings = dream(choices, top, generative)
    return by_phi(settings[:-1] + [probabilities(generative[-1], settings[-2])], recognition)


@mistake("printed", "prints-the-right-rule")
def _(choices, units, theta, phi):
    top, generative, recognition = networks(units, theta, phi)
    return by_phi(dream(choices, top, generative), recognition)


@mistake("printed", "halves-the-printed-rule")
def _(choices, units, theta, phi):
    top, generative, recognition = networks(units, theta, phi)
    return [d / 2 for d in by_phi(dream(choices, top, generative), recognition, lambda f: f * (1 - f))]


main()
