import math

from variants import main, mistake, right


def log_sum(logs):
    top = max(logs)
    return top if top == -math.inf else top + math.log(sum(math.exp(a - top) for a in logs))


def log_evidence(log_weights, log_likelihoods):
    return log_sum([w + a for w, a in zip(log_weights, log_likelihoods)])


@right("log_evidence", "one-term-after-the-other")
def _(log_weights, log_likelihoods):
    total = -math.inf
    for w, a in zip(log_weights, log_likelihoods):
        small, large = sorted((total, w + a))
        if large > -math.inf:
            total = large + math.log1p(math.exp(small - large))
    return total


@right("log_likelihood", "factors-taken-out-of-all-data")
def _(log_weights, rows):
    tops = [max(w + a for w, a in zip(log_weights, row)) for row in rows]
    rest = [
        sum(math.exp(w + a - top) for w, a in zip(log_weights, row)) for row, top in zip(rows, tops)]
    return math.fsum(tops) + math.log(math.prod(rest))


@mistake("log_evidence", "averages-the-logs")
def _(log_weights, log_likelihoods):
    return sum(math.exp(w) * a for w, a in zip(log_weights, log_likelihoods))


@mistake("log_evidence", "forgets-the-shift")
def _(log_weights, log_likelihoods):
    total = sum(math.exp(w + a) for w, a in zip(log_weights, log_likelihoods))
    return math.log(total) if total > 0 else -math.inf


@mistake("log_evidence", "forgets-the-weights")
def _(log_weights, log_likelihoods):
    return log_sum(log_likelihoods)


@mistake("log_evidence", "weighs-all-alike")
def _(log_weights, log_likelihoods):
    return log_sum(log_likelihoods) - math.log(len(log_likelihoods))


@mistake("log_evidence", "keeps-the-largest")
def _(log_weights, log_likelihoods):
    return max(w + a for w, a in zip(log_weights, log_likelihoods))


@mistake("log_likelihood", "means-over-data")
def _(log_weights, rows):
    return sum(log_evidence(log_weights, row) for row in rows) / len(rows)


@mistake("log_likelihood", "one-component-for-all")
def _(log_weights, rows):
    return log_evidence(log_weights, [sum(column) for column in zip(*rows)])


main()
