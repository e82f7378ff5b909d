#!/usr/bin/env python3
"""Holds `lessons oracle` to answers of 60 digits on models whose covariances are nearly singular.

    python3 Tests/Independent/conditions.py path/to/lessons [--models 20] [--seed 1] [--steps 6] [--keep FOLDER]
    python3 Tests/Independent/conditions.py --golden Reference/golden

Draws mixtures of multivariate Gaussians (random orthogonal directions, or Gaussian processes on up to 20
points) and linear dynamical systems, switching or not, with covariances of condition 1 to 1e16. The
truth is the dense normal law in mpmath's arithmetic; none of the program's code is used. Every answer
must be within 1e-9 max(1, |truth|), or refused; both are counted, by condition. Needs mpmath and numpy.

--golden writes the cases that are kept: models with answers of 40 digits.
"""
import argparse
import itertools
import json
import pathlib
import subprocess
import sys

import mpmath
import numpy

mpmath.mp.prec = 500
mpf = mpmath.mpf


def orthogonal(rng, n):
    return numpy.linalg.qr(rng.standard_normal((n, n)))[0]


def correlated(rng, n, condition):
    """A covariance with eigenvalues from 1 to 1/condition in random directions."""
    q = orthogonal(rng, n)
    values = condition ** -numpy.linspace(0, 1, n) if n > 1 else numpy.ones(1)
    a = (q * values) @ q.T
    return (a + a.T) / 2


# The truth.


def matrix(rows):
    return [[mpf(float(x)) for x in row] for row in rows]


def times(a, b):
    columns = list(zip(*b))
    return [[mpmath.fdot(row, column) for column in columns] for row in a]


def transposed(a):
    return [list(column) for column in zip(*a)]


def plus(a, b):
    return [[x + y for x, y in zip(r, s)] for r, s in zip(a, b)]


class Normal:
    """L D L' of a covariance."""

    def __init__(self, covariance):
        n = len(covariance)
        rest = [[(covariance[i][j] + covariance[j][i]) / 2 for j in range(n)] for i in range(n)]
        self.pivots = []
        for k in range(n):
            pivot = rest[k][k]
            if pivot <= 0:
                raise ValueError("not positive definite")
            self.pivots.append(pivot)
            for i in range(k + 1, n):
                ratio = rest[i][k] / pivot
                for j in range(k + 1, i + 1):
                    rest[i][j] -= ratio * rest[j][k]
            for i in range(k + 1, n):
                rest[i][k] /= pivot
        self.lower = rest

    def white(self, v):
        w = list(v)
        for i in range(len(w)):
            for j in range(i):
                w[i] -= self.lower[i][j] * w[j]
        return w

    def form(self, u, v):
        return sum(x * y / d for x, y, d in zip(u, v, self.pivots))

    def log_density(self, v):
        w = self.white(v)
        return -(self.form(w, w) + sum(mpmath.log(2 * mpmath.pi * d) for d in self.pivots)) / 2


def log_sum(values):
    top = max(values)
    return top + mpmath.log(sum(mpmath.exp(v - top) for v in values))


def mixture_truth(spec):
    laws = [Normal(matrix(c["covariance"])) for c in spec["components"]]
    evidence, shares = [], []
    for x in spec["observations"]:
        logs = [
            mpmath.log(mpf(w)) + law.log_density([mpf(a) - mpf(m) for a, m in zip(x, c["mean"])])
            for w, c, law in zip(spec["weights"], spec["components"], laws)
        ]
        total = log_sum(logs)
        evidence.append(total)
        shares.append([mpmath.exp(v - total) for v in logs])
    return {"logEvidence": evidence, "responsibilities": shares}


def joint(spec, path, steps):
    """Means and covariances of the states, and of the outputs that were seen, of one sequence."""
    n, m = len(spec["initialMean"]), len(spec["emission"])
    c, r = matrix(spec["emission"]), matrix(spec["emissionNoise"])
    means = [[[mpf(float(x))] for x in spec["initialMean"]]]
    rows = [[matrix(spec["initialCovariance"])]]
    for t in range(1, steps):
        mode = spec["states"][path[t]] if "states" in spec else spec
        a, q = matrix(mode["dynamics"]), matrix(mode["dynamicsNoise"])
        row = [times(a, block) for block in rows[-1]]
        row.append(plus(times(row[-1], transposed(a)), q))
        means.append(times(a, means[-1]))
        rows.append(row)

    def cov(t, s):
        return rows[t][s] if s <= t else transposed(rows[s][t])

    return n, m, c, r, means, cov


