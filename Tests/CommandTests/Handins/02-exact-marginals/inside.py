import functools
import math

from variants import main, mistake, right


def log_sum(logs):
    top = max(logs, default=-math.inf)
    return top if top == -math.inf else top + math.log(sum(math.exp(a - top) for a in logs))


def table(
    symbols, binary_rules, lexical_rules, words, splits=range, gather=log_sum, exchanged=False,
    unknown=-math.inf
):
    """inside[A, i, j], from short spans to long ones."""
    inside = {}
    for i, word in enumerate(words):
        for a in range(symbols):
            ways = [math.log(p) for left, w, p in lexical_rules if (left, w) == (a, word) and p > 0]
            inside[a, i, i + 1] = gather(ways) if ways else unknown if word < 0 else -math.inf
    for length in range(2, len(words) + 1):
        for i in range(len(words) - length + 1):
            j = i + length
            for a in range(symbols):
                ways = [-math.inf]
                for left, b, c, p in binary_rules:
                    if left != a or p == 0:
                        continue
                    if exchanged:
                        b, c = c, b
                    ways += [
                        math.log(p) + inside[b, i, k] + inside[c, k, j] for k in splits(i + 1, j)]
                inside[a, i, j] = gather(ways)
    return inside


@right("log_evidence", "from-the-top-with-a-memory")
def _(symbols, start, binary_rules, lexical_rules, words):
    @functools.cache
    def inside(a, i, j):
        if j == i + 1:
            return sum(p for left, w, p in lexical_rules if left == a and w == words[i])
        return sum(
            p * inside(b, i, k) * inside(c, k, j)
            for left, b, c, p in binary_rules if left == a for k in range(i + 1, j))

    total = inside(start, 0, len(words))
    return math.log(total) if total > 0 else -math.inf


@right("log_evidence", "from-the-last-word")
def _(symbols, start, binary_rules, lexical_rules, words):
    n = len(words)
    chart = {}
    for i in reversed(range(n)):
        for left, word, p in lexical_rules:
            if word == words[i]:
                chart[left, i, i + 1] = chart.get((left, i, i + 1), 0) + p
        for j in range(i + 2, n + 1):
            for k in range(i + 1, j):
                for left, b, c, p in binary_rules:
                    share = p * chart.get((b, i, k), 0) * chart.get((c, k, j), 0)
                    chart[left, i, j] = chart.get((left, i, j), 0) + share
    total = chart.get((start, 0, n), 0)
    return math.log(total) if total > 0 else -math.inf


@mistake("log_evidence", "drops-the-last-split")
def _(symbols, start, binary_rules, lexical_rules, words):
    chart = table(
        symbols, binary_rules, lexical_rules, words, splits=lambda first, end: range(first, end - 1))
    return chart[start, 0, len(words)]


@mistake("log_evidence", "keeps-only-the-last-split")
def _(symbols, start, binary_rules, lexical_rules, words):
    chart = table(
        symbols, binary_rules, lexical_rules, words, splits=lambda first, end: range(end - 1, end))
    return chart[start, 0, len(words)]


@mistake("log_evidence", "exchanges-the-children")
def _(symbols, start, binary_rules, lexical_rules, words):
    return table(symbols, binary_rules, lexical_rules, words, exchanged=True)[start, 0, len(words)]


@mistake("log_evidence", "best-derivation")
def _(symbols, start, binary_rules, lexical_rules, words):
    return table(symbols, binary_rules, lexical_rules, words, gather=max)[start, 0, len(words)]


@mistake("log_evidence", "any-symbol-at-the-top")
def _(symbols, start, binary_rules, lexical_rules, words):
    chart = table(symbols, binary_rules, lexical_rules, words)
    return log_sum([chart[a, 0, len(words)] for a in range(symbols)])


@mistake("log_evidence", "unknown-words-for-free")
def _(symbols, start, binary_rules, lexical_rules, words):
    return table(symbols, binary_rules, lexical_rules, words, unknown=0.0)[start, 0, len(words)]


main()
