import itertools
import math

from variants import main, mistake, right


def paths(initial, transition, emission, observations):
    """Every path of states with p(z, x)."""
    for path in itertools.product(range(len(initial)), repeat=len(observations)):
        weight = initial[path[0]] * math.prod(transition[i][j] for i, j in zip(path, path[1:]))
        yield path, weight * math.prod(emission[k][x] for k, x in zip(path, observations))


def forwards(initial, transition, emission, observations):
    rows = [[p * row[observations[0]] for p, row in zip(initial, emission)]]
    for x in observations[1:]:
        rows.append([
            sum(a * row[k] for a, row in zip(rows[-1], transition)) * emission[k][x]
            for k in range(len(initial))])
    return rows


def backwards(initial, transition, emission, observations):
    rows = [[1.0] * len(initial)]
    for x in reversed(observations[1:]):
        here = [row[x] * b for row, b in zip(emission, rows[0])]
        rows.insert(0, [sum(a * b for a, b in zip(row, here)) for row in transition])
    return rows


def smoothed(**given):
    rows = [[a * b for a, b in zip(*pair)] for pair in zip(forwards(**given), backwards(**given))]
    return [[w / sum(row) for w in row] for row in rows]


def filtered(**given):
    return [[a / sum(row) for a in row] for row in forwards(**given)]


def best(**given):
    path = max(paths(**given), key=lambda pair: pair[1])[0]
    return [[int(k == z) for k in range(len(given["initial"]))] for z in path]


def by_symbol(shares, emission, observations):
    counts = [[0.0] * len(row) for row in emission]
    for row, x in zip(shares, observations):
        for k, share in enumerate(row):
            counts[k][x] += share
    return counts


def steps(initial, transition, emission, observations):
    """Σ_t p(z_t = i, z_{t+1} = j, x)."""
    given = (initial, transition, emission, observations)
    alpha, beta = forwards(*given), backwards(*given)
    size = range(len(initial))
    return [[
        sum(
            alpha[t][i] * transition[i][j] * emission[j][x] * beta[t + 1][j]
            for t, x in enumerate(observations[1:]))
        for j in size] for i in size]


@right("initial_counts", "path-by-path")
def _(**given):
    total, shares = 0.0, [0.0] * len(given["initial"])
    for path, weight in paths(**given):
        total += weight
        shares[path[0]] += weight
    return [s / total for s in shares]


@right("transition_counts", "forward-and-backward")
def _(**given):
    total = sum(forwards(**given)[-1])
    return [[w / total for w in row] for row in steps(**given)]


@right("transition_counts", "counted-on-every-path")
def _(**given):
    size = len(given["initial"])
    total, counts = 0.0, [[0.0] * size for _ in range(size)]
    for path, weight in paths(**given):
        total += weight
        for i, j in zip(path, path[1:]):
            counts[i][j] += weight
    return [[c / total for c in row] for row in counts]


@right("emission_counts", "smoothed-states")
def _(**given):
    return by_symbol(smoothed(**given), given["emission"], given["observations"])


def filtered_emissions(**given):
    return by_symbol(filtered(**given), given["emission"], given["observations"])


@mistake("initial_counts", "filters-in-place-of-smoothing", also={"emission_counts": filtered_emissions})
def _(**given):
    return filtered(**given)[0]


def best_steps(**given):
    visited = best(**given)
    size = range(len(given["initial"]))
    return [[sum(a[i] * b[j] for a, b in zip(visited, visited[1:])) for j in size] for i in size]


def best_emissions(**given):
    return by_symbol(best(**given), given["emission"], given["observations"])


best_counts = {"transition_counts": best_steps, "emission_counts": best_emissions}


@mistake("initial_counts", "counts-the-best-path", also=best_counts)
def _(**given):
    return best(**given)[0]


@mistake("transition_counts", "forgets-the-evidence")
def _(**given):
    return steps(**given)


@mistake("initial_counts", "by-the-probability")
def _(**given):
    return [share / p for share, p in zip(smoothed(**given)[0], given["initial"])]


@mistake("initial_counts", "counts-under-the-prior")
def _(**given):
    return given["initial"]


@mistake("emission_counts", "emission-of-the-next-step")
def _(**given):
    x = given["observations"]
    return by_symbol(smoothed(**given), given["emission"], x[1:] + x[-1:])


main()
