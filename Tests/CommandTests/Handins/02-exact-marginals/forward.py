import itertools
import math

from variants import main, mistake, right


def log(value):
    return math.log(value) if value > 0 else -math.inf


def log_sum(logs):
    top = max(logs)
    return top if top == -math.inf else top + math.log(sum(math.exp(a - top) for a in logs))


def recursion(first, step, symbol, length, gather=log_sum):
    """α_t(k) from log weights: first(k), step(j, k), symbol(k, t)."""
    states = range(first[1])
    rows = [[first[0](k) + symbol(k, 0) for k in states]]
    for t in range(1, length):
        rows.append([
            gather([rows[-1][j] + step(j, k) for j in states]) + symbol(k, t) for k in states])
    return rows


def usual(initial, transition, emission, observations, **other):
    weights = {
        "first": (lambda k: log(initial[k]), len(initial)),
        "step": lambda j, k: log(transition[j][k]),
        "symbol": lambda k, t: log(emission[k][observations[t]]),
        "length": len(observations), **other,
    }
    return recursion(**weights)


def evidence_of(messages):
    return lambda **given: log_sum(messages(**given)[-1])


@right("messages", "scaled-probabilities")
def _(initial, transition, emission, observations):
    rows, scale, now = [], 0.0, None
    for x in observations:
        ahead = initial if now is None else [
            sum(a * row[k] for a, row in zip(now, transition)) for k in range(len(initial))]
        now = [a * row[x] for a, row in zip(ahead, emission)]
        scale += math.log(sum(now))
        now = [a / sum(now) for a in now]
        rows.append([math.log(a) + scale for a in now])
    return rows


@right("log_evidence", "scaled-backwards")
def _(initial, transition, emission, observations):
    later, scale = [1.0] * len(initial), 0.0
    for place, x in reversed(list(enumerate(observations))):
        here = [row[x] * b for row, b in zip(emission, later)]
        rows = transition if place else [initial]
        later = [sum(a * b for a, b in zip(row, here)) for row in rows]
        scale += math.log(max(later))
        later = [b / max(later) for b in later]
    return scale + math.log(later[0])


@right("log_evidence", "path-by-path")
def _(initial, transition, emission, observations):
    logs = []
    for path in itertools.product(range(len(initial)), repeat=len(observations)):
        total = math.log(initial[path[0]])
        total += sum(math.log(transition[i][j]) for i, j in zip(path, path[1:]))
        logs.append(total + sum(math.log(emission[k][x]) for k, x in zip(path, observations)))
    return log_sum(logs)


def transposed(initial, transition, emission, observations):
    return usual(
        initial, transition, emission, observations, step=lambda j, k: log(transition[k][j]))


@mistake("messages", "transposed-transition", also={"log_evidence": evidence_of(transposed)})
def _(**given):
    return transposed(**given)


def late(initial, transition, emission, observations):
    return usual(
        initial, transition, emission, observations,
        symbol=lambda k, t: log(emission[k][observations[max(0, t - 1)]]))


@mistake("messages", "emission-one-step-late", also={"log_evidence": evidence_of(late)})
def _(**given):
    return late(**given)


def uniform(initial, **others):
    return usual([1 / len(initial)] * len(initial), **others)


@mistake("messages", "forgets-the-initial-law", also={"log_evidence": evidence_of(uniform)})
def _(**given):
    return uniform(**given)


def best(**given):
    return usual(**given, gather=max)


@mistake("messages", "best-predecessor", also={"log_evidence": evidence_of(best)})
def _(**given):
    return best(**given)


@mistake("log_evidence", "stops-one-step-early")
def _(**given):
    return log_sum(usual(**given)[max(0, len(given["observations"]) - 2)])


@mistake("messages", "returns-the-filter")
def _(**given):
    return [[a - log_sum(row) for a in row] for row in usual(**given)]


def plain(initial, transition, emission, observations):
    now = [p * row[observations[0]] for p, row in zip(initial, emission)]
    rows = [now]
    for x in observations[1:]:
        now = [
            sum(a * row[k] for a, row in zip(now, transition)) * emission[k][x]
            for k in range(len(initial))]
        rows.append(now)
    return [[log(a) for a in row] for row in rows]


@mistake("log_evidence", "plain-probabilities")
def _(**given):
    return evidence_of(plain)(**given)


main()