def dense(spec, outputs, path=None):
    steps = len(outputs)
    n, m, c, r, means, cov = joint(spec, path, steps)
    seen = [
        (t, i) for t in range(steps) for i in range(m)
        if outputs[t] is not None and outputs[t][i] is not None
    ]
    both = {}
    for t in range(steps):
        for s in range(t + 1):
            block = times(times(c, cov(t, s)), transposed(c))
            both[t, s] = plus(block, r) if s == t else block
    big = [
        [both[t, s][i][j] if s <= t else both[s, t][j][i] for s, j in seen] for t, i in seen
    ]
    shift = [mpf(float(outputs[t][i])) - times([c[i]], means[t])[0][0] for t, i in seen]
    return n, m, c, means, cov, seen, Normal(big) if seen else None, shift


def lds_truth(spec):
    answer = {"logEvidence": [], "smoothedMeans": [], "smoothedCovariances": []}
    for outputs in spec["observations"]:
        n, m, c, means, cov, seen, law, shift = dense(spec, outputs)
        white = law.white(shift)
        answer["logEvidence"].append(law.log_density(shift))
        all_means, all_covariances = [], []
        for t in range(len(outputs)):
            columns = []
            for k in range(n):
                column = [times([c[i]], cov(s, t))[0][k] for s, i in seen]
                columns.append(law.white(column))
            all_means.append([means[t][k][0] + law.form(columns[k], white) for k in range(n)])
            all_covariances.append(
                [[cov(t, t)[a][b] - law.form(columns[a], columns[b]) for b in range(n)]
                 for a in range(n)])
        answer["smoothedMeans"].append(all_means)
        answer["smoothedCovariances"].append(all_covariances)
    return answer


def switching_truth(spec):
    answer = {"logEvidence": [], "stateMarginals": []}
    k = len(spec["initialState"])
    for outputs in spec["observations"]:
        steps = len(outputs)
        logs = {}
        laws = {}
        for path in itertools.product(range(k), repeat=steps):
            prior = mpf(spec["initialState"][path[0]])
            for a, b in zip(path, path[1:]):
                prior *= mpf(spec["transition"][a][b])
            if prior == 0:
                continue
            # The first state of the chain selects nothing.
            if path[1:] not in laws:
                *_, law, shift = dense(spec, outputs, path)
                laws[path[1:]] = law.log_density(shift)
            logs[path] = mpmath.log(prior) + laws[path[1:]]
        total = log_sum(list(logs.values()))
        answer["logEvidence"].append(total)
        answer["stateMarginals"].append([
            [sum(mpmath.exp(v - total) for p, v in logs.items() if p[t] == s) for s in range(k)]
            for t in range(steps)])
    return answer


TRUTH = {
    "mixture": mixture_truth, "linear-dynamical-system": lds_truth,
    "switching-lds": switching_truth,
}


# Random models.


def listed(a):
    return numpy.asarray(a).tolist()


def mixture(rng, condition):
    d, k = int(rng.integers(2, 7)), int(rng.integers(2, 4))
    first = correlated(rng, d, condition)
    components = []
    for _ in range(k):
        # Alike enough for responsibilities that are neither 0 nor 1.
        scale = float(rng.uniform(0.8, 1.25))
        components.append({
            "family": "multivariate-gaussian",
            "mean": listed(numpy.linalg.cholesky(first + 1e-300) @ rng.standard_normal(d) * 0.5)
            if condition < 1e12 else [0.0] * d,
            "covariance": listed(first * scale)})
    weights = rng.dirichlet(numpy.ones(k) * 3)
    data = [listed(point(rng, first)) for _ in range(3)]
    return {"model": "mixture", "weights": listed(weights), "components": components,
            "observations": data}


