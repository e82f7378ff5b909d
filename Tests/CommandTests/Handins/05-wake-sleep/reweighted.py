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


def log_bernoulli(bits, chances):
    return sum(math.log(p if bit else 1 - p) for bit, p in zip(bits, chances))


def log_p(settings, top, generative):
    total = log_bernoulli(settings[0], map(sigmoid, top))
    return total + sum(log_bernoulli(below, probabilities(layer, above))
                       for layer, above, below in zip(generative, settings, settings[1:]))


def log_q(settings, recognition):
    upwards = settings[::-1]
    return sum(log_bernoulli(above, probabilities(layer, below))
               for layer, below, above in zip(recognition, upwards, upwards[1:]))


def log_mean(logs):
    best = max(logs)
    return best + math.log(sum(math.exp(v - best) for v in logs) / len(logs))


class Draws:
    """K recognitions with what each of them says."""

    def __init__(self, choices, units, theta, phi, pattern, samples):
        top, generative, recognition = networks(units, theta, phi)
        settings = [climb(choices, pattern, recognition) for _ in range(samples)]
        self.samples = samples
        self.joints = [log_p(z, top, generative) for z in settings]
        self.laws = [log_q(z, recognition) for z in settings]
        self.logs = [p - q for p, q in zip(self.joints, self.laws)]
        self.thetas = [by_theta(z, top, generative) for z in settings]
        self.phis = [by_phi(z, recognition) for z in settings]
        self.bound = log_mean(self.logs)

    def weights(self, logs=None):
        logs = logs or self.logs
        total = sum(math.exp(v - max(logs)) for v in logs)
        return [math.exp(v - max(logs)) / total for v in logs]

    def step(self, weights, bound=None):
        def mean(rows):
            return [sum(w * v for w, v in zip(weights, column)) for column in zip(*rows)]

        return mean(self.thetas) + mean(self.phis) + [self.bound if bound is None else bound]


@right("step", "weighed")
def _(choices, units, theta, phi, pattern, samples):
    draws = Draws(choices, units, theta, phi, pattern, samples)
    return draws.step(draws.weights())


@right("step", "weights-as-they-are-then-divided")
def _(choices, units, theta, phi, pattern, samples):
    draws = Draws(choices, units, theta, phi, pattern, samples)
    weights = [math.exp(p) / math.exp(q) for p, q in zip(draws.joints, draws.laws)]
    total = sum(weights)
    return draws.step([w / total for w in weights], math.log(total / samples))


@mistake("step", "weighs-all-alike")
def _(choices, units, theta, phi, pattern, samples):
    return Draws(choices, units, theta, phi, pattern, samples).step([1 / samples] * samples)


@mistake("step", "leaves-the-weights-unnormalised")
def _(choices, units, theta, phi, pattern, samples):
    draws = Draws(choices, units, theta, phi, pattern, samples)
    return draws.step([math.exp(v) / samples for v in draws.logs])


@mistake("step", "weighs-by-the-joint")
def _(choices, units, theta, phi, pattern, samples):
    draws = Draws(choices, units, theta, phi, pattern, samples)
    return draws.step(draws.weights(draws.joints), log_mean(draws.joints))


@mistake("step", "weighs-upside-down")
def _(choices, units, theta, phi, pattern, samples):
    draws = Draws(choices, units, theta, phi, pattern, samples)
    return draws.step(draws.weights([-v for v in draws.logs]))


@mistake("step", "keeps-the-heaviest")
def _(choices, units, theta, phi, pattern, samples):
    draws = Draws(choices, units, theta, phi, pattern, samples)
    weights = draws.weights()
    best = next(k for k, w in enumerate(weights) if w > max(weights) - 1e-9)
    return draws.step([float(k == best) for k in range(samples)])


@mistake("step", "forgets-log-k")
def _(choices, units, theta, phi, pattern, samples):
    draws = Draws(choices, units, theta, phi, pattern, samples)
    return draws.step(draws.weights(), draws.bound + math.log(samples))


@mistake("step", "averages-the-logarithms")
def _(choices, units, theta, phi, pattern, samples):
    draws = Draws(choices, units, theta, phi, pattern, samples)
    return draws.step(draws.weights(), sum(draws.logs) / samples)


@mistake("step", "differentiates-the-weights")
def _(choices, units, theta, phi, pattern, samples):
    draws = Draws(choices, units, theta, phi, pattern, samples)
    weights = draws.weights()
    mean = [sum(w * v for w, v in zip(weights, column)) for column in zip(*draws.phis)]
    found = draws.step(weights)
    for k, (w, log) in enumerate(zip(weights, draws.laws)):
        for i, m in enumerate(mean):
            found[len(theta) + i] += log * w * (m - draws.phis[k][i])
    return found


main()
