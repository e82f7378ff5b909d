"""Ways to write the functions of an exercise, right ones and mistakes, each handed in under a name.

    @right("baselines", "by-the-total")
    def _(signals): ...

    @mistake("baselines", "includes-itself")
    def _(signals): ...

`python3 variants.py 04-nvil/leave_one_out.py includes-itself CLIENT` is the program that hands this one in, every
other function unwritten; CLIENT is the path of tightbound.py. A file that the command line names can be read
in the cage.
"""

import os
import sys

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
    """Hands the variant in that was asked for: the last line of every file."""
    import tightbound

    name = sys.argv[2]
    chosen = next(v for v in _all if v["name"] == name)
    tightbound.serve({chosen["part"]: chosen["function"], **(chosen["also"] or {})})


if __name__ == "__main__":
    sys.modules["variants"] = sys.modules["__main__"]
    sys.path.insert(0, os.path.dirname(os.path.abspath(sys.argv[3])))
    with open(sys.argv[1], encoding="utf-8") as file:
        exec(compile(file.read(), sys.argv[1], "exec"), {"__name__": "variant"})