def point(rng, covariance):
    values, vectors = numpy.linalg.eigh(covariance)
    return vectors @ (numpy.sqrt(numpy.maximum(values, 0)) * rng.standard_normal(len(values)))


def process(rng, condition):
    """Two Gaussian processes of nearly one length on a grid."""
    points = int(rng.integers(8, 21))
    x = numpy.linspace(0, 1, points)
    length, jitter = float(rng.uniform(0.2, 0.4)), max(points / condition, 1e-15)

    def kernel(scale):
        square = (x[:, None] - x[None, :]) ** 2
        return numpy.exp(-square / (2 * (length * scale) ** 2)) + jitter * numpy.eye(points)

    laws = [kernel(1.0), kernel(1.02)]
    return {
        "model": "mixture", "weights": [0.5, 0.5],
        "components": [{"family": "multivariate-gaussian", "mean": [0.0] * points,
                        "covariance": listed(law)} for law in laws],
        "observations": [listed(point(rng, laws[0])) for _ in range(2)]}


def system(rng, condition, steps, gaps=False):
    n, m = int(rng.integers(1, 4)), int(rng.integers(1, 4))
    a = orthogonal(rng, n) * rng.uniform(0.7, 1.05)
    spec = {
        "model": "linear-dynamical-system", "initialMean": listed(rng.standard_normal(n)),
        "initialCovariance": listed(correlated(rng, n, condition)), "dynamics": listed(a),
        "dynamicsNoise": listed(correlated(rng, n, condition) * 10 ** rng.uniform(-2, 0)),
        "emission": listed(rng.standard_normal((m, n))),
        "emissionNoise": listed(correlated(rng, m, condition) * 10 ** rng.uniform(-3, 0))}
    outputs = [listed(rng.standard_normal(m)) for _ in range(steps)]
    if gaps:
        outputs = [None if rng.random() < 0.2 else
                   [None if rng.random() < 0.2 else x for x in y] for y in outputs]
        outputs[0] = listed(rng.standard_normal(m))
    spec["observations"] = [outputs]
    return spec


def partly_seen(rng, condition, steps):
    return system(rng, condition, steps, gaps=True)


def switching(rng, condition, steps):
    base, steps = system(rng, min(condition, 1e8), steps), min(steps, 4)
    n, k = len(base["initialMean"]), 2
    base["model"] = "switching-lds"
    noise = numpy.array(base["emissionNoise"]) / condition
    base["emissionNoise"] = listed((noise + noise.T) / 2)
    base["states"] = [
        {"dynamics": listed(orthogonal(rng, n) * 0.9), "dynamicsNoise": listed(numpy.eye(n) * 0.1)}
        for _ in range(k)]
    del base["dynamics"], base["dynamicsNoise"]
    base["initialState"] = [0.25, 0.75]
    base["transition"] = [[0.5, 0.5], [0.25, 0.75]]
    base["observations"] = [base["observations"][0][:steps]]
    return base


def inconsistent():
    """Two outputs of one state that contradict each other by a million deviations of their noise."""
    return {
        "model": "switching-lds", "initialState": [0.25, 0.75],
        "transition": [[0.5, 0.5], [0.25, 0.75]], "initialMean": [0.5],
        "initialCovariance": [[1.0]],
        "states": [{"dynamics": [[0.9]], "dynamicsNoise": [[0.1]]},
                   {"dynamics": [[-0.7]], "dynamicsNoise": [[0.3]]}],
        "emission": [[1.0], [2.0]], "emissionNoise": [[1e-12, 0.0], [0.0, 1e-12]],
        "observations": [[[1.0, 3.0], [-0.5, -1.5], [0.25, 1.25], [0.5, 1.5]]]}


# Asking and comparing.


def flat(value):
    if isinstance(value, (list, tuple)):
        return [x for v in value for x in flat(v)]
    return [mpf("-inf") if value == "-inf" else mpf(value)]


def ask(lessons, spec, *options):
    done = subprocess.run([lessons, "oracle", "-", "--json", *options], input=json.dumps(spec),
                          capture_output=True, text=True)
    return (json.loads(done.stdout), "") if done.returncode == 0 else (None, done.stderr.strip())


