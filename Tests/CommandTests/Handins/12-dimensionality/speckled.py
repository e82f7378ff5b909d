from variants import main, mistake, right


def ratio(above, below):
    return sum(above) / sum(below)


@right("row_factors", "two-sums")
def _(x, seen, v):
    return [
        ratio(
            [g * a * b for g, a, b in zip(gs, row, v)], [g * b * b for g, b in zip(gs, v)]
        )
        for row, gs in zip(x, seen)
    ]


@right("row_factors", "seen-alone")
def _(x, seen, v):
    answer = []
    for row, gs in zip(x, seen):
        pairs = [(a, b) for a, b, g in zip(row, v, gs) if g == 1]
        answer.append(sum(a * b for a, b in pairs) / sum(b * b for _, b in pairs))
    return answer


@mistake("row_factors", "holes-are-zeros")
def _(x, seen, v):
    square = sum(b * b for b in v)
    return [sum(g * a * b for g, a, b in zip(gs, row, v)) / square for row, gs in zip(x, seen)]


@mistake("row_factors", "looks-into-holes")
def _(x, seen, v):
    square = sum(b * b for b in v)
    return [sum(a * b for a, b in zip(row, v)) / square for row in x]


@mistake("row_factors", "holes-are-means")
def _(x, seen, v):
    square = sum(b * b for b in v)
    answer = []
    for row, gs in zip(x, seen):
        mean = sum(a * g for a, g in zip(row, gs)) / sum(gs)
        answer.append(sum((a if g == 1 else mean) * b for a, b, g in zip(row, v, gs)) / square)
    return answer


@right("holes", "diagonals")
def _(rows, columns, fold):
    return [
        [1 if (j - i - int(fold)) % 3 == 0 else 0 for j in range(int(columns))]
        for i in range(int(rows))
    ]


@mistake("holes", "hides-a-row")
def _(rows, columns, fold):
    return [[1 if i == fold else 0] * int(columns) for i in range(int(rows))]


@mistake("holes", "hides-the-same")
def _(rows, columns, fold):
    return [[1 if i == j else 0 for j in range(int(columns))] for i in range(int(rows))]


def misses(x, seen, u, v, wanted):
    return [
        (x[i][j] - u[i] * v[j]) ** 2
        for i in range(len(u))
        for j in range(len(v))
        if wanted(seen[i][j])
    ]


@right("score", "mean-over-holes")
def _(x, seen, u, v):
    all = misses(x, seen, u, v, lambda g: g == 0)
    return sum(all) / len(all)


@mistake("score", "scores-what-it-saw")
def _(x, seen, u, v):
    all = misses(x, seen, u, v, lambda g: g == 1)
    return sum(all) / len(all)


@mistake("score", "scores-everything")
def _(x, seen, u, v):
    all = misses(x, seen, u, v, lambda g: True)
    return sum(all) / len(all)


main()
