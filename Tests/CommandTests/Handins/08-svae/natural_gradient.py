from variants import main, mistake, right


def tally(rows):
    """(count, first, second) of each cluster, in the coordinates of η."""
    return [row[0] for row in rows] + [v for n, x, xx in rows for v in (x, n, xx, n)]


def natural(alpha, components):
    return [a - 1 for a in alpha] + [v for l, k, nu, s in components for v in (k * l, k, s + k * l * l, nu + 3)]


def expected(means, variances, responsibilities):
    sums = [[0.0] * 3 for _ in responsibilities[0]]
    for m, v, row in zip(means, variances, responsibilities):
        for k, r in enumerate(row):
            sums[k] = [a + r * b for a, b in zip(sums[k], (1, m, m * m + v))]
    return tally(sums)


def truncated(prior_alpha, prior_components, alpha, components, means, variances, responsibilities):
    return [p + t - q for p, t, q in zip(
        natural(prior_alpha, prior_components), expected(means, variances, responsibilities),
        natural(alpha, components))]


def moved(m, v, h, j):
    """The rates of E[x] and E[x²] along a tilt h x − ½ j x²."""
    mean = v * (h - j * m)
    return mean, 2 * m * mean - v * v * j


def follow(m, v, r, tilt, potentials):
    """The rates of r, E[x] and E[x²]: what the backward pass of many sweeps would find."""
    rates = [0.0] * len(r)
    for _ in range(10000):
        mean, square = moved(m, v, *(t + sum(d * p[i] for d, p in zip(rates, potentials))
                                     for i, t in enumerate(tilt)))
        logs = [h * mean - 0.5 * j * square for h, j in potentials]
        average = sum(a * b for a, b in zip(r, logs))
        new = [a * (b - average) for a, b in zip(r, logs)]
        gap = max(abs(a - b) for a, b in zip(rates, new))
        rates = new
        if gap < 1e-17:
            break
    return rates, mean, square


def told(components):
    return [(l * nu / scale, nu / scale) for l, _, nu, scale in components]


def differences(potentials, asked):
    return [(h2 - h1, j2 - j1) for (h1, j1), (h2, j2) in zip(potentials, asked)]


def summed(components, means, variances, responsibilities, tilts, law=follow):
    sums = [[0.0] * 3 for _ in components]
    for m, v, r, tilt in zip(means, variances, responsibilities, tilts):
        rates, mean, square = law(m, v, r, tilt, told(components))
        for k, (d, weight) in enumerate(zip(rates, r)):
            change = (d, d * m + weight * mean, d * (m * m + v) + weight * square)
            sums[k] = [a + b for a, b in zip(sums[k], change)]
    return tally(sums)


def two_clusters(m, v, r, tilt, potentials):
    """With two clusters everything goes along one line: the difference of their potentials."""
    line = [a - b for a, b in zip(*potentials)]

    def along(mean, square):
        return line[0] * mean - 0.5 * line[1] * square

    spread = r[0] * r[1]
    rate = spread * along(*moved(m, v, *tilt)) / (1 - spread * along(*moved(m, v, *line)))
    return [rate, -rate], *moved(m, v, *(t + rate * d for t, d in zip(tilt, line)))


right("truncated", "sums")(truncated)


@right("local_term", "many-sweeps")
def _(alpha, components, means, variances, responsibilities, potentials, asked):
    return summed(components, means, variances, responsibilities, differences(potentials, asked))


@right("local_term", "one-equation-for-two-clusters")
def _(alpha, components, means, variances, responsibilities, potentials, asked):
    return summed(components, means, variances, responsibilities, differences(potentials, asked), two_clusters)


@right("potential_gradient", "many-sweeps-a-point")
def _(alpha, components, means, variances, responsibilities, potentials, asked):
    found = []
    for m, v, r, tilt in zip(means, variances, responsibilities, differences(potentials, asked)):
        _, mean, square = follow(m, v, r, tilt, told(components))
        found += [mean, -0.5 * square]
    return found


@mistake("local_term", "drops-the-local-term")
def _(components, **_):
    return [0.0] * (5 * len(components))


@mistake("local_term", "tilts-to-the-decoder")
def _(alpha, components, means, variances, responsibilities, potentials, asked):
    return summed(components, means, variances, responsibilities, asked)


@mistake("local_term", "tilts-the-wrong-way")
def _(alpha, components, means, variances, responsibilities, potentials, asked):
    return summed(components, means, variances, responsibilities, differences(asked, potentials))


@mistake("local_term", "holds-the-assignments")
def _(alpha, components, means, variances, responsibilities, potentials, asked):
    return summed(components, means, variances, responsibilities, differences(potentials, asked),
                  lambda m, v, r, tilt, _: ([0.0] * len(r), *moved(m, v, *tilt)))


@mistake("truncated", "forgets-the-prior")
def _(prior_alpha, prior_components, alpha, components, means, variances, responsibilities):
    return [t - q for t, q in zip(expected(means, variances, responsibilities), natural(alpha, components))]


@mistake("truncated", "squares-of-means")
def _(variances, **given):
    return truncated(variances=[0.0] * len(variances), **given)


@mistake("potential_gradient", "takes-the-surrogates-gradient")
def _(means, variances, **_):
    return [number for m, v in zip(means, variances) for number in (m, -0.5 * (m * m + v))]


main()
