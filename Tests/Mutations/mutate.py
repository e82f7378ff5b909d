#!/usr/bin/env python3
"""Breaks the library on purpose, a line at a time, and sees that somebody notices.

    mutate.py list                the mutations, a line each
    mutate.py check               every place exists exactly once, and what is woven can be parsed
    mutate.py run [ID...]         weave all into a copy, build it once, run each, and say how many
                                  of each room were noticed
      --keep DIR                  the copy stays there
      --woven DIR                 no new copy: one that was kept, and built
      --jobs N                    so many at a time (1)
      --results FILE              a line for each as it ends; what stands there is not run again
    mutate.py weave DIR           the copy alone, not built

A mutation is an entry of mutations.json: where it is (`file`, the text `before` it, the `old` text
and the text `after` it), the `new` text, a `note` that says what is broken, and who must notice:
`checks` (names of lessons' checks: LESSON/INQUIRY/CHECK, each of which must be refused) or `tests`
(filters of `swift test` with | between them, run until a test fails; under the variables of
`environment`, if there are any). One that changes nothing that
anybody could see has a sentence that says why, `equivalent`, in their place; it is not run.

Woven, `old` becomes (mutant(N) ? (new) : (old)), so that one build serves all: the environment
variable MUTANT says which is active. A mutation that is no expression says in `woven` what stands
there, with @ for mutant(N), OLD and NEW. Run without an ID, all must be in the copy.
Exit status: 0 all noticed, 1 some were not, 2 the call or a place was unusable.
"""
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

# How many random problems a check is asked on: first, and then if it still holds.
FEW, ALL = 10, 200

SWIFT_SWITCH = """\
#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

private let active: Int = {
  guard let text = unsafe getenv("MUTANT") else { return 0 }
  return unsafe Int(atol(text))
}()

@usableFromInline
func mutant(_ number: Int) -> Bool { active == number }
"""

C_SWITCH = """\
#ifndef mutant_of
#define mutant_of
// Declared here, since what a file defines before its first header must stay before it.
extern char *getenv(const char *name);
extern int atoi(const char *text);

static inline int mutant(int number) {
  static int active = -1;
  if (active < 0) { const char *text = getenv("MUTANT"); active = text ? atoi(text) : 0; }
  return active == number;
}
#endif
"""


def refuse(message):
    print("mutate.py: " + message, file=sys.stderr)
    sys.exit(2)


def mutations(folder=HERE):
    with open(os.path.join(folder, "mutations.json"), encoding="utf-8") as file:
        found = json.load(file)["mutations"]
    for number, mutation in enumerate(found, 1):
        mutation["number"] = number
    return found


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def write(root, path, text):
    with open(os.path.join(root, path), "w", encoding="utf-8") as file:
        file.write(text)


def place(mutation):
    return mutation["before"] + mutation["old"] + mutation["after"]


def misplaced(root, found):
    """What is wrong with the places, a line each."""
    wrong = []
    for mutation in found:
        path = mutation["file"]
        if not os.path.exists(os.path.join(root, path)):
            wrong.append(f"{mutation['id']}: no file {path}")
            continue
        count = read(root, path).count(place(mutation))
        if count != 1:
            wrong.append(f"{mutation['id']}: its place stands {count} times in {path}")
    return wrong


def module_folder(path):
    """The folder of the module that a file belongs to."""
    return "/".join(path.split("/")[:2])


def is_c(path):
    """Whether a file is C."""
    return path.endswith((".c", ".h"))


def switched(mutation, old):
    """The text that stands in the place of the old one: either of both, by the switch."""
    texts = {"@": f"mutant({mutation['number']})", "NEW": mutation["new"], "OLD": old}
    # In one go: what is put in may have these signs in it.
    return re.sub("@|NEW|OLD", lambda found: texts[found[0]], mutation.get("woven", "(@ ? (NEW) : (OLD))"))


