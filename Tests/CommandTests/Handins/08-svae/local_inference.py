import math

from variants import main, mistake, right


def digamma(x):
    total = 0.0
    while x < 14:
        total -= 1 / x
        x += 1
    y = 1 / x ** 2
    series = y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y * (1 / 132 - y * 691 / 32760)))))
    return total + math.log(x) - 0.5 / x - series


def constant(k, alpha, row):
    l, kappa, nu, scale = row
    log_weight = digamma(alpha[k]) - digamma(sum(alpha))
    log_variance = math.log(scale / 2) - digamma(nu / 2)
    return log_weight - 0.5 * (1 / kappa + l * l * nu / scale + log_variance + math.log(2 * math.pi))


def told(alpha, components):
    return [[l * nu / scale, nu / scale, constant(k, alpha, (l, kappa, nu, scale))]
            for k, (l, kappa, nu, scale) in enumerate(components)]


def law(potential, messages, responsibilities):
    h = potential[0] + sum(r * row[0] for r, row in zip(responsibilities, messages))
    j = potential[1] + sum(r * row[1] for r, row in zip(responsibilities, messages))
    return [h / j, 1 / j]


def fits(mean, variance, messages):
    return [h * mean - 0.5 * j * (mean * mean + variance) + c for h, j, c in messages]


def softmax(logs):
    weights = [math.exp(v - max(logs)) for v in logs]
    return [w / sum(weights) for w in weights]


@right("messages", "as-the-formula")
def _(alpha, components):
    return told(alpha, components)


@right("messages", "a-parabola-through-three-points")
def _(alpha, components):
    found = []
    for k, (l, kappa, nu, scale) in enumerate(components):
        def message(x):
            # E[(x − μ)²/σ²] = 1/κ + (x − l)² ν/Λ.
            return constant(k, alpha, (0.0, kappa, nu, scale)) - 0.5 * (x - l) ** 2 * nu / scale

        low, middle, high = message(-1), message(0), message(1)
        found.append([(high - low) / 2, 2 * middle - low - high, middle])
    return found


@right("state", "add-then-divide")
def _(potential, messages, responsibilities):
    return law(potential, messages, responsibilities)


@right("state", "one-gaussian-after-the-other")
def _(potential, messages, responsibilities):
    mean, variance = potential[0] / potential[1], 1 / potential[1]
    for r, (h, j, _) in zip(responsibilities, messages):
        gain = r * j * variance / (1 + r * j * variance)
        mean, variance = mean + gain * (h / j - mean), variance * (1 - gain)
    return [mean, variance]


@right("responsibilities", "softmax")
def _(mean, variance, messages):
    return softmax(fits(mean, variance, messages))


@right("responsibilities", "odds")
def _(mean, variance, messages):
    logs = fits(mean, variance, messages)
    return [1 / sum(math.exp(other - v) for other in logs) for v in logs]


@mistake("messages", "inverts-the-mean-variance")
def _(alpha, components):
    shares = [(row[2] - 2) / row[2] for row in components]
    return [[s * h, s * j, c] for s, (h, j, c) in zip(shares, told(alpha, components))]


@mistake("messages", "forgets-the-doubt-of-the-mean")
def _(alpha, components):
    return [[h, j, c + 0.5 / row[1]] for row, (h, j, c) in zip(components, told(alpha, components))]


@mistake("messages", "log-of-the-mean-weight")
def _(alpha, components):
    return [[h, j, c - digamma(a) + digamma(sum(alpha)) + math.log(a / sum(alpha))]
            for a, (h, j, c) in zip(alpha, told(alpha, components))]


@mistake("state", "adds-variances")
def _(potential, messages, responsibilities):
    mean, variance = law(potential, messages, responsibilities)
    wide = 1 / potential[1] + 1 / sum(r * row[1] for r, row in zip(responsibilities, messages))
    return [mean / variance * wide, wide]


@mistake("state", "picks-the-likeliest-cluster")
def _(potential, messages, responsibilities):
    best = responsibilities.index(max(responsibilities))
    return law(potential, messages, [float(k == best) for k in range(len(messages))])


@mistake("state", "adds-variances-of-means")
def _(potential, messages, responsibilities):
    _, variance = law(potential, messages, responsibilities)
    precision = sum(r * row[1] for r, row in zip(responsibilities, messages))
    mean = sum(r * row[0] / row[1] for r, row in zip(responsibilities, messages))
    return [variance * (potential[0] + precision * mean), variance]


@mistake("responsibilities", "ignores-the-variance-of-x")
def _(mean, variance, messages):
    return softmax(fits(mean, 1e-12, messages))


@mistake("responsibilities", "forgets-to-normalise")
def _(mean, variance, messages):
    return [math.exp(v) for v in fits(mean, variance, messages)]


main()
