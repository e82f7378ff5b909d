/// What is read between the checks, in order.
enum Prose {
  static let opening = """
    Count something: letters a day, calls an hour, spikes a second. The textbook says counts are \
    Poisson, and the fit takes one division: the rate is the mean, here 4.8. But the variance of \
    these counts is 16.56, where the fitted law's is 4.8 too, and the fit puts its peak \
    on the slope between two humps. There are two kinds of days, quiet ones with rate 2 and busy \
    ones with rate 9, and the record does not say which was which.

    What was not recorded has to be summed over. That sum, p(x) = Σ_z p(z) p(x|z), is called the \
    marginal, the evidence, or the partition function, depending on who is speaking. This lesson \
    is about doing it exactly: how many terms it has, how few of them are enough, and what comes \
    for free once it is done.
    """

  static let evidence = """
    With K components the sum has K terms, and a data set of N needs N K of them. The formula \
    holds in one line, yet three things can go wrong in it: where the log stands, what it is a log \
    of, and how small a number may be before it is zero.

        log p(y) = m + log Σ_z exp(a_z − m)
        a_z = log p(z) + log p(y|z),   m = max_z a_z

    Swap log and sum and you have a lower bound (lesson 00 lives on it), not an answer. Forget m \
    and an outlier has probability zero, with a gradient of NaN to follow.
    """

  static let responsibilities = """
    Divide one term of the sum by all of it and you have the posterior of the component: how much \
    of the datum each of them may claim. Seen from calculus the same number is the derivative of \
    the log evidence with respect to a log weight. Anyone who back-propagates through a mixture \
    has computed Bayes' rule without being asked.
    """

  static let mixing = """
    “A mixture is a weighted average” is true of its probabilities and of nothing else. Every draw \
    comes from one component; averaging draws, rates or vectors gives something that none of the \
    components would produce. The variance is what gives it away:

        Var[y] = E[Var[y|z]] + Var[E[y|z]]       within, and between

    Neither is a hidden layer a latent variable. Its units are computed, not drawn, and whatever \
    the network does, given its input y is one Poisson law with one rate.
    """

  static let tables = """
    The marginal forgets, and what it forgets cannot be read off it. The two joints in the first \
    lines have the same p(x) and opposite ideas about who is who. This is why a model of what was \
    not seen has to be written down, in the form of p(z) and p(x|z): data on x alone will not \
    choose between them.
    """

  static let densities = """
    An integral over a continuous latent, a histogram split by a word, a program that squares its \
    random number: each is the same sum. The last is the most general and the least helpful. A \
    program's law is available when all its randomness can be visited, and that is the exception.
    """

  static let factors = """
    Components compete: exactly one of them made the datum. Factors cooperate: each switch is on \
    or off, and all that are on have a say in the scores of the words. D switches make 2^D tables \
    out of D rows, which is why people want them, and a sum of 2^D terms, which is why this course \
    goes on after this lesson. Note that the words of a document are independent only given z. \
    With z unknown, each of them is news about the others.
    """

  static let counting = """
    “Exponential in D” is what enumeration costs. It is not always what the problem costs. If \
    weights are whole multiples of a unit, many states share a rate, and the law of the sum is a \
    convolution. The rest of the lesson organises other sums: paths that meet in a state, parses \
    that share a span, trees that share a determinant. Nor does an infinite number of \
    states forbid an answer: a sum needs to converge, not to end.
    """

  static let graphs = """
    A directed graph with a conditional table at every node is two things at once. As a product, \
    p(x) = Π_i p(x_i | parents of x_i), it gives every joint state a probability. As a program it \
    draws one: parents first, then children from the row that the parents chose. That the \
    program has the product as its law is not a manner of speaking. Run it over every outcome of \
    every choice and compare, state by state.
    """

  static let sequences = """
    A tagger for a sentence of twenty words with forty tags has 40²⁰ paths to consider, more \
    than there are grains of sand on all the planets you care to name. It adds them all up, \
    exactly, in the time it takes to read this line. Nothing is approximated. The trick is \
    to notice that a path has forgotten how it came to be where it is.

    In a hidden Markov model each state is drawn from its predecessor and each observation \
    from its state. So paths that meet in a state at step t have the same future, and may be \
    added up there:

        α_t(k) = p(x_t | z_t = k) Σ_j α_{t−1}(j) p(z_t = k | z_{t−1} = j)

    That is a distributive law, Σ_i Σ_j a_i b_j = (Σ_i a_i)(Σ_j b_j), used T − 1 times. In log \
    space the products are sums and the sums are logSumExp, so a sequence of a thousand steps \
    does not underflow.
    """