def woven_text(path, text, found):
    """A file with all its mutations, each behind its switch; several may change the same place."""
    places = {}
    for mutation in found:
        start = text.index(place(mutation)) + len(mutation["before"])
        places.setdefault((start, start + len(mutation["old"])), []).append(mutation)
    end = len(text)
    for (start, stop), changes in sorted(places.items(), reverse=True):
        if stop > end:
            refuse(f"{changes[0]['id']} overlaps with another mutation of {path}")
        old = text[start:stop]
        for mutation in changes:
            old = switched(mutation, old)
        text, end = text[:start] + old + text[stop:], start
    return text


def weave(root, found):
    found = [mutation for mutation in found if "equivalent" not in mutation]
    for path in sorted({mutation["file"] for mutation in found}):
        of_file = [mutation for mutation in found if mutation["file"] == path]
        text = woven_text(path, read(root, path), of_file)
        if is_c(path):
            switch = os.path.relpath(module_folder(path) + "/mutant.h", os.path.dirname(path))
            text = f'#include "{switch}"\n' + text
        write(root, path, text)
    for folder, c in sorted({(module_folder(m["file"]), is_c(m["file"])) for m in found}):
        write(root, folder + ("/mutant.h" if c else "/MutantSwitch.swift"), C_SWITCH if c else SWIFT_SWITCH)


def unparsed(root, found):
    """What of the woven Swift cannot be parsed, a line each; nothing where there is no compiler."""
    if not shutil.which("swiftc"):
        return []
    found = [m for m in found if "equivalent" not in m and m["file"].endswith(".swift")]
    with tempfile.TemporaryDirectory(prefix="woven-") as folder:
        paths = []
        for mutation in found:
            text = woven_text(mutation["file"], read(root, mutation["file"]), [mutation])
            paths.append(os.path.join(folder, f"{mutation['number']}.swift"))
            with open(paths[-1], "w", encoding="utf-8") as file:
                file.write(text)
        parsed = subprocess.run(
            ["swiftc", "-frontend", "-parse", *paths], capture_output=True, text=True)
    by_number = {str(mutation["number"]): mutation["id"] for mutation in found}
    places = re.findall(r"(\d+)\.swift:\d+:\d+: error: (.*)", parsed.stderr)
    return [f"{by_number[number]}: woven, {reason}" for number, reason in places]


def build(root, with_tests):
    command = ["swift", "build"] + (["--build-tests"] if with_tests else ["--product", "lessons"])
    started = time.time()
    built = subprocess.run(command, cwd=root, capture_output=True, text=True)
    if built.returncode != 0:
        errors = [line for line in built.stdout.splitlines() if "error:" in line]
        refuse("the woven copy does not build:\n" + "\n".join(errors[:20]))
    print(f"built in {time.time() - started:.0f} s", flush=True)


