import LessonKit

extension Page {
  static let mixtureHook = """
    Count something: letters a day, calls an hour, spikes a second. The textbook says counts are \
    Poisson, and the fit takes one division: the rate is the mean, here 4.8. But the variance of \
    these counts is 16.56, where the fitted law's is 4.8 too, and the fit puts its peak \
    on the slope between two humps. There are two kinds of days, quiet ones with rate 2 and busy ones \
    with rate 9, and the record does not say which was which.

    What was not recorded has to be summed over. That sum, p(x) = Σ_z p(z) p(x|z), is called the \
    marginal, the evidence, or the partition function, depending on who is speaking. This lesson \
    is about doing it exactly: how many terms it has, how few of them are enough, and what comes \
    for free once it is done.
    """

  static let evidenceProse = """
    With K components the sum has K terms, and a data set of N needs N K of them. The formula \
    holds in one line, yet three things can go wrong in it: where the log stands, what it is a log \
    of, and how small a number may be before it is zero.

        log p(y) = m + log Σ_z exp(a_z − m)
        a_z = log p(z) + log p(y|z),   m = max_z a_z

    Swap log and sum and you have a lower bound (lesson 00 lives on it), not an answer. Forget m \
    and an outlier has probability zero, with a gradient of NaN to follow.
    """

  static let responsibilityProse = """
    Divide one term of the sum by all of it and you have the posterior of the component: how much \
    of the datum each of them may claim. Seen from calculus the same number is the derivative of \
    the log evidence with respect to a log weight. Anyone who back-propagates through a mixture \
    has computed Bayes' rule without being asked.
    """

  static let mixingProse = """
    “A mixture is a weighted average” is true of its probabilities and of nothing else. Every draw \
    comes from one component; averaging draws, rates or vectors gives something that none of the \
    components would produce. The variance is what gives it away:

        Var[y] = E[Var[y|z]] + Var[E[y|z]]       within, and between

    Neither is a hidden layer a latent variable. Its units are computed, not drawn, and whatever \
    the network does, given its input y is one Poisson law with one rate.
    """

  static let tableProse = """
    The marginal forgets, and what it forgets cannot be read off it. The two joints in the first \
    lines have the same p(x) and opposite ideas about who is who. This is why a model of what was \
    not seen has to be written down, in the form of p(z) and p(x|z): data on x alone will not \
    choose between them.
    """

  static let clothesProse = """
    An integral over a continuous latent, a histogram split by a word, a program that squares its \
    random number: each is the same sum. The last is the most general and the least helpful. A \
    program's law is available when all its randomness can be visited, and that is the exception.
    """

  static let factorProse = """
    Components compete: exactly one of them made the datum. Factors cooperate: each switch is on or \
    off, and all that are on have a say in the scores of the words. D switches make 2^D tables out \
    of D rows, which is why people want them, and a sum of 2^D terms, which is why this course \
    goes on after this lesson. Note that the words of a document are independent only given z. \
    With z unknown, each of them is news about the others.
    """

  static let countingProse = """
    “Exponential in D” is what enumeration costs. It is not always what the problem costs. If \
    weights are whole multiples of a unit, many states share a rate, and the law of the sum is a \
    convolution. The rest of the lesson organises other sums: paths that meet in a state, parses \
    that share a span, trees that share a determinant. Nor does an infinite number of \
    states forbid an answer: a sum needs to converge, not to end.
    """

  static let rememberMarginals = """
    An exact marginal is a sum that somebody has organised well. Take logs outside and the largest \
    term out. Ask how many of the terms differ. And keep the posterior that the derivative hands \
    you: every approximation in the lessons to come is measured against it.
    """
}
