/// What is read between the checks, in order: mixtures and factors.
enum Prose {
  static let opening = """
    Count something: letters a day, calls an hour, spikes a second. For counts one first tries a \
    Poisson distribution, and the fit takes one division: the rate is the mean. Suppose the mean is {mixture-mean} and the variance {mixture-variance}. A Poisson \
    distribution with this mean has the variance {mixture-mean} as well. The reason may be two kinds of \
    days, quiet ones and busy ones, and a record that does not say which was which.
    """

  static let beforeBars = """
    With z for the kind of the day, a count y comes from Poisson(2) or from Poisson(9). Each bar below \
    is the sum of both; the last column has the Poisson distribution of the same mean, in numbers:
    """

  static let whatFollows = """
    The true distribution has two peaks, with a dip at 6 between them. A Poisson distribution has one. \
    What was not recorded has to be summed over: p(y) = Σ_z p(z) p(y|z). Lesson 00 said that in general \
    this sum is too long, and made a bound in its place. This lesson is about models in which it is not \
    too long, or in which many of its terms can be put together. You learn to count the terms, to \
    organise the sum, and to read the posterior off its derivative.

    The main line goes from a mixture to factors, to chains, to trees, and ends with the gradient. What \
    leads elsewhere stands after the summary, in three sections that are called optional.
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
    that a computer can hold, and the sum becomes zero. So the largest term is taken out first. Then \
    one of the terms is 1, and it does not matter whether the others are lost:
    """

  static let responsibilities = """
    Divide one term of the sum by the whole sum. This is the posterior r_sk, the share of component \
    k in datum s.
    """

  static let responsibilitiesMeaning = """
    Look at the second line of the chain above again. The derivative of the log evidence with respect to a \
    log weight is the posterior. For this the log weights are moved one by one, as if they were free, \
    although the weights themselves must sum to one. With logits φ, which may be moved freely, one \
    gets r_sk − π_k, as the line under the chain says. Whoever back-propagates through a mixture has \
    computed Bayes' rule without being asked. The section on gradients says why.

    The picture shows the posterior for every count up to 13 and a mixture of three components.
    """

  static let factors = """
    Components compete, but factors cooperate. Let z be D switches, each on or off, and let all \
    that are on change the scores of the words. Then D rows of weights make 2^D different tables of \
    words. This is why people want factors, and the sum has 2^D terms. The document and the weights \
    below are those of lesson 00; there W had a row for each word, here it has a row for each switch.
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
    can be added up first. How probable each total is follows switch by switch: this is called a \
    convolution.
    """

  static let countingNumbers = """
    The five switches have {five-states} states. The totals go from 0 to 13, so {five-totals} terms are \
    enough. It is the numbers that decide, not the graph: with m = (1, 2, 4, 8, 16) every state has a \
    total of its own and all {doubling-totals} terms stay, with m = (1, 1, 1, 1, 1) only \
    {equal-totals} are left. These are the terms of the last sum. The convolution before it goes over \
    the totals once for each switch, and each total there is a sum of two terms: the switch is on or off.
    """
}
