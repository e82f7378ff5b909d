#!/usr/bin/env python3
"""Times `lessons bench` against programs of others, in turn, on one machine.

A round runs every chosen workload once on each side, ours and theirs one after the other, so that
a slow spell of the machine falls on both. The ratio of a workload is the median over rounds of
(their seconds / our seconds): 2 means that ours takes half the time.

    compare.py --peers FOLDER [--python PYTHON] [--lessons COMMAND] [--rounds N] [--inputs DIR] [WORKLOAD...]

A WORKLOAD is any part of a name. Their programs print a line of JSON with "seconds_per_op" last.
Exit status 0 where every ratio reaches its bar, 1 where one does not, 2 where something did not run.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys

# The workload, the strongest form of it elsewhere, and how many times as fast it is to be.
RIVALS = [
    ("latent-factor-d16 evidence", "latent_factor_jax.py 16 evidence split", 2),
    ("latent-factor-d16 gradient", "latent_factor_jax.py 16 gradient split", 2),
    ("latent-factor-d20 evidence", "latent_factor_jax.py 20 evidence split", 2),
    ("latent-factor-d20 gradient", "latent_factor_jax.py 20 gradient split", 2),
    ("hmm-k32-t2000 evidence", "hmm_jax.py evidence", 2),
    ("hmm-k32-t2000 counts", "hmm_jax.py counts", 2),
    ("hmm-k32-t2000 best-path", "./best_path_hmmlearn.py", 2),
    ("pcfg-12-n24 evidence", "pcfg_jax.py linear", 1.5),
    ("spanning-tree-n40-multi-root marginals", "spanning_tree_numpy.py multi-root", 1.5),
    ("spanning-tree-n40-single-root marginals", "spanning_tree_numpy.py single-root", 1.5),
    ("lds-4-2-t2000 smoother", "lds_jax.py", 4),
    ("sbn-16-16 evidence", "sbn_jax.py split", 2),
    ("nvil-step", "nvil_jax.py scan", 1),
    ("wake-sleep-step", "wake_sleep_jax.py scan", 1),
    ("vb-gmm-n5000-k10", "vb_gmm_jax.py", 1),
    ("vae-digits epoch", "vae_jax.py scan", 0.5),
    ("particle-filter-n1000-t1000", "smc_jax.py", 3),
    ("exact-moments-d10-s2", "moments_jax.py outcomes", 1),
]


class Failed(Exception):
    """A program that did not give a time."""


def output(command, folder=None):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        words = (done.stderr or done.stdout).strip().splitlines()
        raise Failed(f"{' '.join(command)}: exit status {done.returncode}: {words[-1] if words else ''}")
    return done.stdout


def our_seconds(options, workload):
    command = options.lessons.split() + ["bench", workload, "--json"]
    if options.inputs:
        command += ["--inputs", options.inputs]
    return json.loads(output(command))[0]["secondsPerOperation"]


def their_seconds(options, program):
    if program.startswith("./"):  # stands beside this script
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), program)
    lines = output([options.python, *program.split()], options.peers).strip().splitlines()
    return json.loads(lines[-1])["seconds_per_op"]


def in_units(seconds):
    for scale, unit in ((1, "s"), (1e-3, "ms")):
        if seconds >= scale:
            return f"{seconds / scale:.3g} {unit}"
    return f"{seconds * 1e6:.3g} µs"


def row(name, ours, theirs, ratio, spread, bar, verdict):
    return f"{name:39} {ours:>9} {theirs:>9} {ratio:>7} {spread:>13} {bar:>5}  {verdict}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers", required=True, help="folder of the programs of others")
    parser.add_argument("--python", default=sys.executable, help="the Python that runs them")
    parser.add_argument("--lessons", default="lessons", help="our command")
    parser.add_argument("--inputs", help="folder of our input files")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("workload", nargs="*", help="part of a name; all without one")
    options = parser.parse_args()
    if os.sep in options.python:  # their programs run in a folder of their own
        options.python = os.path.abspath(options.python)

    wanted = [r for r in RIVALS if not options.workload or any(w in r[0] for w in options.workload)]
    if not wanted:
        parser.error("no workload of such a name; there are " + ", ".join(r[0] for r in RIVALS))
    times = {name: [] for name, _, _ in wanted}
    broken = {}
    for number in range(options.rounds):
        for name, program, _ in wanted:
            if name in broken:
                continue
            print(f"round {number + 1} of {options.rounds}: {name}", file=sys.stderr)
            try:
                pair = [lambda: our_seconds(options, name), lambda: their_seconds(options, program)]
                # Who goes first alternates, so that neither always finds the machine warm.
                if number % 2:
                    theirs, ours = pair[1](), pair[0]()
                else:
                    ours, theirs = pair[0](), pair[1]()
                times[name].append((ours, theirs))
            except (Failed, OSError, ValueError, LookupError) as error:
                broken[name] = str(error)

    print(row("workload", "ours", "theirs", "ratio", "rounds", "bar", ""))
    missed = False
    for name, _, bar in wanted:
        if name in broken:
            continue
        ratios = sorted(theirs / ours for ours, theirs in times[name])
        ratio = statistics.median(ratios)
        missed |= ratio < bar
        ours, theirs = (statistics.median(side) for side in zip(*times[name]))
        print(row(name, in_units(ours), in_units(theirs), f"{ratio:.2f}", f"{ratios[0]:.2f}..{ratios[-1]:.2f}", f"{bar:g}",
                  "reached" if ratio >= bar else "missed"))
    for name, reason in broken.items():
        print(f"{name}: {reason}", file=sys.stderr)
    return 2 if broken else 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
