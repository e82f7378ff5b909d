"""Recomputes the steps of lessons from what is printed above them, and from nothing else.

    lessons run 00-jensen-elbo 01-kl-forms --json | python3 Tests/Independent/recompute.py

Reads the JSON, takes the `given` of each exercise and the `changes` of each check, evaluates both
sides of each step by the functions below, which know the formula alone, and compares them with the numbers
on the page. Exit status 1 where a number differs or a step has no function. Standard library only.
"""

import importlib
import json
import math
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

LESSONS = {"00-jensen-elbo": "lesson00", "01-kl-forms": "lesson01"}


def close(one, other, allowed=1e-9):
    """Whether two sides, numbers or lists of numbers, agree."""
    one = one if isinstance(one, list) else [one]
    other = other if isinstance(other, list) else [other]
    return len(one) == len(other) and all(
        a == b or abs(a - b) <= allowed * max(1, abs(a), abs(b)) for a, b in zip(one, other)
    )


def main():
    wrong = steps = 0
    for lesson in json.load(sys.stdin)["lessons"]:
        functions = importlib.import_module(LESSONS[lesson["id"]]).STEPS
        given = {
            exercise["id"]: {item["symbol"]: item["value"] for item in exercise["given"]}
            for exercise in lesson["exercises"]
        }
        for check in lesson["checks"]:
            if check["role"] != "step":
                continue
            steps += 1
            name = check["id"].split("/", 1)[1]
            if name not in functions:
                wrong += 1
                print(f"{check['id']}: no function recomputes it")
                continue
            symbols = dict(given[check["exercise"]])
            symbols.update({item["symbol"]: item["value"] for item in check["changes"]})
            left, right = functions[name](symbols)
            example = check["example"]
            if not (close(left, example["left"]) and close(right, example["right"])):
                wrong += 1
                print(f"{check['id']}: {left}, {right} where the page has {example}")
    print(f"{steps} steps recomputed, {wrong} wrong")
    return 1 if wrong or not steps else 0


if __name__ == "__main__":
    sys.exit(main())
