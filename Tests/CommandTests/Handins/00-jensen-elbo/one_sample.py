import math

from variants import main, mistake, right


def log_bits(z, bits):
    return sum(math.log(p if on else 1 - p) for on, p in zip(z, bits))


def log_joint(z, prior, log_likelihood):
    return log_bits(z, prior) + log_likelihood[sum(on << d for d, on in enumerate(z))]


def log_weight(z, q, prior, log_likelihood):
    return log_joint(z, prior, log_likelihood) - log_bits(z, q)


def draw(choices, bits):
    return [choices.flip(p) for p in bits]


def log_mean_exp(logs):
    return math.log(sum(map(math.exp, logs)) / len(logs))


@right("estimate", "bits-as-they-are-drawn")
def _(choices, q, prior, log_likelihood):
    total, place = 0, 0
    for d, (b, p) in enumerate(zip(q, prior)):
        on = choices.flip(b)
        place |= on << d
        total += math.log(p / b) if on else math.log((1 - p) / (1 - b))
    return total + log_likelihood[place]


@right("estimate", "one-choice-among-all-states")
def _(choices, q, prior, log_likelihood):
    states = [[n >> d & 1 for d in range(len(q))] for n in range(2 ** len(q))]
    law = [math.prod(b if on else 1 - b for on, b in zip(z, q)) for z in states]
    z = states[choices.choose(law)]
    return log_weight(z, q, prior, log_likelihood)


@right("weighted", "shifted-by-the-largest")
def _(choices, samples, q, prior, log_likelihood):
    logs = [log_weight(draw(choices, q), q, prior, log_likelihood) for _ in range(samples)]
    top = max(logs)
    return top + log_mean_exp([a - top for a in logs])


@mistake("estimate", "draws-from-the-prior")
def _(choices, q, prior, log_likelihood):
    z = draw(choices, prior)
    total = log_joint(z, prior, log_likelihood)
    for on, b in zip(z, q):
        chance = b if on else 1 - b
        total -= math.log(chance) if chance > 0 else -math.inf
    return total


@mistake("estimate", "drops-log-q")
def _(choices, q, prior, log_likelihood):
    return log_joint(draw(choices, q), prior, log_likelihood)


@mistake("estimate", "fresh-draw-for-each-term")
def _(choices, q, prior, log_likelihood):
    energy = log_joint(draw(choices, q), prior, log_likelihood)
    return energy - log_bits(draw(choices, q), q)


@mistake("weighted", "weights-upside-down")
def _(choices, samples, q, prior, log_likelihood):
    return log_mean_exp(
        [-log_weight(draw(choices, q), q, prior, log_likelihood) for _ in range(samples)])


@mistake("weighted", "mean-of-the-logs")
def _(choices, samples, q, prior, log_likelihood):
    return sum(log_weight(draw(choices, q), q, prior, log_likelihood) for _ in range(samples)) / samples


@mistake("weighted", "sum-of-the-weights")
def _(choices, samples, q, prior, log_likelihood):
    logs = [log_weight(draw(choices, q), q, prior, log_likelihood) for _ in range(samples)]
    return math.log(sum(map(math.exp, logs)))


main()
