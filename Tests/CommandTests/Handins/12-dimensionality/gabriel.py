import math

from variants import main, mistake, right


def times(a, b):
    return [[sum(x * b[l][j] for l, x in enumerate(row)) for j in range(len(b[0]))] for row in a]


def turned(a):
    return [list(column) for column in zip(*a)]


def parts(d):
    """(s, u, v) of each part of a matrix with one or two columns, the largest first."""
    if len(d) == 1:
        s = abs(d[0][0])
        return [(s, [1 if d[0][0] > 0 else -1], [1.0])] if s > 0 else []
    a = sum(row[0] ** 2 for row in d)
    b = sum(row[0] * row[1] for row in d)
    c = sum(row[1] ** 2 for row in d)
    angle = 0.5 * math.atan2(2 * b, a - c)
    found = []
    for v in ([math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]):
        image = [row[0] * v[0] + row[1] * v[1] for row in d]
        s = math.hypot(*image)
        found.append((s, [x / s if s > 0 else 0 for x in image], v))
    largest = found[0][0]
    return [part for part in found if part[0] > 1e-14 * largest]


def inverse(d, rank, power=-1, keep=None):
    kept = parts(d)
    kept = keep(kept) if keep else kept[:rank]
    return [
        [sum(s**power * v[i] * u[j] for s, u, v in kept) for j in range(len(d))]
        for i in range(len(d[0]))
    ]


def predicted(b, c, d, rank):
    return times(times(b, inverse(d, rank)), c)


def held_out(x, rank):
    total = 0
    for i in range(3):
        for j in range(3):
            rows, columns = [r for r in range(3) if r != i], [k for k in range(3) if k != j]
            d = [[x[r][k] for k in columns] for r in rows]
            guess = predicted([[x[i][k] for k in columns]], [[x[r][j]] for r in rows], d, rank)
            total += (x[i][j] - guess[0][0]) ** 2
    return total


@right("predict", "parts-one-by-one")
def _(b, c, d, rank):
    total = [[0.0] * len(c[0]) for _ in b]
    for s, u, v in parts(d)[: int(rank)]:
        for i, row in enumerate(b):
            for j in range(len(c[0])):
                left = sum(x * y for x, y in zip(row, v))
                total[i][j] += left * sum(c[r][j] * u[r] for r in range(len(c))) / s
    return total


@right("predict", "by-the-inverse")
def _(b, c, d, rank):
    return times(b, times(inverse(d, int(rank)), c))


@mistake("predict", "inverts-all")
def _(b, c, d, rank):
    return predicted(b, c, d, 9)


@mistake("predict", "keeps-the-smallest")
def _(b, c, d, rank):
    k = int(rank)
    m = inverse(d, k, keep=lambda all: all[len(all) - k :])
    return times(times(b, m), c)


@mistake("predict", "forgets-to-turn")
def _(b, c, d, rank):
    return times(times(b, turned(inverse(d, int(rank)))), c)


@mistake("predict", "multiplies-by-s")
def _(b, c, d, rank):
    return times(times(b, inverse(d, int(rank), power=1)), c)


@right("errors", "entry-by-entry")
def _(x):
    return [held_out(x, k) for k in range(3)]


@mistake("errors", "centres-first")
def _(x):
    means = [sum(column) / 3 for column in zip(*x)]
    return [held_out([[a - m for a, m in zip(row, means)] for row in x], k) for k in range(3)]


@mistake("errors", "one-block-only")
def _(x):
    d = [row[1:] for row in x[1:]]
    guesses = [predicted([x[0][1:]], [[row[0]] for row in x[1:]], d, k)[0][0] for k in range(3)]
    return [(x[0][0] - guess) ** 2 for guess in guesses]


@right("choose", "first-least")
def _(errors):
    return errors.index(min(errors))


@mistake("choose", "takes-the-last")
def _(errors):
    return max(k for k, e in enumerate(errors) if e == min(errors))


@mistake("choose", "looks-for-an-elbow")
def _(errors):
    drops = [a - b for a, b in zip(errors, errors[1:])]
    return 1 + drops.index(max(drops))


main()
