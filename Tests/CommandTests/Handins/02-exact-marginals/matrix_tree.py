import itertools
import math

from variants import main, mistake, right


def log_sum(logs):
    top = max(logs)
    return top + math.log(sum(math.exp(a - top) for a in logs))


def matrix(weight, count, single_root):
    """The Laplacian of weight(head, modifier) over words 1 … count."""
    words = range(1, count + 1)
    heads = words if single_root else range(count + 1)
    rows = [
        [sum(weight(h, j) for h in heads if h != j) if i == j else -weight(i, j) for j in words]
        for i in words]
    if single_root:
        rows[0] = [weight(0, j) for j in words]
    return rows


def trees(scores, single_root):
    """Heads of words 1 … n for every tree that counts."""
    count = len(scores) - 1
    for heads in itertools.product(range(count + 1), repeat=count):
        if single_root and heads.count(0) != 1:
            continue
        for word in range(1, count + 1):
            place = word
            for _ in range(count):
                place = heads[place - 1] if place else 0
            if place:
                break
        else:
            yield heads


def exponentials(scores):
    return lambda head, modifier: math.exp(scores[head][modifier])


@right("laplacian", "from-the-columns")
def _(scores, single_root):
    count = len(scores) - 1
    result = [[0.0] * count for _ in range(count)]
    for j in range(1, count + 1):
        for head in range(count + 1):
            if head == j:
                continue
            weight = math.exp(scores[head][j])
            if head:
                result[head - 1][j - 1] -= weight
                result[j - 1][j - 1] += weight
            elif not single_root:
                result[j - 1][j - 1] += weight
    if single_root:
        result[0] = [math.exp(s) for s in scores[0][1:]]
    return result


@right("log_partition", "tree-by-tree")
def _(scores, single_root):
    return log_sum([
        sum(scores[head][word] for word, head in enumerate(heads, 1))
        for heads in trees(scores, single_root)])


@right("log_partition", "eliminated-after-a-shift")
def _(scores, single_root):
    count = len(scores) - 1
    top = max(scores[h][j] for j in range(1, count + 1) for h in range(count + 1) if h != j)
    rows = matrix(lambda h, j: math.exp(scores[h][j] - top), count, single_root)
    total = count * top
    for k in range(count):
        pivot = max(range(k, count), key=lambda i: abs(rows[i][k]))
        rows[k], rows[pivot] = rows[pivot], rows[k]
        total += math.log(abs(rows[k][k]))
        for i in range(k + 1, count):
            factor = rows[i][k] / rows[k][k]
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k])]
    return total


@mistake("laplacian", "leaves-out-the-root")
def _(scores, single_root):
    def without(head, modifier):
        return math.exp(scores[head][modifier]) if head or single_root else 0.0

    return matrix(without, len(scores) - 1, single_root)


@mistake("laplacian", "sums-over-rows")
def _(scores, single_root):
    words = range(1, len(scores))
    rows = [
        [
            sum(math.exp(scores[i][j]) for j in words if j != i)
            + (0 if single_root else math.exp(scores[0][i]))
            if i == k else -math.exp(scores[i][k]) for k in words]
        for i in words]
    if single_root:
        rows[0] = [math.exp(scores[0][j]) for j in words]
    return rows


@mistake("laplacian", "plus-off-the-diagonal")
def _(scores, single_root):
    rows = matrix(exponentials(scores), len(scores) - 1, single_root)
    return [
        row if single_root and i == 0 else [abs(value) for value in row]
        for i, row in enumerate(rows)]


@mistake("laplacian", "scores-for-weights")
def _(scores, single_root):
    return matrix(lambda head, modifier: scores[head][modifier], len(scores) - 1, single_root)


@mistake("laplacian", "any-number-of-roots")
def _(scores, single_root):
    return matrix(exponentials(scores), len(scores) - 1, False)


@mistake("log_partition", "every-choice-of-heads")
def _(scores, single_root):
    return sum(
        log_sum([scores[head][j] for head in range(len(scores)) if head != j])
        for j in range(1, len(scores)))


main()
