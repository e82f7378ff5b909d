import math

from variants import main, mistake, right


def log_sum(logs):
    top = max(logs)
    return top + math.log(sum(math.exp(a - top) for a in logs))


def scores(weights, bias, z):
    return [b + sum(on * row[v] for on, row in zip(z, weights)) for v, b in enumerate(bias)]


def word_logs(weights, bias, z):
    all_of_them = scores(weights, bias, z)
    return [s - log_sum(all_of_them) for s in all_of_them]


def states(count):
    return [[n >> d & 1 for d in range(count)] for n in range(2 ** count)]


def log_prior(prior, z):
    return sum(
        (math.log(p if on else 1 - p) if 0 < (p if on else 1 - p) else -math.inf)
        for on, p in zip(z, prior))


def log_likelihood(weights, bias, words, z):
    logs = word_logs(weights, bias, z)
    return sum(logs[x] for x in words)


def log_joints(prior, weights, bias, words, likelihood=log_likelihood):
    return [
        log_prior(prior, z) + likelihood(weights, bias, words, z) for z in states(len(prior))]


def normalised(logs):
    return [math.exp(a - log_sum(logs)) for a in logs]


def mean_gradient(law, prior, weights, bias, words):
    gradient = [0.0] * len(bias)
    for share, z in zip(law, states(len(prior))):
        for v, log_p in enumerate(word_logs(weights, bias, z)):
            gradient[v] += share * (words.count(v) - len(words) * math.exp(log_p))
    return gradient


@right("log_likelihood", "one-normaliser-for-all-words")
def _(weights, bias, words, z):
    on = [d for d, bit in enumerate(z) if bit]
    raw = [bias[v] + math.fsum(weights[d][v] for d in on) for v in range(len(bias))]
    top = max(raw)
    normaliser = math.log(math.fsum(math.exp(s - top) for s in raw))
    return math.fsum(raw[x] - top for x in words) - len(words) * normaliser


@right("log_evidence", "by-the-ratio-to-the-empty-state")
def _(prior, weights, bias, words):
    logs = log_joints(prior, weights, bias, words)
    start = max(logs)
    total = 0.0
    for a in sorted(logs):
        total += math.exp(a - start)
    return start + math.log(total)


@right("posterior", "in-products")
def _(prior, weights, bias, words):
    table = []
    for z in states(len(prior)):
        weight = math.prod(p if on else 1 - p for on, p in zip(z, prior))
        powers = [math.exp(s) for s in scores(weights, bias, z)]
        for x in words:
            weight *= powers[x] / sum(powers)
        table.append(weight)
    return [w / sum(table) for w in table]


@right("bias_gradient", "counts-minus-expected-counts")
def _(prior, weights, bias, words):
    law = normalised(log_joints(prior, weights, bias, words))
    all_states = states(len(prior))
    return [
        words.count(v) - len(words) * math.fsum(
            share * math.exp(word_logs(weights, bias, z)[v]) for share, z in zip(law, all_states))
        for v in range(len(bias))]


def what_follows(likelihood):
    """Evidence, posterior and gradient made of a wrong likelihood."""
    def posterior(**given):
        return normalised(log_joints(**given, likelihood=likelihood))

    return {
        "log_evidence": lambda **given: log_sum(log_joints(**given, likelihood=likelihood)),
        "posterior": posterior,
        "bias_gradient": lambda **given: mean_gradient(posterior(**given), **given),
    }


def with_a_coefficient(weights, bias, words, z):
    orders = math.factorial(len(words))
    for v in set(words):
        orders //= math.factorial(words.count(v))
    return log_likelihood(weights, bias, words, z) + math.log(orders)


# A constant factor of the likelihood cancels in the posterior.
coefficient_counts = {"log_evidence": what_follows(with_a_coefficient)["log_evidence"]}


@mistake("log_likelihood", "adds-a-coefficient", also=coefficient_counts)
def _(**given):
    return with_a_coefficient(**given)


def meaned(weights, bias, words, z):
    return log_likelihood(weights, bias, words, z) / len(words)


@mistake("log_likelihood", "means-over-words", also=what_follows(meaned))
def _(**given):
    return meaned(**given)


def over_states(weights, bias, words, z):
    every = [scores(weights, bias, other) for other in states(len(weights))]
    return sum(
        scores(weights, bias, z)[x] - log_sum([other[x] for other in every]) for x in words)


@mistake("log_likelihood", "softmax-over-factors")
def _(**given):
    return over_states(**given)


@mistake("log_evidence", "forgets-the-prior-of-factors")
def _(prior, weights, bias, words):
    return log_sum([log_likelihood(weights, bias, words, z) for z in states(len(prior))])


@mistake("log_evidence", "words-marginally-independent")
def _(prior, weights, bias, words):
    return sum(log_sum(log_joints(prior, weights, bias, [x])) for x in words)


@mistake("posterior", "highest-bit-first")
def _(prior, weights, bias, words):
    law = normalised(log_joints(prior, weights, bias, words))
    return [
        law[sum(bit << d for d, bit in enumerate(reversed(z)))] for z in states(len(prior))]


@mistake("bias_gradient", "gradient-under-the-prior")
def _(prior, weights, bias, words):
    law = [math.exp(log_prior(prior, z)) for z in states(len(prior))]
    return mean_gradient(law, prior, weights, bias, words)


@mistake("posterior", "posterior-not-normalised")
def _(prior, weights, bias, words):
    return [math.exp(a) for a in log_joints(prior, weights, bias, words)]


main()
