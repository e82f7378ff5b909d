import statistics

from variants import main, mistake, right


def kept(memory, decay, mean):
    """The memory for the next step."""
    return decay * memory[0] + (1 - decay) * mean if memory else mean


@right("step", "use-then-remember")
def _(memory, decay, signals):
    return [memory[0] if memory else 0, kept(memory, decay, statistics.fmean(signals))]


@right("step", "moves-towards-the-mean")
def _(memory, decay, signals):
    mean = sum(signals) / len(signals)
    before = memory[0] if memory else mean
    return [sum(memory), before + (1 - decay) * (mean - before)]


@right("step", "one-signal-after-the-other")
def _(memory, decay, signals):
    if not memory:
        return [0, sum(f / len(signals) for f in signals)]
    after = decay * memory[0]
    for f in signals:
        after += (1 - decay) / len(signals) * f
    return [memory[0], after]


@mistake("step", "leaks-its-sample")
def _(memory, decay, signals):
    after = kept(memory, decay, statistics.fmean(signals))
    return [after, after]


@mistake("step", "leaks-at-first")
def _(memory, decay, signals):
    mean = statistics.fmean(signals)
    return [memory[0] if memory else decay * mean, kept(memory, decay, mean)]


@mistake("step", "starts-from-zero")
def _(memory, decay, signals):
    memory = memory or [0]
    return [memory[0], kept(memory, decay, statistics.fmean(signals))]


@mistake("step", "exchanges-the-shares")
def _(memory, decay, signals):
    return [memory[0] if memory else 0, kept(memory, 1 - decay, statistics.fmean(signals))]


@mistake("step", "never-updates")
def _(memory, decay, signals):
    return [memory[0], memory[0]] if memory else [0, statistics.fmean(signals)]


@mistake("step", "forgets-the-past")
def _(memory, decay, signals):
    return [memory[0] if memory else 0, statistics.fmean(signals)]


@mistake("step", "remembers-the-advantage")
def _(memory, decay, signals):
    used = memory[0] if memory else 0
    return [used, kept(memory, decay, statistics.fmean(f - used for f in signals))]


@mistake("step", "remembers-the-sum")
def _(memory, decay, signals):
    return [memory[0] if memory else 0, kept(memory, decay, sum(signals))]


@mistake("step", "remembers-the-first-sample")
def _(memory, decay, signals):
    return [memory[0] if memory else 0, kept(memory, decay, signals[0])]


@mistake("step", "adds-the-memory")
def _(memory, decay, signals):
    return [-memory[0] if memory else 0, kept(memory, decay, statistics.fmean(signals))]


@mistake("step", "does-not-subtract")
def _(memory, decay, signals):
    return [0, kept(memory, decay, statistics.fmean(signals))]


main()
