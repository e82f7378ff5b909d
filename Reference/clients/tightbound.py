"""Hand an estimator written in Python to `lessons judge`: protocol 1, standard library only.

    import tightbound

    def estimate(task, choices):
        z = [choices.flip(p) for p in task.q]            # 0 or 1 each
        ...
        return gradient                                  # numbers, lists of them, or an array

    if __name__ == "__main__":
        tightbound.run(estimate)

    $ lessons judge --model case.json -- python3 estimate.py

A program of several functions (homework) ends with `tightbound.serve(globals())` instead: the judge asks for
each by its name, with what it is given as keyword arguments, `def baselines(signals): …`, and `choices` first
where it makes some, `def estimate(choices, signals): …`. A function that is missing, returns None or raises
NotImplementedError is not written yet, and the others are judged all the same.

All that is random comes from `choices`; the judge decides what happens, visits everything that can, and so
knows the exact mean and covariance of what is returned. With NumPy, `choices.flip(array)` and
`choices.normal((S, D))` give arrays. In a test:

    tightbound.assert_unbiased(estimate, model=case, samples=2)
"""

import gc
import json
import math
import os
import sys

VERSION = 1


class Task(dict):
    """What is to be estimated: its keys are attributes, too (`task.samples`)."""

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"the task has no '{name}'; it has {', '.join(self)}") from None


class Choices:
    """The random choices of one run."""

    __slots__ = ("_trail", "_left", "_asked")

    def __init__(self, trail=()):
        self._trail = trail
        self._left = iter(trail)
        self._asked = []

    def _ask(self, question, otherwise):
        self._asked.append(question)
        for outcome in self._left:
            return outcome
        return otherwise

    def flip(self, probability):
        """1 with this probability, else 0; for an array or a list, one flip for each entry."""
        if type(probability) is float and 0.0 <= probability < 1.0:
            # What nearly every call is, without a further one.
            self._asked.append(probability)
            for outcome in self._left:
                return outcome
            return 0
        if hasattr(probability, "__len__"):
            return _like(probability, self.flip)
        p = float(probability)
        if not 0 <= p <= 1:
            raise ValueError(f"expected a probability between 0 and 1, found {p}")
        return int(self._ask(p, 0 if p < 1 else 1))

    def choose(self, probabilities):
        """An index, drawn with these probabilities; for a number n, one below n, all alike."""
        if not hasattr(probabilities, "__len__"):
            probabilities = [1 / probabilities] * int(probabilities)
        law = [float(p) for p in probabilities]
        if not law or min(law) < 0 or abs(math.fsum(law) - 1) > 1e-9:
            raise ValueError(f"expected probabilities that sum to 1, found {law}")
        return int(self._ask(law, next(i for i, p in enumerate(law) if p > 0)))

    def uniform(self, shape=None):
        """A number uniform on [0, 1); `u < p` asks for a flip alone, so that thresholds are exact."""
        return _filled(shape, lambda: Uniform(self))

    def normal(self, shape=None):
        """A draw from N(0, 1), or an array of them."""
        return _filled(shape, lambda: float(self._ask("normal", 0.0)))


class Uniform:
    """A number uniform on [low, high) of which no more is asked than the program looks at."""

    __slots__ = ("_choices", "_low", "_high", "_value")

    def __init__(self, choices):
        self._choices, self._low, self._high, self._value = choices, 0.0, 1.0, None

    def _below(self, threshold):
        if self._value is not None:
            return self._value < threshold
        if threshold <= self._low or threshold >= self._high:
            return threshold >= self._high
        if self._choices.flip((threshold - self._low) / (self._high - self._low)):
            self._high = threshold
            return True
        self._low = threshold
        return False

    def __lt__(self, other):
        return self._below(float(other))

    def __le__(self, other):
        return self._below(float(other))

    def __gt__(self, other):
        return not self._below(float(other))

    def __ge__(self, other):
        return not self._below(float(other))

    def __float__(self):
        if self._value is None:
            whole = (self._low, self._high) == (0.0, 1.0)
            question = "uniform" if whole else {"uniform": [self._low, self._high]}
            self._value = float(self._choices._ask(question, (self._low + self._high) / 2))
        return self._value

    def __mul__(self, factor):
        return _Multiple(self, factor) if isinstance(factor, int) else float(self) * factor

    __rmul__ = __mul__

    def __add__(self, other):
        return float(self) + other

    def __sub__(self, other):
        return float(self) - other

    def __rsub__(self, other):
        return other - float(self)

    def __truediv__(self, other):
        return float(self) / other

    __radd__ = __add__


