from variants import main, mistake, right


def mean(probabilities, values):
    return sum(p * v for p, v in zip(probabilities, values))


def average(values):
    return sum(values) / len(values)


@right("coefficient", "covariance-over-variance")
def _(probabilities, signals, control):
    f, h = mean(probabilities, signals), mean(probabilities, control)
    both = mean(probabilities, [(a - f) * (b - h) for a, b in zip(signals, control)])
    return both / mean(probabilities, [(b - h) ** 2 for b in control])


@right("coefficient", "moments-subtracted")
def _(probabilities, signals, control):
    f, h = mean(probabilities, signals), mean(probabilities, control)
    products = mean(probabilities, [a * b for a, b in zip(signals, control)])
    return (products - f * h) / (mean(probabilities, [b * b for b in control]) - h * h)


@mistake("coefficient", "upside-down-coefficient")
def _(probabilities, signals, control):
    f, h = mean(probabilities, signals), mean(probabilities, control)
    both = mean(probabilities, [(a - f) * (b - h) for a, b in zip(signals, control)])
    return both / mean(probabilities, [(a - f) ** 2 for a in signals])


@mistake("coefficient", "not-centred")
def _(probabilities, signals, control):
    products = mean(probabilities, [a * b for a, b in zip(signals, control)])
    return products / mean(probabilities, [b * b for b in control])


@right("corrected", "term-by-term")
def _(signals, control, mean, coefficient):
    return average([f - coefficient * (h - mean) for f, h in zip(signals, control)])


@right("corrected", "means-first")
def _(signals, control, mean, coefficient):
    return average(signals) - coefficient * (average(control) - mean)


@mistake("corrected", "adds-the-control")
def _(signals, control, mean, coefficient):
    return average([f + coefficient * (h - mean) for f, h in zip(signals, control)])


@mistake("corrected", "never-adds-back")
def _(signals, control, mean, coefficient):
    return average([f - coefficient * h for f, h in zip(signals, control)])


@mistake("corrected", "centred-by-the-draws")
def _(signals, control, mean, coefficient):
    return average(signals)


@right("fitted", "least-squares")
def _(signals, control):
    if len(set(control)) == 1:
        return 0
    f, h = average(signals), average(control)
    return sum((a - f) * (b - h) for a, b in zip(signals, control)) / sum((b - h) ** 2 for b in control)


@mistake("fitted", "fits-through-zero")
def _(signals, control):
    return sum(a * b for a, b in zip(signals, control)) / sum(b * b for b in control)


main()
