"""Ways to write the functions of an exercise, right ones and mistakes, each handed in under a name.

    @right("baselines", "by-the-total")
    def _(signals): ...

    @mistake("baselines", "includes-itself")
    def _(signals): ...

`python3 leave_one_out.py --list` names them; `python3 leave_one_out.py includes-itself` is the program that
hands this one in, every other function unwritten.
"""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../Reference/clients"))
import tightbound  # noqa: E402

_all = []


def _variant(kind, part, name, also):
    def note(function):
        _all.append({"kind": kind, "part": part, "name": name, "function": function, "also": also})
        return function

    return note


def right(part, name):
    """A right way to write a part."""
    return _variant("right", part, name, None)


def mistake(part, name, also=None):
    """A wrong way, with the name that the catalogue has for it; `also` are other parts that it spoils."""
    return _variant("mistake", part, name, also)


def main():
    if sys.argv[1] == "--list":
        print(json.dumps([{key: v[key] for key in ("kind", "part", "name")} for v in _all]))
        return
    chosen = next(v for v in _all if v["name"] == sys.argv[1])
    tightbound.serve({chosen["part"]: chosen["function"], **(chosen["also"] or {})})