class _Multiple:
    """n·u, of which only the whole part may be wanted: int(n * u) is a choice among n."""

    def __init__(self, uniform, count):
        self._uniform, self._count = uniform, count

    def __int__(self):
        for k in range(1, self._count):
            if self._uniform < k / self._count:
                return k - 1
        return self._count - 1

    __trunc__ = __floor__ = __int__

    def __float__(self):
        return float(self._uniform) * self._count


def _like(values, make):
    """The same shape as `values`, each entry made anew: an array for an array, else lists."""
    if hasattr(values, "shape") and hasattr(values, "flat"):
        result = values.astype(float)
        result.flat = [make(v) for v in values.flat]
        return result
    return [_like(v, make) if hasattr(v, "__len__") else make(v) for v in values]


def _filled(shape, make):
    if shape is None:
        return make()
    shape = (shape,) if isinstance(shape, int) else tuple(shape)
    numpy = sys.modules.get("numpy")
    count = math.prod(shape)
    values = [make() for _ in range(count)]
    if numpy is not None:
        return numpy.array([float(v) for v in values]).reshape(shape)
    for size in reversed(shape[1:]):
        values = [values[i:i + size] for i in range(0, len(values), size)]
    return values


def _plain(value):
    """A result as JSON has it: numbers and lists; what is not finite by its name."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if hasattr(value, "keys"):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    number = float(value)
    if math.isfinite(number):
        return number
    return "nan" if math.isnan(number) else "inf" if number > 0 else "-inf"


def _text(value):
    """A result as a piece of JSON; a list of plain finite numbers, which most are, at once."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if type(value) is list and set(map(type, value)) == {float}:
        text = repr(value)
        if "n" not in text:
            return text
    return json.dumps(_plain(value), separators=(",", ":"))


def _place(error):
    """Where an error was raised in the program's own code: "estimate.py:12"."""
    place, here = None, os.path.abspath(__file__)
    step = error.__traceback__
    while step:
        name = step.tb_frame.f_code.co_filename
        if os.path.abspath(name) != here:
            place = f"{os.path.basename(name)}:{step.tb_lineno}"
        step = step.tb_next
    return place


_NOT_FINITE = {"inf": math.inf, "-inf": -math.inf, "nan": math.nan}


class _Shared(list):
    """A long list of the task, which all runs see: it cannot be changed, a copy of it can."""

    def _refused(self, *_, **__):
        raise TypeError("this list belongs to the task and is shared by all runs: change a copy, list(…)")

    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refused
    append = extend = insert = remove = pop = clear = sort = reverse = _refused


def _read(value):
    """What the judge wrote, with the names of what is not finite turned into numbers."""
    if isinstance(value, dict):
        return {k: _read(v) for k, v in value.items()}
    if isinstance(value, list):
        read = [_read(v) for v in value]
        return _Shared(read) if len(read) > 64 else read
    return _NOT_FINITE.get(value, value) if isinstance(value, str) else value


def _fresh(value):
    """A copy: what a run does to its task must not reach the next run. Long lists are not copied for each."""
    if isinstance(value, dict):
        copy = Task(value)
        for key, member in value.items():
            if isinstance(member, (list, dict)):
                copy[key] = _fresh(member)
        copy.__dict__.update(copy)
        return copy
    if isinstance(value, _Shared) and not isinstance(value[0], (list, dict)):
        return value
    return [_fresh(v) for v in value] if value and isinstance(value[0], (list, dict)) else value[:]


