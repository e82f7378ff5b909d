#!/usr/bin/env python3
"""Holds `lessons oracle` against libraries that nobody here wrote, on random models.

    python3 Benchmarks/libraries.py path/to/lessons [--models 30] [--seed 1] [KIND...]

    mixture                  scikit-learn (GaussianMixture, its densities)
    hmm                      hmmlearn (CategoricalHMM; forward and backward in logarithms)
    pcfg                     NLTK (every parse of InsideChartParser, summed)
    spanning-tree            networkx (all arborescences, listed)
    linear-dynamical-system  statsmodels (Kalman filter and smoother, some outputs missing)
    sigmoid-belief-network   pgmpy (variable elimination over tabulated units)
    bayesian-network         pyAgrum (lazy propagation, probability of the evidence, most probable explanation)
    factor-graph             pgmpy (a Markov network: partition function, elimination, factors with zeros)

No part of the gate: a library that is not installed is left out, and says so. Two answers agree within
1e-9 max(1, |a|); a line tells how many of the models agree, and the largest difference.
"""
import argparse
import itertools
import json
import math
import subprocess
import sys
import warnings

import numpy

warnings.filterwarnings("ignore")


def ask(lessons, spec):
    done = subprocess.run([lessons, "oracle", "-", "--json", "--rescale"], input=json.dumps(spec),
                          capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return json.loads(done.stdout)


def rows(rng, count, size):
    return rng.dirichlet(numpy.ones(size), count)


def flat(value):
    if isinstance(value, dict):
        # Of an explanation the state is not compared: there may be several as probable.
        return flat(value["logProbability"] if "logProbability" in value else list(value.values()))
    if isinstance(value, (list, tuple, numpy.ndarray)):
        return [x for v in value for x in flat(v)]
    return [float(value)]


# One function a library: a random model, and what the library says of it, by the keys of the answer.


def mixture(rng):
    from sklearn.mixture import GaussianMixture

    k, d = int(rng.integers(2, 5)), int(rng.integers(2, 6))
    half = rng.standard_normal((k, d, d))
    covariances = half @ half.transpose(0, 2, 1) + 0.1 * numpy.eye(d)
    weights, means = rng.dirichlet(numpy.ones(k)), rng.standard_normal((k, d))
    data = rng.standard_normal((5, d)) * 2
    fitted = GaussianMixture(k, covariance_type="full")
    fitted.weights_, fitted.means_, fitted.covariances_ = weights, means, covariances
    precisions = [numpy.linalg.inv(numpy.linalg.cholesky(c)).T for c in covariances]
    fitted.precisions_cholesky_ = numpy.array(precisions)
    spec = {"model": "mixture", "weights": weights.tolist(), "observations": data.tolist(),
            "components": [{"family": "multivariate-gaussian", "mean": m.tolist(),
                            "covariance": ((c + c.T) / 2).tolist()}
                           for m, c in zip(means, covariances)]}
    return spec, {"logEvidence": fitted.score_samples(data),
                  "responsibilities": fitted.predict_proba(data)}


def hmm(rng):
    from hmmlearn.hmm import CategoricalHMM

    k, v, t = int(rng.integers(2, 6)), int(rng.integers(2, 6)), int(rng.integers(2, 60))
    model = CategoricalHMM(k, n_features=v, implementation="log")
    model.startprob_, model.transmat_ = rows(rng, 1, k)[0], rows(rng, k, k)
    model.emissionprob_ = rows(rng, k, v)
    seen = rng.integers(0, v, t)
    evidence, marginals = model.score_samples(seen[:, None])
    spec = {"model": "hmm", "initial": model.startprob_.tolist(),
            "transition": model.transmat_.tolist(),
            "emission": {"family": "categorical", "probabilities": model.emissionprob_.tolist()},
            "observations": [seen.tolist()]}
    return spec, {"logEvidence": [evidence], "stateMarginals": [marginals]}


def pcfg(rng):
    import nltk

    names = [nltk.Nonterminal(n) for n in "SAB"]
    rules, spec_rules = [], []
    for left in names:
        pairs = [(a, b) for a in names for b in names if rng.random() < 0.25]
        rights = pairs + [("x",), ("y",)]
        for right, p in zip(rights, rng.dirichlet(numpy.ones(len(rights)))):
            rules.append(nltk.ProbabilisticProduction(left, right, prob=float(p)))
            spec_rules.append({"left": str(left), "right": [str(s) for s in right],
                               "probability": float(p)})
    words = rng.choice(["x", "y"], int(rng.integers(2, 5))).tolist()
    parser = nltk.InsideChartParser(nltk.PCFG(names[0], rules))
    total, counts = 0.0, numpy.zeros(len(rules))
    for tree in parser.parse(words):
        p = 1.0
        used = numpy.zeros(len(rules))
        for production in tree.productions():
            index = next(i for i, r in enumerate(rules)
                         if r.lhs() == production.lhs() and r.rhs() == production.rhs())
            p *= rules[index].prob()
            used[index] += 1
        total += p
        counts += p * used
    if total == 0:
        return pcfg(rng)
    spec = {"model": "pcfg", "start": "S", "rules": spec_rules, "observations": [words]}
    return spec, {"logEvidence": [math.log(total)], "expectedCounts": counts / total}


def spanning_tree(rng):
    import networkx

    n = int(rng.integers(2, 5))
    scores = rng.standard_normal((n + 1, n + 1))
    graph = networkx.DiGraph()
    for head, modifier in itertools.product(range(n + 1), range(1, n + 1)):
        if head != modifier:
            graph.add_edge(head, modifier, weight=math.exp(scores[head, modifier]))
    total, shares = 0.0, numpy.zeros((n + 1, n + 1))
    for tree in networkx.algorithms.tree.branchings.ArborescenceIterator(graph):
        p = math.exp(sum(scores[a, b] for a, b in tree.edges))
        total += p
        for a, b in tree.edges:
            shares[a, b] += p
    spec = {"model": "spanning-tree", "scores": scores.tolist(), "singleRoot": False}
    return spec, {"logPartition": math.log(total), "edgeMarginals": shares / total}


def linear_system(rng):
    from statsmodels.tsa.statespace.kalman_smoother import KalmanSmoother

    n, m, t = int(rng.integers(1, 4)), int(rng.integers(1, 4)), int(rng.integers(2, 40))

    def covariance(size):
        half = rng.standard_normal((size, size))
        return half @ half.T + 0.2 * numpy.eye(size)

    a = rng.standard_normal((n, n)) * 0.5
    c, q, r, p = rng.standard_normal((m, n)), covariance(n), covariance(m), covariance(n)
    mean, seen = rng.standard_normal(n), rng.standard_normal((t, m)) * 2
    seen[rng.random((t, m)) < 0.1] = numpy.nan
    smoother = KalmanSmoother(k_endog=m, k_states=n, tolerance=0)
    smoother.bind(seen.copy())
    smoother["design"], smoother["obs_cov"], smoother["transition"] = c, r, a
    smoother["selection"], smoother["state_cov"] = numpy.eye(n), q
    smoother.initialize_known(mean, p)
    found = smoother.smooth()
    spec = {"model": "linear-dynamical-system", "initialMean": mean.tolist(),
            "initialCovariance": p.tolist(), "dynamics": a.tolist(), "dynamicsNoise": q.tolist(),
            "emission": c.tolist(), "emissionNoise": r.tolist(),
            "observations": [[[None if math.isnan(x) else x for x in y] for y in seen.tolist()]]}
    return spec, {"logEvidence": [found.llf], "smoothedMeans": [found.smoothed_state.T],
                  "smoothedCovariances": [found.smoothed_state_cov.transpose(2, 0, 1)]}


def belief_network(rng):
    from pgmpy.factors.discrete import TabularCPD
    from pgmpy.inference import VariableElimination
    try:
        from pgmpy.models import DiscreteBayesianNetwork as Network
    except ImportError:
        from pgmpy.models import BayesianNetwork as Network

    top, bottom = int(rng.integers(1, 4)), int(rng.integers(1, 4))
    bias, lower = rng.standard_normal(top), rng.standard_normal(bottom)
    weights = rng.standard_normal((top, bottom))
    seen = rng.integers(0, 2, bottom)

    def sigma(x):
        return 1 / (1 + numpy.exp(-x))

    network = Network([(f"z{j}", f"x{i}") for j in range(top) for i in range(bottom)])
    for j in range(top):
        network.add_cpds(TabularCPD(f"z{j}", 2, [[1 - sigma(bias[j])], [sigma(bias[j])]]))
    for i in range(bottom):
        on = [sigma(lower[i] + sum(weights[j, i] * z[j] for j in range(top)))
              for z in itertools.product((0, 1), repeat=top)]
        network.add_cpds(TabularCPD(f"x{i}", 2, [[1 - p for p in on], on],
                                    [f"z{j}" for j in range(top)], [2] * top))
    elimination = VariableElimination(network)
    both = elimination.query([f"x{i}" for i in range(bottom)], show_progress=False)
    evidence = both.get_value(**{f"x{i}": int(s) for i, s in enumerate(seen)})
    marginals = [
        elimination.query([f"z{j}"], {f"x{i}": int(s) for i, s in enumerate(seen)},
                          show_progress=False).values[1] for j in range(top)]
    spec = {"model": "sigmoid-belief-network", "bias": bias.tolist(),
            "layers": [{"weights": weights.tolist(), "bias": lower.tolist()}],
            "observations": [seen.tolist()]}
    return spec, {"logEvidence": [math.log(evidence)], "posteriorMarginals": [marginals]}


def random_network(rng):
    sizes = rng.integers(2, 5, int(rng.integers(2, 13)))
    variables = []
    for number, size in enumerate(sizes):
        parents = [int(p) for p in rng.permutation(number)[:int(rng.integers(0, 4))]]
        count = int(numpy.prod([sizes[p] for p in parents])) if parents else 1
        table = rows(rng, count, int(size)) + 0.0
        table[rng.random(table.shape) < 0.1] = 0
        table[table.sum(1) == 0] = 1
        table /= table.sum(1, keepdims=True)
        variables.append({"name": f"v{number}", "states": int(size),
                          "parents": [f"v{p}" for p in parents], "table": table.tolist()})
    order = rng.permutation(len(sizes))
    seen = [{f"v{i}": int(rng.integers(sizes[i])) for i in range(len(sizes)) if rng.random() < 0.2}
            for _ in range(3)]
    return {"model": "bayesian-network", "variables": [variables[i] for i in order],
            "observations": seen, "ask": ["explanation"]}


def bayesian_network(rng):
    import pyagrum
    from networks import agrum_network

    spec = random_network(rng)
    network = agrum_network(spec)
    evidences, possible, marginals, best = [], [], [], []
    for seen in spec["observations"]:
        engine = pyagrum.LazyPropagation(network)
        engine.setEvidence(seen)
        try:
            evidence = math.log(engine.evidenceProbability()) if seen else 0.0
            explanation = engine.mpeLog2Posterior()[1] * math.log(2)
        except (pyagrum.GumException, ValueError):
            continue  # What is impossible, or has nothing left to explain, is an error there.
        possible.append(seen)
        evidences.append(evidence)
        best.append(evidence + explanation)
        engine = pyagrum.LazyPropagation(network)
        engine.setEvidence(seen)
        engine.makeInference()
        marginals += [engine.posterior(v["name"]).tolist() for v in spec["variables"]]
    spec["observations"] = possible
    return spec, {"logEvidence": evidences, "posteriorMarginals": marginals, "explanation": best}


def factor_graph(rng):
    from pgmpy.factors.discrete import DiscreteFactor
    from pgmpy.inference import VariableElimination
    from pgmpy.models import DiscreteMarkovNetwork

    sizes = rng.integers(2, 4, int(rng.integers(2, 8)))
    names = [f"v{i}" for i in range(len(sizes))]
    # Each variable with the next, so that the network hangs together, and some triples.
    scopes = [[i, i + 1] for i in range(len(sizes) - 1)]
    scopes += [sorted(rng.permutation(len(sizes))[:3].tolist()) for _ in range(3) if len(sizes) > 2]
    network = DiscreteMarkovNetwork()
    network.add_nodes_from(names)
    factors = []
    for scope in scopes:
        table = rng.exponential(size=[sizes[i] for i in scope])
        network.add_edges_from(itertools.combinations([names[i] for i in scope], 2))
        network.add_factors(DiscreteFactor([names[i] for i in scope], table.shape, table))
        factors.append({"variables": [names[i] for i in scope], "table": table.tolist()})
    seen = {names[i]: int(rng.integers(sizes[i])) for i in range(len(sizes) - 1) if rng.random() < 0.4}
    elimination = VariableElimination(network)
    both = network.get_partition_function()
    evidence, marginals = 0.0, []
    # What a Markov network answers is not normalised in all versions.
    if seen:
        joint = elimination.query(list(seen), show_progress=False)
        evidence = math.log(joint.get_value(**seen) / joint.values.sum())
    for name, size in zip(names, sizes):
        if name in seen:
            marginals.append([float(s == seen[name]) for s in range(size)])
        else:
            values = elimination.query([name], seen, show_progress=False).values
            marginals.append(values / values.sum())
    spec = {"model": "factor-graph", "factors": factors, "observations": [seen],
            "variables": [{"name": n, "states": int(s)} for n, s in zip(names, sizes)]}
    return spec, {"logPartition": math.log(both), "logEvidence": [evidence],
                  "posteriorMarginals": marginals}


KINDS = {
    "mixture": ("scikit-learn", mixture), "hmm": ("hmmlearn", hmm), "pcfg": ("NLTK", pcfg),
    "spanning-tree": ("networkx", spanning_tree),
    "linear-dynamical-system": ("statsmodels", linear_system),
    "sigmoid-belief-network": ("pgmpy", belief_network),
    "bayesian-network": ("pyAgrum", bayesian_network), "factor-graph": ("pgmpy", factor_graph)}


def distance(answer, other):
    worst = 0.0
    for key, value in other.items():
        one, two = flat(answer[key]), flat(value)
        if len(one) != len(two):
            return math.inf
        worst = max([worst] + [abs(a - b) / max(1, abs(a)) for a, b in zip(one, two)])
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("lessons")
    parser.add_argument("kinds", nargs="*", default=list(KINDS))
    parser.add_argument("--models", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    differ = 0
    for kind in given.kinds or KINDS:
        library, make = KINDS[kind]
        agree, worst = 0, 0.0
        try:
            for index in range(given.models):
                rng = numpy.random.default_rng([given.seed, index])
                spec, other = make(rng)
                off = distance(ask(given.lessons, spec), other)
                agree += off <= 1e-9
                worst = max(worst, off)
        except ImportError as error:
            print(f"{kind:24} {library:13} not installed ({error.name})")
            continue
        differ += given.models - agree
        print(f"{kind:24} {library:13} {agree} of {given.models} agree, largest difference {worst:.0e}",
              flush=True)
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