def run_check(root, number, check, problems):
    """Whether a check holds under a mutation, on so many random problems; one without end does not."""
    lesson = check.split("/")[0]
    try:
        done = subprocess.run(
            [os.path.join(root, ".build/debug/lessons"), "run", lesson, "--only", check, "--models",
             str(problems)],
            env=dict(os.environ, MUTANT=str(number)), capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        return False
    if done.returncode == 2:
        refuse(f"{check}: {done.stderr.strip()}")
    return done.returncode == 0


def run_tests(root, number, name, broken=None, environment=None):
    """The names of the tests that fail under a mutation; with those that fail without one, as far as
    the first that is none of them."""
    command = [
        os.path.join(root, ".build/debug/TightboundPackageTests.xctest"),
        "--testing-library", "swift-testing", "--filter", name]
    process = subprocess.Popen(
        command, cwd=root, env=dict(os.environ, MUTANT=str(number), **(environment or {})),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    late = threading.Event()
    clock = threading.Timer(1800, lambda: (late.set(), process.kill()))
    clock.start()
    failed = set()
    for line in process.stdout:
        line = re.sub(r"\x1b\[[0-9;]*m", "", line)
        found = re.search(r"Test (.+?) (?:failed after|recorded an issue)", line)
        if not found or found[1].startswith("run with"):
            continue
        failed.add(found[1])
        if broken is not None and found[1] not in broken:
            process.kill()
            break
    process.stdout.close()
    status = process.wait()
    clock.cancel()
    if late.is_set():
        return {"(no end)"}
    if status not in (0, 1) and not failed:
        return {f"(ended with status {status})"}
    return failed


def room(mutation):
    """The room of a mutation: a folder of Sources, or the lessons."""
    first, second = mutation["file"].split("/")[:2]
    return second if first == "Sources" else first


def copy_and_weave(copy, found):
    wrong = misplaced(ROOT, found)
    if wrong:
        refuse("\n".join(wrong))
    if os.path.exists(copy) and os.listdir(copy):
        refuse(f"{copy} is not empty")
    left_out = {".build", ".git", "Fuzz", "Examples"}
    shutil.copytree(
        ROOT, copy, dirs_exist_ok=True, symlinks=True,
        ignore=lambda folder, names: left_out & set(names) if folder == ROOT else set())
    weave(copy, found)


def suites(mutation):
    """The filters of a mutation, in the order in which they are tried until one notices."""
    # A | within brackets is one filter's own.
    return re.split(r"\|(?![^()]*\))", mutation["tests"]) if "tests" in mutation else []


class Judge:
    """Runs what must notice, with a mutation, and once without any: what fails then notices nothing."""

    def __init__(self, copy, results):
        self.copy = copy
        self.lock = threading.Lock()
        self.file = results and open(results, "a+", encoding="utf-8")
        self.known = {}
        if self.file:
            self.file.seek(0)
            for line in self.file:
                self.known.update({json.loads(line)["of"]: json.loads(line)})

    def remembered(self, of, run):
        """What was found before, or is found now and written down."""
        if of not in self.known:
            self.known[of] = {"of": of, **run()}
            if self.file:
                self.file.write(json.dumps(self.known[of], ensure_ascii=False) + "\n")
                self.file.flush()
        return self.known[of]

    def holds(self, check):
        """Whether a check holds without a mutation."""
        with self.lock:
            return self.remembered(
                "without: " + check, lambda: {"holds": run_check(self.copy, 0, check, FEW)})["holds"]

    def broken(self, name):
        """The tests of a filter that fail without a mutation."""
        with self.lock:
            return self.remembered(
                "without: " + name,
                lambda: {"failed": sorted(run_tests(self.copy, 0, name))})["failed"]

    def verdict(self, mutation):
        """Who should have noticed a mutation and did not, who did, and after how many seconds."""
        return self.remembered(mutation["id"], lambda: self.judged(mutation))

    def judged(self, mutation):
        number, missed, noticed = mutation["number"], [], []
        checks, filters = mutation.get("checks", []), suites(mutation)
        for check in checks:
            if not self.holds(check):
                refuse(f"{check} does not hold without a mutation")
        started, waiting = time.time(), 0
        for check in checks:
            # Most are refused by the first problems; all that a lesson has are asked of the others.
            holds = all(run_check(self.copy, number, check, count) for count in [FEW, ALL])
            (missed if holds else noticed).append(check)
        for name in filters:
            if not noticed:
                asked = time.time()
                broken = set(self.broken(name))
                waiting += time.time() - asked
                environment = mutation.get("environment")
                noticed += sorted(run_tests(self.copy, number, name, broken, environment) - broken)
        if filters and not noticed:
            missed.append(mutation["tests"])
        return {"missed": missed, "noticed": noticed, "seconds": round(time.time() - started - waiting, 1)}


def judged(found, copy, jobs, results):
    """Runs all of them; the ids of those that somebody missed."""
    judge = Judge(copy, results)
    survivors = []
    tried = [mutation for mutation in found if "equivalent" not in mutation]
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for mutation, verdict in zip(tried, pool.map(judge.verdict, tried)):
            if verdict["missed"]:
                survivors.append(mutation["id"])
                words = "NOT NOTICED by " + ", ".join(verdict["missed"])
            else:
                words = "noticed by " + verdict["noticed"][0]
            print(f"{mutation['id']:44} {verdict['seconds']:5.1f} s  {words}", flush=True)
    return survivors


def table(found, survivors):
    """How many of each room were noticed, and why the others need not be."""
    lines = [f"{'room':14} {'all':>5} {'noticed':>8} {'equivalent':>11} {'missed':>7}"]
    rooms = sorted({room(mutation) for mutation in found})
    for name in rooms + ["all"]:
        of_room = [m for m in found if name in ("all", room(m))]
        equivalent = sum("equivalent" in m for m in of_room)
        missed = sum(m["id"] in survivors for m in of_room)
        noticed = len(of_room) - equivalent - missed
        lines.append(f"{name:14} {len(of_room):5} {noticed:8} {equivalent:11} {missed:7}")
    lines.append(f"{100 * noticed / max(1, len(found)):.1f} % noticed")
    for mutation in found:
        if "equivalent" in mutation:
            lines.append(f"{mutation['id']}: {mutation['note']}; {mutation['equivalent']}")
        elif mutation["id"] in survivors:
            lines.append(f"{mutation['id']}: {mutation['note']}; NOT NOTICED")
    return lines


def run(found, keep, woven, jobs, results):
    if woven:
        numbers = {m["id"]: m["number"] for m in mutations(os.path.join(woven, "Tests/Mutations"))}
        lacking = [m["id"] for m in found if m["id"] not in numbers and "equivalent" not in m]
        if lacking:
            refuse(f"{lacking[0]} is not woven into {woven}")
        for mutation in found:
            mutation["number"] = numbers.get(mutation["id"], 0)
        survivors = judged(found, woven, jobs, results)
    else:
        copy = keep or tempfile.mkdtemp(prefix="mutations-")
        try:
            copy_and_weave(copy, found)
            build(copy, any("tests" in mutation for mutation in found))
            survivors = judged(found, copy, jobs, results)
        finally:
            if not keep:
                shutil.rmtree(copy, ignore_errors=True)
    print("\n".join([""] + table(found, survivors)))
    return 1 if survivors else 0


def option(words, name):
    """Takes an option and its value out of the words of a call."""
    if name not in words:
        return None
    at = words.index(name)
    if at + 1 == len(words):
        refuse(f"{name}: a value is missing")
    value = words[at + 1]
    del words[at:at + 2]
    return value


def main(words):
    found = mutations()
    if words[:1] == ["list"]:
        for mutation in found:
            noticed = ", ".join(mutation.get("checks", [])) or mutation.get("tests")
            print(f"{mutation['id']:44} {mutation['note']}  [{noticed or mutation['equivalent']}]")
        return 0
    if words[:1] == ["check"]:
        wrong = misplaced(ROOT, found) or unparsed(ROOT, found)
        print("\n".join(wrong) or f"all {len(found)} places exist exactly once")
        return 2 if wrong else 0
    if words[:1] == ["weave"] and len(words) == 2:
        copy_and_weave(os.path.abspath(words[1]), found)
        return 0
    if words[:1] == ["run"]:
        names = words[1:]
        keep, woven = option(names, "--keep"), option(names, "--woven")
        jobs, results = option(names, "--jobs") or "1", option(names, "--results")
        if not jobs.isdigit() or jobs == "0":
            refuse(f"--jobs: expected a number, found {jobs}")
        unknown = [name for name in names if name not in {m["id"] for m in found}]
        if unknown:
            refuse(f"no mutation is called {unknown[0]}")
        return run(
            [m for m in found if not names or m["id"] in names], keep and os.path.abspath(keep),
            woven and os.path.abspath(woven), int(jobs), results)
    print(__doc__)
    return 0 if words[:1] in ([], ["--help"]) else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