  static let hiddenStates = """
    “A hidden state is independent of all but its predecessor” is said so often that one \
    stops hearing what it says. Given the predecessor, a state still depends on its own \
    observation, on its successor, and on everything observed later: otherwise there would be \
    no point in smoothing. What it is independent of is the past before the predecessor. The \
    forward recursion needs that, and that an observation is drawn from its own state alone.
    """

  static let chains = """
    The recursion never asked that rows sum to one, nor that they stay the same from step to \
    step. Leave out the first and it computes the partition function of a conditional random \
    field. Leave out the second and the tables may come out of a network that reads all the \
    words so far: once x is observed, its history is a number like any other. A translated \
    sentence whose words come from neighbouring places in the source is a chain as well; if \
    places are drawn without memory (IBM model 1), the chain falls apart into a product of sums.

    Is it a recursion that no parallel machine can hurry? Each step waits for the one before, \
    that much is true of the loop. But the step is a product of matrices, products are \
    associative, and neighbours may be multiplied first, all pairs at once: ⌈log₂ T⌉ rounds.
    """

  static let grammars = """
    “She saw the man with a telescope.” Who has the telescope? A grammar need not decide: it \
    gives both trees a probability and adds them up. Four words have 5 bracketings, twelve \
    have 58 786, and each bracketing can be labelled in as many ways as there are symbols for \
    its nodes. The inside recursion visits none of them. It keeps one number for every span \
    and symbol, because trees that agree on a span and its label fit the same surroundings:

        inside(A, i, j) = Σ_k Σ_{A→BC} p(A → B C) inside(B, i, k) inside(C, k, j)
    """

  static let countingTrees = """
    How many trees is “a Catalan number”? C_{n−1} counts shapes, for n words. Labels multiply it, \
    and rules that rewrite one symbol to one symbol, in a cycle, make it infinite. “Cubic time” \
    likewise leaves something out: each of the (n³ − n)/6 splits is tried with every binary rule, \
    and a large grammar makes that the larger factor.
    """

  static let spanningTrees = """
    A dependency tree hangs every word from another word or from the root. Its edges may cross, \
    so there are no spans to share, and yet the sum over all (n + 1)^(n − 1) trees costs no more \
    than a determinant. Choose a head for every word and multiply the weights; that product of \
    sums counts cycles as well as trees. The determinant of the Laplacian

        L[i][j] = −w(i → j)      L[j][j] = Σ_i w(i → j), the root included

    subtracts exactly the cycles. Its weak side is the subtraction: if the scores of a word's \
    heads differ by hundreds, what is left after subtracting is rounding. Eliminate instead with \
    each diagonal entry recomputed as the sum of its column, and nothing is ever subtracted. \
    That is how the library's own answer is computed; the determinant is only its second route.
    """

  static let gradients = """
    Nobody needs to write a backward recursion again. Write the forward one, ask for its \
    derivative with respect to the log probabilities, and what comes back is the posterior: \
    how often each transition, each rule, each edge is expected to have been used.

        ∇ log Σ_z p(z, x) = Σ_z ∇p(z, x) / p(x) = Σ_z p(z|x) ∇ log p(z, x)

    The middle step is the derivative of a sum, the last is ∇p = p ∇ log p. There is no more to \
    it, and it does not care what z is: a component, a path, a tree, a vector of bits. Where \
    log p(z, x) is a sum of log potentials, its gradient counts them, and the expectation of a \
    count is a marginal.
    """

  static let sampledGradients = """
    It is an expectation, so it can be sampled: draw z from the posterior and average \
    ∇ log p(z, x). Must the draws be independent? For the mean, no: a draw and its own copy \
    average to the right thing. Independence is what makes the variance fall as 1/S. That \
    distinction earns its keep later, when draws come from a chain. What does not come free is \
    the posterior itself; when it cannot be summed, somebody has to approximate it, and the \
    remaining lessons are about that.
    """

  static let tractability = """
    Conditional independence made the chains above tractable. It is not the only thing that \
    can: the trees needed a determinant. Twelve independent causes of one count make 4096 states, \
    and given the count no two of them are independent. If the causes have equal effects the count \
    sees only how many are on: 13 terms do. If the effects are 1, 2, 4, 8 … no two states can be \
    put together, and all 4096 remain. Same graph, other numbers.
    """

  static let remember = """
    An exact marginal is a sum that somebody has organised well. Take logs outside and the largest \
    term out. Ask how many of the terms differ. And keep the posterior that the derivative hands \
    you: every approximation in the lessons to come is measured against it.
    """
}
