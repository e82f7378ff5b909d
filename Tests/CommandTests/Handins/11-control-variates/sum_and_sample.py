from variants import main, mistake, right


def ranked(q):
    """The states, the most probable first."""
    return sorted(range(len(q)), key=lambda z: (-q[z], z))


def term(q, values, z, weight, baseline):
    """weight (f(z) − c) s(z)."""
    return [weight * (values[z] - baseline) * ((z == k) - q[k]) for k in range(len(q))]


def total(q, values, baseline, weighted):
    terms = [term(q, values, z, weight, baseline) for z, weight in weighted]
    return [sum(column) for column in zip(*terms)]


def pick(choices, q, states):
    mass = sum(q[z] for z in states)
    return states[choices.choose([q[z] / mass for z in states])]


def mass(q, states):
    return sum(q[z] for z in states)


def summed(q, states):
    return [(z, q[z]) for z in states]


@right("estimate", "as-the-formula")
def _(choices, q, values, count, baseline):
    order = ranked(q)
    head, rest = order[:int(count)], order[int(count):]
    i = pick(choices, q, rest)
    return total(q, values, baseline, summed(q, head) + [(i, mass(q, rest))])


@right("estimate", "one-state-after-the-other")
def _(choices, q, values, count, baseline):
    order = ranked(q)
    left, answer = 1.0, [0.0] * len(q)
    for z in order[:int(count)]:
        answer = [a + t for a, t in zip(answer, term(q, values, z, q[z], baseline))]
        left -= q[z]
    rest = order[int(count):]
    share = left
    for i in rest[:-1]:
        if choices.flip(q[i] / share):
            break
        share -= q[i]
    else:
        i = rest[-1]
    return [a + t for a, t in zip(answer, term(q, values, i, left, baseline))]


@mistake("estimate", "draws-from-all-states")
def _(choices, q, values, count, baseline):
    order = ranked(q)
    head, rest = order[:int(count)], order[int(count):]
    i = choices.choose(q)
    return total(q, values, baseline, summed(q, head) + [(i, mass(q, rest))])


@mistake("estimate", "adds-the-sum-on-top")
def _(choices, q, values, count, baseline):
    head = ranked(q)[:int(count)]
    return total(q, values, baseline, summed(q, head) + [(choices.choose(q), 1)])


@mistake("estimate", "forgets-the-mass-of-the-rest")
def _(choices, q, values, count, baseline):
    order = ranked(q)
    head, rest = order[:int(count)], order[int(count):]
    return total(q, values, baseline, summed(q, head) + [(pick(choices, q, rest), 1)])


@mistake("estimate", "weighs-the-draw-by-itself")
def _(choices, q, values, count, baseline):
    order = ranked(q)
    head, rest = order[:int(count)], order[int(count):]
    i = pick(choices, q, rest)
    return total(q, values, baseline, summed(q, head) + [(i, q[i])])


@mistake("estimate", "normalises-the-sum")
def _(choices, q, values, count, baseline):
    order = ranked(q)
    head, rest = order[:int(count)], order[int(count):]
    whole = mass(q, head)
    i = pick(choices, q, rest)
    return total(q, values, baseline, [(z, q[z] / whole) for z in head] + [(i, mass(q, rest))])


@mistake("estimate", "sums-the-rare")
def _(choices, q, values, count, baseline):
    order = ranked(q)
    rare, others = order[len(q) - int(count):], order[:len(q) - int(count)]
    i = pick(choices, q, others)
    return total(q, values, baseline, summed(q, rare) + [(i, mass(q, others))])


@mistake("estimate", "sums-the-first")
def _(choices, q, values, count, baseline):
    states = list(range(len(q)))
    first, others = states[:int(count)], states[int(count):]
    i = pick(choices, q, others)
    return total(q, values, baseline, summed(q, first) + [(i, mass(q, others))])


@mistake("estimate", "subtracts-from-the-draw-alone")
def _(choices, q, values, count, baseline):
    order = ranked(q)
    head, rest = order[:int(count)], order[int(count):]
    i = pick(choices, q, rest)
    drawn = term(q, values, i, mass(q, rest), baseline)
    return [a + b for a, b in zip(drawn, total(q, values, 0, summed(q, head)))]


@mistake("estimate", "leaves-the-baseline-out")
def _(choices, q, values, count, baseline):
    order = ranked(q)
    head, rest = order[:int(count)], order[int(count):]
    i = pick(choices, q, rest)
    return total(q, values, 0, summed(q, head) + [(i, mass(q, rest))])


main()
