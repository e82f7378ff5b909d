import math

from variants import main, mistake, right


def accepted(target, proposal, i, j):
    if proposal[i][j] <= 0:
        return 0.0
    return min(1.0, target[j] * proposal[j][i] / (target[i] * proposal[i][j]))


@right("acceptance", "a-ratio")
def _(**given):
    return accepted(given["target"], given["proposal"], int(given["from"]), int(given["to"]))


@right("acceptance", "by-flows")
def _(**given):
    target, proposal, i, j = given["target"], given["proposal"], int(given["from"]), int(given["to"])
    there, back = target[i] * proposal[i][j], target[j] * proposal[j][i]
    return min(there, back) / there if there > 0 else 0


@mistake("acceptance", "forgets-hastings")
def _(**given):
    target, i, j = given["target"], int(given["from"]), int(given["to"])
    return min(1.0, target[j] / target[i]) if given["proposal"][i][j] > 0 else 0


@mistake("acceptance", "proposals-upside-down")
def _(**given):
    target, proposal, i, j = given["target"], given["proposal"], int(given["from"]), int(given["to"])
    if proposal[i][j] <= 0 or proposal[j][i] <= 0:
        return 0
    return min(1.0, target[j] * proposal[i][j] / (target[i] * proposal[j][i]))


@mistake("acceptance", "compares-with-itself")
def _(**given):
    return 1


@mistake("acceptance", "takes-g-for-its-logarithm")
def _(**given):
    target, proposal, i, j = given["target"], given["proposal"], int(given["from"]), int(given["to"])
    if proposal[i][j] <= 0:
        return 0
    return min(1.0, math.exp(target[j] - target[i]) * proposal[j][i] / proposal[i][j])


@mistake("acceptance", "barker")
def _(**given):
    target, proposal, i, j = given["target"], given["proposal"], int(given["from"]), int(given["to"])
    there, back = target[i] * proposal[i][j], target[j] * proposal[j][i]
    return back / (there + back) if there > 0 else 0


@right("next", "proposes-then-flips")
def _(choices, target, proposal, state):
    i = int(state)
    j = choices.choose(proposal[i])
    return [j if choices.flip(accepted(target, proposal, i, int(j))) else i]


@right("next", "draws-from-the-row-of-the-matrix")
def _(choices, target, proposal, state):
    i = int(state)
    row = [proposal[i][j] * accepted(target, proposal, i, j) for j in range(len(target))]
    row[i] += 1 - sum(row)
    return [choices.choose([max(0.0, p) for p in row])]


@mistake("next", "drops-the-rejected")
def _(choices, target, proposal, state):
    i = int(state)
    row = [proposal[i][j] * accepted(target, proposal, i, j) for j in range(len(target))]
    return [choices.choose([p / sum(row) for p in row])]


main()
