"""Ask `lessons oracle` from Python: exact evidence, posterior and gradient of a model, standard library only.

    from tightbound_oracle import oracle

    answer = oracle({"model": "hmm", "initial": [0.6, 0.4], ...}, ask=["gradient"])
    assert abs(mine(...) - answer["logEvidence"][0]) < 1e-9

A model is what `lessons oracle --example KIND` prints, as a dictionary; NumPy arrays and numbers may stand in it. One
process answers all calls, so that a property test asks thousands of times a second.

Numbers are numbers: log 0 is `float("-inf")`, and what an impossible observation leaves undefined is `None`. With
`arrays=True` every list of numbers, or of lists of the same length, is a NumPy array of floats, with NaN in place of
`None`; lists of different lengths stay lists, of arrays.

A model that has no exact answer raises `Refused`, with the reason.
"""

import atexit
import json
import os
import subprocess
import threading

__all__ = ["Oracle", "Refused", "oracle"]


class Refused(ValueError):
    """Why there is no exact answer: the place in the model, and the reason."""


class Oracle:
    """A process of `lessons oracle --jsonl` that answers a model at a time.

    `lessons` is the command, or a list with what stands before it; `options` are passed on, such as
    `["--method", "brute-force"]`. It ends with the program, or with `close()`, or with a `with` block.
    """

    def __init__(self, lessons=None, options=()):
        command = lessons or os.environ.get("TIGHTBOUND_LESSONS", "lessons")
        words = [command] if isinstance(command, str) else list(command)
        self._command = [*words, "oracle", "-", "--jsonl", *options]
        self._process = None
        self._lock = threading.Lock()
        atexit.register(self.close)

    def __call__(self, model, ask=(), samples=None, seed=None, arrays=False):
        """The answer to a model, as a dictionary; `ask` names what else is asked, such as "gradient"."""
        asked = dict(model)
        if ask:
            asked["ask"] = [ask] if isinstance(ask, str) else list(ask)
        if samples is not None:
            asked["samples"] = samples
        if seed is not None:
            asked["seed"] = seed
        line = json.dumps(asked, default=_plain, separators=(",", ":"))
        answer = json.loads(self._exchange(line))
        if "refused" in answer and len(answer) == 1:
            raise Refused(answer["refused"])
        return {key: _numbers(value, key, arrays) for key, value in answer.items()}

    def _exchange(self, line):
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._process = subprocess.Popen(
                    self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
            try:
                self._process.stdin.write(line + "\n")
                self._process.stdin.flush()
                answer = self._process.stdout.readline()
            except OSError:
                answer = ""
            if not answer:
                status = self._process.wait()
                self._process = None
                raise RuntimeError(f"{' '.join(self._command)} ended with status {status}")
            return answer

    def close(self):
        """Ends the process; a later call starts another."""
        with self._lock:
            process, self._process = self._process, None
            if process is None:
                return
            process.stdin.close()
            process.stdout.close()
            process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


_shared = None


def oracle(model, ask=(), samples=None, seed=None, arrays=False):
    """The exact answer to a model, by a process that all calls share."""
    global _shared
    if _shared is None:
        _shared = Oracle()
    return _shared(model, ask, samples, seed, arrays)


def _plain(value):
    """What JSON does not know: NumPy's numbers and arrays, and everything else with `tolist`, as PyTorch's and JAX's."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"a model holds numbers, words, lists and dictionaries, not {type(value).__name__}")


# Words may stand here, and one of them could be "-inf".
_WORDS = {"method", "route", "explanation", "samples", "differences"}


def _numbers(value, key, arrays):
    if key in _WORDS:
        return value
    if isinstance(value, dict):
        return {name: _numbers(entry, name, arrays) for name, entry in value.items()}
    value = _with_infinities(value)
    return _array(value) if arrays and isinstance(value, list) else value


def _with_infinities(value):
    if value == "-inf":
        return float("-inf")
    if isinstance(value, list):
        return [_with_infinities(entry) for entry in value]
    if isinstance(value, dict):
        return {name: _with_infinities(entry) for name, entry in value.items()}
    return value


def _array(value):
    """An array where all entries have one shape, `None` being of any; a list of such things otherwise."""
    import numpy

    entries = [_array(entry) if isinstance(entry, list) else entry for entry in value]
    if any(isinstance(entry, (list, dict, str)) for entry in entries):
        return entries
    shapes = {numpy.shape(entry) for entry in entries if entry is not None}
    if len(shapes) > 1:
        return entries
    shape = shapes.pop() if shapes else ()
    undefined = numpy.full(shape, numpy.nan)
    return numpy.array([undefined if entry is None else entry for entry in entries], dtype=float)
