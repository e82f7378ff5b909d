#!/usr/bin/env python3
"""The most probable path of the chain of 32 states and 2000 steps by hmmlearn's Viterbi: seconds, as a line of JSON."""
import json
import os
import statistics
import time

import numpy as np
from hmmlearn import hmm

HERE = os.path.dirname(os.path.abspath(__file__))

with open(os.path.join(HERE, "hmm-k32-t2000.json"), encoding="utf-8") as file:
    work = json.load(file)
spec = work["spec"]
model = hmm.CategoricalHMM(n_components=len(spec["initial"]), params="", init_params="")
model.startprob_, model.transmat_ = np.asarray(spec["initial"]), np.asarray(spec["transition"])
model.emissionprob_ = np.asarray(spec["emission"]["probabilities"])
model.n_features = model.emissionprob_.shape[1]
symbols = np.asarray(spec["observations"][0])[:, None]

log_probability, _ = model.decode(symbols)
wanted = work["reference"]["explanation"][0]["logProbability"]
assert abs(log_probability - wanted) < 1e-8 * max(1, abs(wanted)), (log_probability, wanted)

times = []
for _ in range(15):
    calls, start = 0, time.perf_counter()
    while time.perf_counter() - start < 0.05:
        model.decode(symbols)
        calls += 1
    times.append((time.perf_counter() - start) / calls)
print(json.dumps({"name": "hmmlearn decode", "seconds_per_op": statistics.median(times)}))
