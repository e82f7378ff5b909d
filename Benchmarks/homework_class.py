#!/usr/bin/env python3
"""Makes a class of homework as classes are, and times `lessons homework grade` over it.

    homework_class.py [--lessons COMMAND] [--students 200] [--seed 1] [--folder FOLDER] [--only-make]

A student hands in lesson 04, three exercises, one in four of them in Swift. Most is right in one wording or
another, some is a known mistake or not written, and every tenth student has something that a grader must
outlive: a loop without end, a crash, a megabyte printed, processes without end, a gigabyte, NaN, a file that
is missing or does not compile, numbers of one's own, a verdict of one's own.

The class is graded; the same again in another folder of results, interrupted after a few seconds and gone on
with; and once more in two shares (--part). The three tables must be the same bytes, and what every kind of
program earns is what it should. Exit status 0 if so, 1 if not.
"""
import argparse
import csv
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PYTHON = {}
SWIFT = {}

PYTHON["score-function"] = {
    "right": [
        """
def estimate(choices, samples, q, baselines, log_joint):
    total = [0.0] * len(q)
    for _ in range(samples):
        z = [choices.flip(p) for p in q]
        log_q = sum(math.log(p if b else 1 - p) for b, p in zip(z, q))
        f = log_joint[sum(b << d for d, b in enumerate(z))] - log_q
        total = [t + (f - c) * (b - p) / samples for t, b, p, c in zip(total, z, q, baselines)]
    return total
""", """
def estimate(choices, samples, q, baselines, log_joint):
    def log_q(state):
        return sum(math.log(p) if state >> d & 1 else math.log1p(-p) for d, p in enumerate(q))
    law = [math.exp(log_q(n)) for n in range(2 ** len(q))]
    states = [choices.choose(law) for _ in range(samples)]
    return [sum((log_joint[n] - log_q(n) - baselines[d]) * ((n >> d & 1) - q[d]) for n in states) / samples
            for d in range(len(q))]
""", """
import numpy as np
def estimate(choices, samples, q, baselines, log_joint):
    q = np.array(q)
    z = np.array([[float(choices.uniform() < p) for p in q] for _ in range(samples)])
    log_q = (z * np.log(q) + (1 - z) * np.log(1 - q)).sum(axis=1)
    f = np.array(log_joint)[(z @ 2 ** np.arange(len(q))).astype(int)] - log_q
    return ((f[:, None] - np.array(baselines)) * (z - q)).mean(axis=0)
"""],
    "wrong": [
        """
def estimate(choices, samples, q, baselines, log_joint):
    total = [0.0] * len(q)
    for _ in range(samples):
        z = [choices.flip(p) for p in q]
        log_q = sum(math.log(p if b else 1 - p) for b, p in zip(z, q))
        f = log_joint[sum(b << d for d, b in enumerate(z))] - log_q
        total = [t - (f - c) * (b - p) / samples for t, b, p, c in zip(total, z, q, baselines)]
    return total
""", """
def estimate(choices, samples, q, baselines, log_joint):
    total = [0.0] * len(q)
    for _ in range(samples):
        z = [choices.flip(p) for p in q]
        f = log_joint[sum(b << d for d, b in enumerate(z))]
        total = [t + (f - c) * (b - p) for t, b, p, c in zip(total, z, q, baselines)]
    return total
"""],
}
PYTHON["running-baseline"] = {
    "right": [
        """
def step(memory, decay, signals):
    mean = sum(signals) / len(signals)
    if not memory:
        return [0.0, mean]
    return [memory[0], decay * memory[0] + (1 - decay) * mean]
""", """
def step(memory, decay, signals):
    mean = statistics.fmean(signals)
    old = memory[0] if len(memory) else None
    return (0, mean) if old is None else (old, old + (1 - decay) * (mean - old))
"""],
    "wrong": [
        """
def step(memory, decay, signals):
    mean = sum(signals) / len(signals)
    new = decay * memory[0] + (1 - decay) * mean if memory else mean
    return [new, new]
""", """
def step(memory, decay, signals):
    mean = sum(signals) / len(signals)
    if not memory:
        return [0.0, mean]
    return [memory[0], (1 - decay) * memory[0] + decay * mean]
"""],
}
PYTHON["leave-one-out"] = {
    "right": [
        """
def baselines(signals):
    total = sum(signals)
    return [(total - f) / (len(signals) - 1) for f in signals]
""", """
def baselines(signals):
    return [statistics.fmean(signals[:s] + signals[s + 1:]) for s in range(len(signals))]
""", """
import numpy as np
def baselines(signals):
    f = np.array(signals)
    return (f.sum() - f) / (f.size - 1)
"""],
    "wrong": [
        """
def baselines(signals):
    return [sum(signals) / len(signals)] * len(signals)
""", """
def baselines(signals):
    total = sum(signals)
    return [(total - f) / len(signals) for f in signals]
"""],
}
HOSTILE = {
    "loop": "while True: pass",
    "crash": "import ctypes; ctypes.string_at(0)",
    "megabyte": "print('x' * (1 << 20)); sys.stderr.write('y' * (1 << 20)); raise ValueError('enough')",
    "nan": "return [math.nan] * 2",
    "fork": "import os\n    while True:\n        try: os.fork()\n        except OSError: pass",
    "memory": "return [float(len(bytearray(4 << 30)))] * 2",
    "exit": "import os; os.write(3, b'passed'); os._exit(0)",
    "verdict": "print('{\"result\":[1,1]}'); sys.exit('passed')",
    "shape": "return [[1.0]]",
    "random": "import random; return [random.random() for _ in range(2)]",
    "daemon": "import os, time\n    if os.fork() == 0:\n        os.setsid()\n        while True: time.sleep(1)\n    return [0.0, 0.0]",
}
HEADS = {
    "score-function": "def estimate(choices, samples, q, baselines, log_joint):",
    "running-baseline": "def step(memory, decay, signals):",
    "leave-one-out": "def baselines(signals):",
}

