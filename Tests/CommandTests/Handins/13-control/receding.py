from variants import main, mistake, right


def apply(a, x):
    return [sum(p * q for p, q in zip(row, x)) for row in a]


def dot(x, y):
    return sum(p * q for p, q in zip(x, y))


def moved(a, b, x, u, w=None):
    w = w or [0] * len(x)
    return [p + q * u + s for p, q, s in zip(apply(a, x), b, w)]


def solved(m, y):
    """Gauss with pivots."""
    n = len(y)
    rows = [list(row) + [value] for row, value in zip(m, y)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(i + 1, n):
            share = rows[k][i] / rows[i][i]
            rows[k] = [p - share * q for p, q in zip(rows[k], rows[i])]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (rows[i][n] - dot(rows[i][i + 1 : n], x[i + 1 :])) / rows[i][i]
    return x


def planned(a, b, q, r, f, state, steps):
    """Least squares in all controls at once."""
    steps = int(steps)
    m = [[r if i == j else 0.0 for j in range(steps)] for i in range(steps)]
    y = [0.0] * steps
    free, answers = state, []
    for t in range(steps):
        free = apply(a, free)
        answers = [apply(a, column) for column in answers] + [b]
        cost = f if t == steps - 1 else q
        for i, one in enumerate(answers):
            y[i] -= dot(one, apply(cost, free))
            for j, other in enumerate(answers):
                m[i][j] += dot(one, apply(cost, other))
    return solved(m, y)


def stroll(a, b, start, pushes, rule):
    state, controls = start, []
    for t, push in enumerate(pushes):
        controls.append(rule(state, t))
        state = moved(a, b, state, controls[-1], push)
    return controls


@right("plan", "all-at-once")
def _(a, b, q, r, f, state, steps):
    return planned(a, b, q, r, f, state, steps)


@right("plan", "backwards")
def _(a, b, q, r, f, state, steps):
    p, gains, n = f, [], range(len(b))
    for _ in range(int(steps)):
        pb = apply(p, b)
        weight = r + dot(pb, b)
        k = [dot([row[j] for row in a], pb) / weight for j in n]
        pa = [apply(p, [row[j] for row in a]) for j in n]
        p = [
            [q[i][j] + dot([row[i] for row in a], pa[j]) - weight * k[i] * k[j] for j in n]
            for i in n
        ]
        gains.insert(0, k)
    controls = []
    for k in gains:
        controls.append(-dot(k, state))
        state = moved(a, b, state, controls[-1])
    return controls


@mistake("plan", "end-as-any-other")
def _(a, b, q, r, f, state, steps):
    return planned(a, b, q, r, q, state, steps)


@mistake("plan", "forgets-the-end")
def _(a, b, q, r, f, state, steps):
    return planned(a, b, q, r, [[0, 0], [0, 0]], state, steps)


@right("play", "plan-and-look")
def _(a, b, q, r, f, start, horizon, pushes):
    def rule(state, t):
        return planned(a, b, q, r, f, state, min(horizon, len(pushes) - t))[0]

    return stroll(a, b, start, pushes, rule)


@mistake("play", "plays-it-out")
def _(a, b, q, r, f, start, horizon, pushes):
    plan = []

    def rule(state, t):
        if not plan:
            plan.extend(planned(a, b, q, r, f, state, min(horizon, len(pushes) - t)))
        return plan.pop(0)

    return stroll(a, b, start, pushes, rule)


@mistake("play", "one-look-late")
def _(a, b, q, r, f, start, horizon, pushes):
    seen = [start]

    def rule(state, t):
        seen.append(state)
        return planned(a, b, q, r, f, seen[t], min(horizon, len(pushes) - t))[0]

    return stroll(a, b, start, pushes, rule)


@mistake("play", "plays-the-last")
def _(a, b, q, r, f, start, horizon, pushes):
    def rule(state, t):
        return planned(a, b, q, r, f, state, min(horizon, len(pushes) - t))[-1]

    return stroll(a, b, start, pushes, rule)


@mistake("play", "looks-past-the-end")
def _(a, b, q, r, f, start, horizon, pushes):
    return stroll(
        a, b, start, pushes, lambda state, t: planned(a, b, q, r, f, state, horizon)[0]
    )


@mistake("play", "knows-the-push")
def _(a, b, q, r, f, start, horizon, pushes):
    def rule(state, t):
        ahead = [p + q for p, q in zip(state, pushes[t])]
        return planned(a, b, q, r, f, ahead, min(horizon, len(pushes) - t))[0]

    return stroll(a, b, start, pushes, rule)


main()