def _takes_choices(function):
    code = getattr(function, "__code__", None)
    if code is not None:
        return "choices" in code.co_varnames[:code.co_argcount + code.co_kwonlyargcount]
    import inspect

    return "choices" in inspect.signature(function).parameters


def _functions(all_of_them):
    """Functions by their names: some of them, or all of a module's."""
    found = {}
    for one in all_of_them:
        names = one if isinstance(one, dict) else getattr(one, "__dict__", {}) if not callable(one) else None
        if names is None:
            found[one.__name__] = one
        else:
            found.update((n, f) for n, f in names.items() if callable(f) and not n.startswith("_"))
    return found


def run(estimate):
    """Answers the judge with `estimate(task, choices)` until nothing more is asked."""
    _converse(estimate)


def serve(*functions):
    """Answers the judge with the function that it names, until nothing more is asked.

    Give the functions, or `globals()`, or a module. What the task gives goes to the function as keyword
    arguments; a task that names no part goes to `estimate(task, choices)`.
    """
    named = _functions(functions)

    def answer(task, choices):
        part = task.get("part")
        function = named.get("estimate" if part is None else part)
        if function is None:
            raise NotImplementedError
        if part is None:
            return function(task, choices)
        given = task.get("given", {})
        return function(choices, **given) if _takes_choices(function) else function(**given)

    _converse(answer)


def _converse(answer):
    # What the program prints must not get between the lines: its streams become others.
    reading = os.fdopen(os.dup(0), "r", encoding="utf-8")
    writing = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)

    def say(message):
        writing.write(json.dumps(message, separators=(",", ":")) + "\n")

    # Modules that are loaded stay: nobody need look again and again whether they are rubbish.
    gc.freeze()
    task, last = None, None
    for line in reading:
        message = json.loads(line)
        try:
            if "task" in message:
                if message["tightbound"] != VERSION:
                    raise ValueError(f"this client speaks protocol {VERSION}")
                task, last = _read(message["task"]), None
                say({"ready": 1})
            for trail in message.get("runs", ()):
                choices = Choices(trail)
                try:
                    result = answer(_fresh(task), choices)
                except NotImplementedError:
                    result = None
                if result is None:
                    say({"unwritten": 1})
                elif choices._asked == last:
                    writing.write('{"result":' + _text(result) + "}\n")
                else:
                    last = choices._asked
                    asked = json.dumps(last, separators=(",", ":"))
                    writing.write('{"asked":' + asked + ',"result":' + _text(result) + "}\n")
        except Exception as error:  # whatever the program does, its author is told
            message = {"error": f"{type(error).__name__}: {error}"}
            if place := _place(error):
                message["where"] = place
            say(message)
            writing.flush()
            sys.stderr.flush()
            return
        sys.stdout.flush()
        writing.flush()
        if "end" in message:
            return


def assert_unbiased(estimate, model, samples=1, lessons="lessons"):
    """Fails with the judge's words unless the estimator has the exact gradient for its mean.

    `estimate` is a function of a module, `model` a case as a dictionary or the path of one.
    """
    import inspect
    import subprocess
    import tempfile

    source = os.path.abspath(inspect.getsourcefile(estimate))
    with tempfile.TemporaryDirectory() as folder:
        path = model
        if not isinstance(model, (str, os.PathLike)):
            path = os.path.join(folder, "case.json")
            with open(path, "w", encoding="utf-8") as file:
                json.dump(model, file)
        command = [lessons, "judge", "--json", "--model", str(path), "--draws", str(samples), "--", sys.executable,
                   os.path.abspath(__file__), source, estimate.__qualname__]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 2:
        raise ValueError(done.stderr.strip())
    report = json.loads(done.stdout)
    assert done.returncode == 0, report["verdict"]


def _main(path, name):
    import importlib.util

    sys.path.insert(0, os.path.dirname(path))
    sys.modules["tightbound"] = sys.modules[__name__]
    specification = importlib.util.spec_from_file_location("submission", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    found = module
    for part in name.split("."):
        found = getattr(found, part)
    run(found)


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2])
