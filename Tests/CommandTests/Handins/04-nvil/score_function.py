import math

from variants import main, mistake, right


def place(z):
    return sum(bit << d for d, bit in enumerate(z))


def log_q(z, q):
    return sum(math.log(b if bit else 1 - b) for bit, b in zip(z, q))


def averaged(choices, samples, q, term):
    """(1/S) Σ_s of a term, a number a component, of each draw."""
    terms = [term([choices.flip(b) for b in q]) for _ in range(samples)]
    return [sum(column) / samples for column in zip(*terms)]


@right("estimate", "as-the-formula")
def _(choices, samples, q, baselines, log_joint):
    def term(z):
        f = log_joint[place(z)] - log_q(z, q)
        return [(f - c) * (bit - b) for c, bit, b in zip(baselines, z, q)]

    return averaged(choices, samples, q, term)


@right("estimate", "one-choice-among-all-states")
def _(choices, samples, q, baselines, log_joint):
    states = [[n >> d & 1 for d in range(len(q))] for n in range(2 ** len(q))]
    total = [0] * len(q)
    for _ in range(samples):
        z = states[choices.choose([math.exp(log_q(z, q)) for z in states])]
        f = log_joint[place(z)] - log_q(z, q)
        for d in range(len(q)):
            total[d] += (f - baselines[d]) * (z[d] - q[d]) / samples
    return total


@right("estimate", "uniforms-and-last-bit-first")
def _(choices, samples, q, baselines, log_joint):
    def term():
        z = [0] * len(q)
        for d in reversed(range(len(q))):
            z[d] = int(choices.uniform() < q[d])
        f = log_joint[place(z)] - log_q(z, q)
        return [(f - c) * (bit - b) for c, bit, b in zip(baselines, z, q)]

    return [sum(column) / samples for column in zip(*(term() for _ in range(samples)))]


@right("estimate", "flips-turned-round")
def _(choices, samples, q, baselines, log_joint):
    def term():
        z = [1 - choices.flip(1 - b) for b in q]
        choices.flip(0.5)
        f = log_joint[place(z)] - log_q(z, q)
        return [(f - c) * (bit - b) for c, bit, b in zip(baselines, z, q)]

    return [sum(column) / samples for column in zip(*(term() for _ in range(samples)))]


def weighing(name):
    """A mistake in the weight of the score; the weight is what is decorated."""

    def note(weight):
        @mistake("estimate", name)
        def _(choices, samples, q, baselines, log_joint):
            def term(z):
                f = log_joint[place(z)] - log_q(z, q)
                return [weight(f, c, b, z, q, samples) * (bit - b) for c, bit, b in zip(baselines, z, q)]

            return averaged(choices, samples, q, term)

    return note


@weighing("wrong-sign")
def _(f, c, b, z, q, samples):
    return -(f - c)


@weighing("sum-in-place-of-mean")
def _(f, c, b, z, q, samples):
    return (f - c) * samples


@weighing("without-the-entropy")
def _(f, c, b, z, q, samples):
    return f + log_q(z, q) - c


@weighing("gradient-of-q")
def _(f, c, b, z, q, samples):
    return (f - c) * math.exp(log_q(z, q))


@weighing("score-of-probabilities")
def _(f, c, b, z, q, samples):
    return (f - c) / (b * (1 - b))


@weighing("adds-the-baseline")
def _(f, c, b, z, q, samples):
    return f + c


@weighing("no-baseline")
def _(f, c, b, z, q, samples):
    return f


@mistake("estimate", "baseline-after-the-score")
def _(choices, samples, q, baselines, log_joint):
    def term(z):
        f = log_joint[place(z)] - log_q(z, q)
        return [f * (bit - b) - c for c, bit, b in zip(baselines, z, q)]

    return averaged(choices, samples, q, term)


@mistake("estimate", "score-of-ones-only")
def _(choices, samples, q, baselines, log_joint):
    def term(z):
        f = log_joint[place(z)] - log_q(z, q)
        return [(f - c) * bit for c, bit in zip(baselines, z)]

    return averaged(choices, samples, q, term)


@mistake("estimate", "two-sets-of-samples")
def _(choices, samples, q, baselines, log_joint):
    def term(z):
        f = log_joint[place(z)] - log_q(z, q)
        other = [choices.flip(b) for b in q]
        return [(f - c) * (bit - b) for c, bit, b in zip(baselines, other, q)]

    return averaged(choices, samples, q, term)


@mistake("estimate", "multi-sample-signal")
def _(choices, samples, q, baselines, log_joint):
    draws = [[choices.flip(b) for b in q] for _ in range(samples)]
    logs = [log_joint[place(z)] - log_q(z, q) for z in draws]
    bound = max(logs) + math.log(sum(math.exp(v - max(logs)) for v in logs) / samples)
    return [sum((bound - c) * (z[d] - b) for z in draws) / samples for d, (c, b) in enumerate(zip(baselines, q))]


@mistake("estimate", "same-sample-again")
def _(choices, samples, q, baselines, log_joint):
    z = [choices.flip(b) for b in q]
    f = log_joint[place(z)] - log_q(z, q)
    return [(f - c) * (bit - b) for c, bit, b in zip(baselines, z, q)]


@mistake("estimate", "returns-the-oracle")
def _(choices, samples, q, baselines, log_joint):
    gradient = [0] * len(q)
    for n in range(2 ** len(q)):
        z = [n >> d & 1 for d in range(len(q))]
        weight = math.exp(log_q(z, q)) * (log_joint[n] - log_q(z, q))
        gradient = [g + weight * (bit - b) for g, bit, b in zip(gradient, z, q)]
    return gradient


main()
