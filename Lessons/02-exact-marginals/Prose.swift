/// What is read between the checks, in order: the first half of the lesson.
enum Prose {
  static let opening = """
    Count something: letters a day, calls an hour, spikes a second. A textbook says that counts \
    are Poisson, and the fit takes one division: the rate is the mean, here {mixture-mean}. But the \
    variance of these counts is {mixture-variance}, and a Poisson distribution with this mean has the \
    variance {mixture-mean} as well. There are two kinds of days, quiet ones and busy ones, and the \
    record does not say which was which.
    """

  static let whatFollows = """
    The best single Poisson distribution has its peak where the true one has a dip. What was not \
    recorded has to be summed over: p(y) = Σ_z p(z) p(y|z). Lesson 00 said that in general this \
    sum is too long, and made a bound in its place. This lesson is about models in which it is not \
    too long, or in which many of its terms can be put together. You learn to count the terms, to \
    organise the sum, and to read the posterior off its derivative.

    The main line goes from a mixture to factors, to chains, to trees, and ends with the gradient. \
    Two sections in between are called “Aside”, and some paragraphs begin with “An aside”. They may \
    be left out at a first reading.
    """

  static let evidence = """
    In a mixture, exactly one of K components made the datum. Component k is chosen with \
    probability π_k = p(z = k), and then y is drawn from its distribution, here Poisson(y; λ_k) = \
    e^{−λ_k} λ_k^y / y!. The sum has K terms, and a data set of N counts needs N K of them.
    """

  static let evidenceOnePage = """
    Two things can go wrong in a formula so short. The first is the place of the logarithm. It \
    stands outside the sum; inside, it gives the lower bound of lesson 00. The second is the size \
    of the terms. For a count far from all rates each term is smaller than the smallest number \
    that a computer can hold. So the largest one is taken out first:
    """

  static let responsibilities = """
    Divide one term of the sum by the whole sum. This is the posterior r_sk, the share of component \
    k in datum s.
    """

  static let responsibilitiesMeaning = """
    Look at the second line of the chain again. The derivative of the log evidence with respect to a log \
    weight is the posterior. Whoever back-propagates through a mixture has computed Bayes' rule without \
    being asked. The same holds for every model of this lesson, and the section on gradients says why.

    The picture shows the posterior for every count up to 16 and a mixture of three components.
    """

  static let mixing = """
    An aside: a mixture averages probabilities. It does not average draws, and it does not average \
    rates. Each draw comes from one component. The means agree, whichever of them is averaged, so \
    look at the variance. It has two parts, within a component and between components.
    """

  static let mixingMore = """
    A hidden layer of a network is not a latent variable either. Its units are computed from the \
    input and not drawn, so that given the input y has one Poisson distribution with one rate.
    """

  static let tables = """
    An aside: the sum forgets, and what it forgets cannot be found in it again. The two joint \
    tables in the first lines have the same p(x) and opposite posteriors. So a model of what was \
    not seen has to be written down, as p(z) and p(x|z). Data on x alone do not choose between \
    the two tables.
    """

  static let densities = """
    An aside: an integral over a continuous latent is the same sum with infinitely many terms. So \
    is a histogram that was split by a word, and so is a program that squares its random \
    number. The last one is the most general and the least useful: the distribution of a program's \
    result is known only if all its random choices can be visited.
    """

  static let factors = """
    Components compete, but factors cooperate. Let z be D switches, each on or off, and let all \
    that are on change the scores of the words. Then D rows of weights make 2^D different tables of \
    words. This is why people want factors, and the sum has 2^D terms.
    """

  static let factorsMeaning = """
    On this document of three words log p(x) is {document-evidence:.4}, a sum of four terms. Its words \
    are independent given z, because all are drawn from one table. If z is not known they are not \
    independent: each word tells something about z, and so about the other words.
    """

  static let counting = """
    Must a sum over D switches take 2^D terms? Enumeration needs them, but the problem may not. Here \
    is another model with switches: y is a count with rate e^{Σ_d w_d z_d}. If the weights w_d are whole \
    multiples m_d of a unit u, many states have the same rate, and the states with the same rate \
    can be added up first. How probable each total is follows switch by switch.
    """

  static let countingMeaning = """
    The table says what organising is worth, for this model and for those of the next sections. An \
    infinite number of states does not forbid an answer either: a sum has to converge, it does not \
    have to end.
    """
}