SWIFT["score-function"] = {
    "right": ["""
func estimate(_ task: Task, _ choices: inout Choices) throws -> [Double] {
  let (samples, q) = (try task.integer("samples"), try task.numbers("q"))
  let (c, logJoint) = (try task.numbers("baselines"), try task.numbers("log_joint"))
  var total = q.map { _ in 0.0 }
  for _ in 0..<samples {
    let z = try q.map { try choices.flip($0) }
    let logQ = zip(z, q).reduce(0.0) { $0 + log($1.0 == 1 ? $1.1 : 1 - $1.1) }
    let f = logJoint[z.indices.reduce(0) { $0 + z[$1] << $1 }] - logQ
    for d in q.indices { total[d] += (f - c[d]) * (Double(z[d]) - q[d]) / Double(samples) }
  }
  return total
}
"""],
    "wrong": ["""
func estimate(_ task: Task, _ choices: inout Choices) throws -> [Double] {
  let (samples, q) = (try task.integer("samples"), try task.numbers("q"))
  let logJoint = try task.numbers("log_joint")
  var total = q.map { _ in 0.0 }
  for _ in 0..<samples {
    let z = try q.map { try choices.flip($0) }
    let f = logJoint[z.indices.reduce(0) { $0 + z[$1] << $1 }]
    for d in q.indices { total[d] += f * (Double(z[d]) - q[d]) / Double(samples) }
  }
  return total
}
"""],
    "hostile": {
        "loop": "func estimate(_ task: Task, _ choices: inout Choices) throws -> [Double] {\n  while true {}\n}\n",
        "crash": "func estimate(_ task: Task, _ choices: inout Choices) throws -> [Double] {\n  return [[Double]]()[3]\n}\n",
        "compile": "func estimate(_ task: Task, _ choices: inout Choices) throws -> [Double] {\n  return &task\n}\n",
    },
}
SWIFT["running-baseline"] = {
    "right": ["""
func step(_ task: Task) throws -> [Double] {
  let (memory, a, f) = (try task.numbers("memory"), try task.number("decay"), try task.numbers("signals"))
  let mean = f.reduce(0, +) / Double(f.count)
  guard let m = memory.first else { return [0, mean] }
  return [m, a * m + (1 - a) * mean]
}
"""],
    "wrong": ["""
func step(_ task: Task) throws -> [Double] {
  let f = try task.numbers("signals")
  let mean = f.reduce(0, +) / Double(f.count)
  return [mean, mean]
}
"""],
    "hostile": {
        "loop": "func step(_ task: Task) throws -> [Double] {\n  while true {}\n}\n",
        "crash": "func step(_ task: Task) throws -> [Double] {\n  fatalError(\"here\")\n}\n",
        "compile": "func step(_ task: Task) throws -> [Double] {\n  let x: Int = 1.5\n}\n",
    },
}
SWIFT["leave-one-out"] = {
    "right": ["""
func baselines(_ task: Task) throws -> [Double] {
  let f = try task.numbers("signals")
  return f.map { (f.reduce(0, +) - $0) / Double(f.count - 1) }
}
"""],
    "wrong": ["""
func baselines(_ task: Task) throws -> [Double] {
  let f = try task.numbers("signals")
  return f.map { _ in f.reduce(0, +) / Double(f.count) }
}
"""],
    "hostile": {
        "loop": "func baselines(_ task: Task) throws -> [Double] {\n  while true {}\n}\n",
        "crash": "func baselines(_ task: Task) throws -> [Double] {\n  return [[1.0][Int.max]]\n}\n",
        "compile": "func baselines(_ task: Task) throws -> [Double] {\n  return nonsense\n}\n",
    },
}
POINTS = {"score-function": 4, "running-baseline": 2, "leave-one-out": 2}


def file_name(exercise, language):
    words = exercise.split("-")
    return "_".join(words) + ".py" if language == "python" else "".join(w.capitalize() for w in words) + ".swift"


