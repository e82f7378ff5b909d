from itertools import product
from math import exp, log, pi

from variants import main, mistake, right


def logs(dynamics, noises, path):
    return [[-0.5 * (log(2 * pi * q) + (after - a * before) ** 2 / q) for a, q in zip(dynamics, noises)]
            for before, after in zip(path, path[1:])]


def average(tables):
    return [[sum(v) / len(v) for v in zip(*rows)] for rows in zip(*tables)]


def by_paths(initial, transition, potentials):
    count, ways = len(potentials) + 1, len(initial)
    marginals = [[0.0] * ways for _ in range(count)]
    for path in product(range(ways), repeat=count):
        weight = initial[path[0]]
        for t in range(1, count):
            weight *= transition[path[t - 1]][path[t]] * exp(potentials[t - 1][path[t]])
        for t, k in enumerate(path):
            marginals[t][k] += weight
    return [[v / sum(row) for v in row] for row in marginals]


def mean_logs(dynamics, noises, draws):
    return average([logs(dynamics, noises, path) for path in draws])


@right("potentials", "draw-by-draw")
def _(**given):
    return mean_logs(**given)


@right("potentials", "moments-of-draws")
def _(dynamics, noises, draws):
    count, rows = len(draws), []
    for t in range(1, len(draws[0])):
        xx = sum(d[t] * d[t] for d in draws) / count
        xs = sum(d[t] * d[t - 1] for d in draws) / count
        ss = sum(d[t - 1] * d[t - 1] for d in draws) / count
        rows.append([-0.5 * (log(2 * pi * q) + (xx - 2 * a * xs + a * a * ss) / q) for a, q in zip(dynamics, noises)])
    return rows


@right("switches", "path-by-path")
def _(initial, transition, **given):
    return by_paths(initial, transition, mean_logs(**given))


@mistake("potentials", "averages-densities")
def _(dynamics, noises, draws):
    tables = [logs(dynamics, noises, path) for path in draws]
    return [[log(sum(exp(x) for x in v) / len(v)) for v in zip(*rows)] for rows in zip(*tables)]


@mistake("potentials", "adds-up")
def _(dynamics, noises, draws):
    return [[len(draws) * v for v in row] for row in mean_logs(dynamics, noises, draws)]


@mistake("potentials", "mean-trajectory")
def _(dynamics, noises, draws):
    return logs(dynamics, noises, [sum(v) / len(v) for v in zip(*draws)])


@mistake("switches", "averages-the-answers")
def _(initial, transition, dynamics, noises, draws):
    return average([by_paths(initial, transition, logs(dynamics, noises, path)) for path in draws])


@mistake("switches", "step-by-step")
def _(initial, transition, **given):
    rows = [[exp(v) for v in row] for row in mean_logs(**given)]
    return [initial] + [[v / sum(row) for v in row] for row in rows]


@mistake("switches", "picks-the-best")
def _(initial, transition, **given):
    rows = by_paths(initial, transition, mean_logs(**given))
    return [[float(k == max(range(len(row)), key=row.__getitem__)) for k in range(len(row))] for row in rows]


main()
