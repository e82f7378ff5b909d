"""An estimator case of so many bits, for the scripts beside this one: python3 case.py BITS > case.json"""

import json
import random
import sys

bits, words = int(sys.argv[1]), 6
chance = random.Random(3)
probabilities = [[round(chance.uniform(0.1, 0.9), 3) for _ in range(bits)] for _ in range(2)]
scores = [[round(chance.gauss(0, 1), 3) for _ in range(words)] for _ in range(bits + 1)]
print(
    json.dumps(
        {
            "spec": {
                "model": "latent-factor",
                "prior": probabilities[0],
                "weights": scores[1:],
                "bias": scores[0],
                "observations": [[0, 1, 1, 3, 5]],
            },
            "q": {"probabilities": probabilities[1]},
            "constantBaseline": -4,
        }
    )
)
