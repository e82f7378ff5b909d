#!/usr/bin/env python3
"""Breaks the library on purpose, a line at a time, and sees that somebody notices.

    mutate.py list                     the mutations, a line each
    mutate.py check                    every place exists exactly once
    mutate.py run [ID...] [--keep DIR] weave all into a copy, build it once, run each

A mutation is an entry of mutations.json: where it is (`file`, the text `before` it, the `old` text
and the text `after` it), the `new` text, a `note` that says what is broken, and who must notice:
`checks` (names of lessons' checks: LESSON/INQUIRY/CHECK, each of which must be refused) or `tests`
(a filter of `swift test`, at least one of whose tests must fail).

Woven, `old` becomes (mutant(N) ? (new) : (old)), so that one build serves all: the environment
variable MUTANT says which is active. A mutation that is no expression says in `woven` what stands
there, with @ for mutant(N). The copy is thrown away unless --keep names a folder for it.
Exit status: 0 all noticed, 1 some were not, 2 the call or a place was unusable.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

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
#include <stdlib.h>
#include "kernels.h"

int mutant(int number) {
  static int active = -1;
  if (active < 0) { const char *text = getenv("MUTANT"); active = text ? atoi(text) : 0; }
  return active == number;
}
"""


def refuse(message):
    print("mutate.py: " + message, file=sys.stderr)
    sys.exit(2)


def mutations():
    with open(os.path.join(HERE, "mutations.json"), encoding="utf-8") as file:
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


def weave(root, found):
    for mutation in found:
        switch = f"mutant({mutation['number']})"
        woven = mutation.get("woven", "(@ ? (NEW) : (OLD))")
        woven = woven.replace("NEW", mutation["new"]).replace("OLD", mutation["old"])
        text = read(root, mutation["file"])
        if text.count(place(mutation)) != 1:
            refuse(f"{mutation['id']} overlaps with another mutation of {mutation['file']}")
        write(
            root, mutation["file"],
            text.replace(
                place(mutation),
                mutation["before"] + woven.replace("@", switch) + mutation["after"]))
    for folder in sorted({module_folder(mutation["file"]) for mutation in found}):
        if folder == "Sources/CKernels":
            write(root, folder + "/mutant.c", C_SWITCH)
            header = folder + "/include/kernels.h"
            text = read(root, header)
            end = text.rindex("#endif")
            write(root, header, text[:end] + "int mutant(int number);\n\n" + text[end:])
        else:
            write(root, folder + "/MutantSwitch.swift", SWIFT_SWITCH)


def build(root, with_tests):
    command = ["swift", "build"] + (["--build-tests"] if with_tests else ["--product", "lessons"])
    started = time.time()
    built = subprocess.run(command, cwd=root, capture_output=True, text=True)
    if built.returncode != 0:
        errors = [line for line in built.stdout.splitlines() if "error:" in line]
        refuse("the woven copy does not build:\n" + "\n".join(errors[:20]))
    print(f"built in {time.time() - started:.0f} s", flush=True)


def run_check(root, number, check):
    """Whether a check holds under a mutation."""
    lesson = check.split("/")[0]
    done = subprocess.run(
        [os.path.join(root, ".build/debug/lessons"), "run", lesson, "--only", check],
        env=dict(os.environ, MUTANT=str(number)), capture_output=True, text=True, timeout=600)
    if done.returncode == 2:
        refuse(f"{check}: {done.stderr.strip()}")
    return done.returncode == 0


def run_tests(root, number, filters):
    """The names of the tests that fail under a mutation."""
    command = [
        os.path.join(root, ".build/debug/TightboundPackageTests.xctest"),
        "--testing-library", "swift-testing"]
    for name in filters.split("|"):
        command += ["--filter", name]
    try:
        done = subprocess.run(
            command, cwd=root, env=dict(os.environ, MUTANT=str(number)), capture_output=True,
            text=True, errors="replace", timeout=1800)
    except subprocess.TimeoutExpired:
        return {"(no end)"}
    text = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
    failed = set(re.findall(r"Test (.+?) (?:failed after|recorded an issue)", text))
    failed = {name for name in failed if not name.startswith("run with")}
    if done.returncode not in (0, 1) and not failed:
        failed = {f"(ended with status {done.returncode})"}
    return failed


def run(found, keep):
    wrong = misplaced(ROOT, found)
    if wrong:
        refuse("\n".join(wrong))
    copy = keep or tempfile.mkdtemp(prefix="mutations-")
    if os.path.exists(copy) and os.listdir(copy):
        refuse(f"{copy} is not empty")
    survivors = []
    try:
        shutil.copytree(
            ROOT, copy, dirs_exist_ok=True,
            ignore=shutil.ignore_patterns(".build", ".git", "Fuzz", "Examples"))
        weave(copy, found)
        build(copy, any("tests" in mutation for mutation in found))
        healthy = {}
        for mutation in found:
            started = time.time()
            missed = []
            for check in mutation.get("checks", []):
                if check not in healthy:
                    healthy[check] = run_check(copy, 0, check)
                if not healthy[check]:
                    refuse(f"{check} does not hold without a mutation")
                if run_check(copy, mutation["number"], check):
                    missed.append(check)
            if "tests" in mutation:
                filters = mutation["tests"]
                if filters not in healthy:
                    healthy[filters] = run_tests(copy, 0, filters)
                if not run_tests(copy, mutation["number"], filters) - healthy[filters]:
                    missed.append(filters)
            verdict = "noticed" if not missed else "NOT NOTICED by " + ", ".join(missed)
            if missed:
                survivors.append(mutation["id"])
            print(f"{mutation['id']:44} {time.time() - started:5.1f} s  {verdict}", flush=True)
    finally:
        if not keep:
            shutil.rmtree(copy, ignore_errors=True)
    print(f"{len(found) - len(survivors)} of {len(found)} mutations noticed")
    return 1 if survivors else 0


def main(words):
    found = mutations()
    if words[:1] == ["list"]:
        for mutation in found:
            noticed = ", ".join(mutation.get("checks", [])) or mutation.get("tests", "")
            print(f"{mutation['id']:44} {mutation['note']}  [{noticed}]")
        return 0
    if words[:1] == ["check"]:
        wrong = misplaced(ROOT, found)
        print("\n".join(wrong) or f"all {len(found)} places exist exactly once")
        return 2 if wrong else 0
    if words[:1] == ["run"]:
        keep = None
        names = words[1:]
        if "--keep" in names:
            at = names.index("--keep")
            if at + 1 == len(names):
                refuse("--keep: a folder is missing")
            keep = os.path.abspath(names[at + 1])
            del names[at:at + 2]
        unknown = [name for name in names if name not in {m["id"] for m in found}]
        if unknown:
            refuse(f"no mutation is called {unknown[0]}")
        return run([m for m in found if not names or m["id"] in names], keep)
    print(__doc__)
    return 0 if words[:1] in ([], ["--help"]) else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