def make_student(folder, lessons, language, dice):
    """Writes one homework: what each exercise must earn, and the kinds that are in it."""
    subprocess.run([*lessons, "homework", "new", "04-nvil", folder, "--language", language], check=True,
                   stdout=subprocess.DEVNULL)
    is_hostile = dice.random() < 0.1
    earned, kinds = {}, {}
    for exercise, points in POINTS.items():
        path = os.path.join(folder, file_name(exercise, language))
        share = dice.random()
        kind = "right" if share < 0.65 else "wrong" if share < 0.85 else "stub"
        if is_hostile and (share < 0.5 or exercise == "leave-one-out"):
            kind = "hostile"
        if kind == "stub":
            text, name = None, "stub"
        elif kind == "hostile" and dice.random() < 0.15:
            os.remove(path)
            text, name = None, "missing"
        elif language == "python":
            if kind == "hostile":
                name = dice.choice(sorted(HOSTILE))
                body = HEADS[exercise] + "\n    " + HOSTILE[name] + "\n"
            else:
                name, body = kind, dice.choice(PYTHON[exercise][kind])
            text = ("import math\nimport statistics\nimport sys\nimport tightbound\n" + body
                    + '\nif __name__ == "__main__":\n    tightbound.serve(globals())\n')
        else:
            if kind == "hostile":
                name = dice.choice(sorted(SWIFT[exercise]["hostile"]))
                text = SWIFT[exercise]["hostile"][name]
            else:
                name, text = kind, dice.choice(SWIFT[exercise][kind])
            text = "import Glibc\n" + text
        if text is not None:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        earned[exercise] = points if kind == "right" else 0
        kinds[exercise] = name
    return earned, kinds


def make_class(folder, lessons, count, seed):
    dice = random.Random(seed)
    wanted = {}
    for number in range(count):
        name = f"student{number:03}"
        language = "swift" if dice.random() < 0.25 else "python"
        wanted[name] = make_student(os.path.join(folder, name), lessons, language, dice)
    return wanted


def grade(lessons, folder, results, more=(), interrupt=None):
    """Grades a class, stopped by a signal after so many seconds if one is given: how long it took."""
    students = sorted(os.path.join(folder, name) for name in os.listdir(folder))
    start = time.monotonic()
    with subprocess.Popen([*lessons, "homework", "grade", *students, "--seed", "20261", "--results", results, *more],
                          stdout=subprocess.DEVNULL) as grader:
        if interrupt is not None:
            try:
                grader.wait(interrupt)
            except subprocess.TimeoutExpired:
                grader.send_signal(signal.SIGINT)
        status = grader.wait()
    return time.monotonic() - start, status


def table(results):
    with open(os.path.join(results, "grades.csv"), "rb") as file:
        return file.read()


def misgraded(text, wanted):
    rows = {row["homework"]: row for row in csv.DictReader(text.decode().splitlines())}
    for name, (earned, kinds) in wanted.items():
        for exercise, points in earned.items():
            found = rows.get(name, {}).get(exercise)
            if found is None or float(found) != points:
                yield f"{name} {exercise} ({kinds[exercise]}): {found} points where {points} are wanted"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lessons", default="lessons", help="the command, with its arguments")
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="where the class is kept; else it is removed at the end")
    parser.add_argument("--only-make", action="store_true")
    options = parser.parse_args()
    lessons = options.lessons.split()
    folder = options.folder or tempfile.mkdtemp(prefix="class-")
    students = os.path.join(folder, "students")
    shutil.rmtree(students, ignore_errors=True)
    os.makedirs(students)
    wanted = make_class(students, lessons, options.students, options.seed)
    kinds = {}
    for _, found in wanted.values():
        for name in found.values():
            kinds[name] = kinds.get(name, 0) + 1
    print(", ".join(f"{count} {name}" for name, count in sorted(kinds.items())), flush=True)
    if options.only_make:
        return 0
    places = [os.path.join(folder, name) for name in ("whole", "resumed", "shared")]
    for place in places:
        shutil.rmtree(place, ignore_errors=True)
    whole, _ = grade(lessons, students, places[0])
    print(f"graded in {whole:.0f} s", flush=True)
    stopped, status = grade(lessons, students, places[1], interrupt=min(20, whole / 3))
    kept = len([name for name in os.listdir(places[1]) if name.endswith(".json")])
    rest, _ = grade(lessons, students, places[1])
    print(f"interrupted after {stopped:.0f} s with status {status} and {kept} results, gone on for {rest:.0f} s", flush=True)
    shares = [grade(lessons, students, places[2], ["--part", f"{part}/2"])[0] for part in (1, 2)]
    print(f"in two shares: {shares[0]:.0f} s and {shares[1]:.0f} s", flush=True)
    tables = [table(place) for place in places]
    wrong = list(misgraded(tables[0], wanted))
    print(*wrong, sep="\n", end="\n" if wrong else "")
    same = tables[1] == tables[0] and tables[2] == tables[0]
    print("the three tables are the same" if same else "the tables differ")
    if not options.folder:
        shutil.rmtree(folder)
    return 0 if same and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
