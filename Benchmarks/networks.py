#!/usr/bin/env python3
"""Times pgmpy and pyAgrum on the workload alarm-ten-evidence, and compares their answers.

    python3 Benchmarks/networks.py [--lessons .build/release/lessons] [--rounds 5]

One operation is the posterior of all variables for each of the ten pieces of evidence. Warm, the network
and what the library builds of it (pgmpy's VariableElimination, pyAgrum's LazyPropagation) stand ready, as
the tree does in `lessons bench alarm-ten-evidence warm`. The best of the rounds counts, taken in turn.
"""
import argparse
import json
import math
import pathlib
import subprocess
import sys
import time
import warnings

warnings.filterwarnings("ignore")
FILE = pathlib.Path(__file__).parent / "alarm-ten-evidence.json"


def states(variable):
    given = variable["states"]
    return given if isinstance(given, list) else list(range(given))


def pgmpy_network(spec):
    from pgmpy.factors.discrete import TabularCPD
    try:
        from pgmpy.models import DiscreteBayesianNetwork as Network
    except ImportError:
        from pgmpy.models import BayesianNetwork as Network
    sizes = {v["name"]: len(states(v)) for v in spec["variables"]}
    network = Network()
    network.add_nodes_from(sizes)
    for v in spec["variables"]:
        parents = v.get("parents", [])
        network.add_edges_from((p, v["name"]) for p in parents)
        columns = [list(column) for column in zip(*v["table"])]
        network.add_cpds(TabularCPD(v["name"], sizes[v["name"]], columns, parents,
                                    [sizes[p] for p in parents]))
    return network


def pgmpy_engine(spec):
    from pgmpy.inference import VariableElimination
    engine = VariableElimination(pgmpy_network(spec))
    names = [v["name"] for v in spec["variables"]]
    place = {v["name"]: {s: i for i, s in enumerate(states(v))} for v in spec["variables"]}

    def run():
        answers = []
        for observation in spec["observations"]:
            evidence = {k: place[k].get(s, s) for k, s in observation.items()}
            row = []
            for name in names:
                if name in evidence:
                    row += [1.0 if i == evidence[name] else 0.0 for i in range(len(place[name]))]
                else:
                    row += list(engine.query([name], evidence, show_progress=False).values)
            answers.append(row)
        return answers
    return run


def agrum_network(spec):
    import pyagrum
    network = pyagrum.BayesNet()
    for v in spec["variables"]:
        network.add(pyagrum.LabelizedVariable(v["name"], v["name"], [str(s) for s in states(v)]))
    for v in spec["variables"]:
        for parent in v.get("parents", []):
            network.addArc(parent, v["name"])
    for v in spec["variables"]:
        parents = v.get("parents", [])
        sizes = [len(states(next(o for o in spec["variables"] if o["name"] == p))) for p in parents]
        for row, probabilities in enumerate(v["table"]):
            setting, rest = {}, row
            for parent, size in reversed(list(zip(parents, sizes))):
                setting[parent] = rest % size
                rest //= size
            network.cpt(v["name"])[setting] = probabilities
    return network


def agrum_engine(spec):
    import pyagrum
    engine = pyagrum.LazyPropagation(agrum_network(spec))
    names = [v["name"] for v in spec["variables"]]

    def run():
        answers = []
        for observation in spec["observations"]:
            engine.setEvidence({k: str(s) if isinstance(s, str) else s for k, s in observation.items()})
            engine.makeInference()
            row = []
            for name in names:
                row += engine.posterior(name).tolist()
            answers.append(row)
        return answers
    return run


def seconds(run):
    count, passed = 0, 0.0
    start = time.perf_counter()
    while passed < 0.2:
        run()
        count += 1
        passed = time.perf_counter() - start
    return passed / count


def lessons_seconds(lessons, operation):
    done = subprocess.run([lessons, "bench", "alarm-ten-evidence", operation, "--json"],
                          capture_output=True, text=True, check=True)
    return json.loads(done.stdout)[0]["secondsPerOperation"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--lessons")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    case = json.loads(FILE.read_text())
    spec = case["spec"]
    runs = {"pgmpy VariableElimination": pgmpy_engine(spec), "pyAgrum LazyPropagation": agrum_engine(spec)}
    for name, run in runs.items():
        off = max(abs(a - b) for one, other in zip(run(), case["reference"]["posteriorMarginals"])
                  for a, b in zip(one, (p for v in spec["variables"] for p in other[v["name"]])))
        print(f"{name:28} off by at most {off:.0e} from the reference")
    best = {name: math.inf for name in runs}
    own = {"lessons, warm": "warm", "lessons, cold": "cold"} if given.lessons else {}
    best.update({name: math.inf for name in own})
    for _ in range(given.rounds):
        for name, run in runs.items():
            best[name] = min(best[name], seconds(run))
        for name, operation in own.items():
            best[name] = min(best[name], lessons_seconds(given.lessons, operation))
    for name, value in best.items():
        ratio = f"{value / best['lessons, warm']:10.1f}" if own else ""
        print(f"{name:28} {value * 1e3:10.3f} ms {ratio}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
