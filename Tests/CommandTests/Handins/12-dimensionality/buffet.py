import math

from variants import main, mistake, right


def harmonic(customers):
    return sum(1 / n for n in range(1, int(customers) + 1))


def log_rate(rate, customers, m):
    n = int(customers)
    return math.log(rate) + math.lgamma(n - m + 1) + math.lgamma(m) - math.lgamma(n + 1)


@right("old_dish", "share-of-the-others")
def _(tasters, customer):
    return tasters / customer


@mistake("old_dish", "counts-the-others-only")
def _(tasters, customer):
    return tasters / (customer - 1)


@mistake("old_dish", "adds-one")
def _(tasters, customer):
    return (tasters + 1) / (customer + 1)


@right("new_dishes", "fewer-each-time")
def _(rate, customer):
    return rate / customer


@mistake("new_dishes", "as-many-for-everyone")
def _(rate, customer):
    return rate


@mistake("new_dishes", "one-customer-late")
def _(rate, customer):
    return rate / (customer + 1)


@right("log_probability", "paper")
def _(rate, customers, counts, tasters):
    total = -rate * harmonic(customers)
    for k, m in zip(counts, tasters):
        total += k * log_rate(rate, customers, m) - math.lgamma(k + 1)
    return total


@right("log_probability", "poisson-by-poisson")
def _(rate, customers, counts, tasters):
    n = int(customers)
    rest = rate * harmonic(n)
    total = 0
    for k, m in zip(counts, tasters):
        mean = rate / (m * math.comb(n, int(m)))
        rest -= mean
        total += k * math.log(mean) - mean - math.log(math.factorial(int(k)))
    return total - rest


@mistake("log_probability", "tells-dishes-apart")
def _(rate, customers, counts, tasters):
    total = -rate * harmonic(customers)
    return total + sum(k * log_rate(rate, customers, m) for k, m in zip(counts, tasters))


@mistake("log_probability", "forgets-the-harmonic-number")
def _(rate, customers, counts, tasters):
    total = -rate
    for k, m in zip(counts, tasters):
        total += k * log_rate(rate, customers, m) - math.lgamma(k + 1)
    return total


@mistake("log_probability", "counts-one-more")
def _(rate, customers, counts, tasters):
    total = -rate * harmonic(customers)
    for k, m in zip(counts, tasters):
        total += k * (log_rate(rate, customers, m) + math.log(m)) - math.lgamma(k + 1)
    return total


main()