def distance(answer, truth):
    worst = mpf(0)
    for key, want in truth.items():
        got, want = flat(answer[key]), flat(want)
        if len(got) != len(want):
            return mpf("inf")
        worst = max([worst] + [abs(g - w) / max(1, abs(w)) for g, w in zip(got, want)])
    return worst


def compare(lessons, models, seed, steps, keep, options):
    kinds = {
        "mixture": lambda rng, c: mixture(rng, c), "processes": lambda rng, c: process(rng, c),
        "linear system": lambda rng, c: system(rng, c, steps),
        "partly seen": lambda rng, c: partly_seen(rng, c, steps),
        "switching": lambda rng, c: switching(rng, c, steps)}
    wrong = 0
    print(f"{'kind':15} {'condition':>9} {'models':>6} {'worst':>8} {'wrong':>5} {'refused':>7} {'32 digits':>9}")
    for name, make in kinds.items():
        for exponent in range(0, 17, 2):
            rng = numpy.random.default_rng([seed, exponent, len(name)])
            worst, bad, refused, careful, count = mpf(0), 0, [], 0, 0
            for _ in range(models):
                try:
                    spec = make(rng, 10.0 ** exponent)
                    truth = TRUTH[spec["model"]](spec)
                except (ValueError, numpy.linalg.LinAlgError):
                    continue  # rounding made a matrix that is no covariance
                count += 1
                answer, complaint = ask(lessons, spec, *options)
                if answer is None:
                    refused.append(complaint)
                    continue
                careful += "32 digits" in answer["route"]
                off = distance(answer, truth)
                worst = max(worst, off)
                if off > mpf(10) ** -9:
                    bad += 1
                    if keep:
                        file = f"{name.replace(' ', '-')}-{exponent}-{count}.json"
                        pathlib.Path(keep, file).write_text(json.dumps(spec))
            wrong += bad
            print(f"{name:15} {10.0 ** exponent:9.0e} {count:6} {float(worst):8.0e} {bad:5} "
                  f"{len(refused):7} {careful:9}", flush=True)
            for complaint in sorted(set(refused)):
                print("    " + complaint[:150])
    return wrong


def golden(folder):
    rng = numpy.random.default_rng(20)
    process_rng = numpy.random.default_rng(7)
    cases = {
        "mixture-condition-1e12": mixture(rng, 1e12),
        "mixture-two-processes": process(process_rng, 1e9),
        "mixture-two-processes-1e14": process(process_rng, 1e14),
        "linear-dynamical-system-condition-1e9": system(numpy.random.default_rng(56), 1e9, 6),
        "linear-dynamical-system-condition-1e13": system(numpy.random.default_rng(28), 1e13, 6),
        "linear-dynamical-system-partly-seen": partly_seen(rng, 1e6, 6),
        "switching-lds-small-noise": inconsistent()}
    for name, spec in cases.items():
        def written(value):
            if isinstance(value, list):
                return "[" + ", ".join(written(v) for v in value) + "]"
            return mpmath.nstr(value, 40, min_fixed=-5, max_fixed=20)

        expected = ", ".join(
            f'"{key}": {written(value)}' for key, value in TRUTH[spec["model"]](spec).items())
        text = (f'{{\n "name": "{name}",\n "spec": {json.dumps(spec)},\n'
                f' "expected": {{{expected}}},\n "tolerance": 1e-9\n}}\n')
        json.loads(text)
        pathlib.Path(folder, name + ".json").write_text(text)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("lessons", nargs="?")
    parser.add_argument("--models", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--golden")
    parser.add_argument("--keep", help="a folder for the models whose answers are wrong")
    parser.add_argument("--digits")
    parser.add_argument("--method")
    given = parser.parse_args()
    if given.golden:
        golden(given.golden)
        sys.exit(0)
    if not given.lessons:
        parser.error("which program?")
    options = ["--method", given.method] if given.method else []
    options += ["--digits", given.digits] if given.digits else []
    sys.exit(
        1 if compare(given.lessons, given.models, given.seed, given.steps, given.keep, options)
        else 0)
