from variants import main, mistake, right


def times(a, b):
    return [[sum(x * b[k][j] for k, x in enumerate(row)) for j in range(len(b[0]))] for row in a]


def turned(a):
    return [list(column) for column in zip(*a)]


def apply(a, x):
    return [sum(p * q for p, q in zip(row, x)) for row in a]


def dot(x, y):
    return sum(p * q for p, q in zip(x, y))


def best_gain(a, b, r, p):
    pb = apply(turned(p), b)
    weight = r + dot(pb, b)
    return [v / weight for v in apply(turned(a), pb)]


def steered(a, b, k):
    return [[a[i][j] - b[i] * k[j] for j in range(len(a))] for i in range(len(a))]


def cost(a, b, q, r, p, k):
    """The form with both sides steered, and what the control itself costs."""
    m = steered(a, b, k)
    rest = times(turned(m), times(p, m))
    n = range(len(a))
    return [[q[i][j] + r * k[i] * k[j] + rest[i][j] for j in n] for i in n]


def all_gains(a, b, q, r, f, steps):
    p, found = f, []
    for _ in range(int(steps)):
        k = best_gain(a, b, r, p)
        p = cost(a, b, q, r, p, k)
        found.insert(0, k)
    return found


@right("gain", "by-its-formula")
def _(a, b, q, r, next):
    return best_gain(a, b, r, next)


@mistake("gain", "control-is-free")
def _(a, b, q, r, next):
    return best_gain(a, b, 0, next)


@mistake("gain", "turns-a")
def _(a, b, q, r, next):
    pb = apply(next, b)
    return [v / (r + dot(pb, b)) for v in apply(a, pb)]


@right("cost_to_go", "both-sides-steered")
def _(a, b, q, r, next, gain):
    return cost(a, b, q, r, next, gain)


@right("cost_to_go", "one-side-steered")
def _(a, b, q, r, next, gain):
    rest = times(turned(a), times(next, steered(a, b, gain)))
    return [[x + y for x, y in zip(*rows)] for rows in zip(q, rest)]


@mistake("cost_to_go", "does-not-turn")
def _(a, b, q, r, next, gain):
    rest = times(a, times(next, steered(a, b, gain)))
    return [[x + y for x, y in zip(*rows)] for rows in zip(q, rest)]


@mistake("cost_to_go", "control-costs-nothing-later")
def _(a, b, q, r, next, gain):
    return cost(a, b, q, 0, next, gain)


@mistake("cost_to_go", "forgets-the-stage")
def _(a, b, q, r, next, gain):
    return cost(a, b, [[0 for _ in row] for row in q], r, next, gain)


@right("gains", "backwards")
def _(a, b, q, r, f, steps):
    return all_gains(a, b, q, r, f, steps)


@mistake("gains", "from-the-end")
def _(a, b, q, r, f, steps):
    return all_gains(a, b, q, r, f, steps)[::-1]


@mistake("gains", "one-step-late")
def _(a, b, q, r, f, steps):
    found = all_gains(a, b, q, r, f, steps)
    return found[1:] + found[-1:]


@mistake("gains", "one-step-too-many")
def _(a, b, q, r, f, steps):
    return all_gains(a, b, q, r, f, steps + 1)[: int(steps)]


@mistake("gains", "as-if-for-ever")
def _(a, b, q, r, f, steps):
    return [all_gains(a, b, q, r, f, 200)[0]] * int(steps)


main()
