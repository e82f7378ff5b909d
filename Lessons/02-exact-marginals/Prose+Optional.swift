/// What is read between the checks after the summary: what leads elsewhere.
extension Prose {
  static let mixing = """
    A mixture averages probabilities. It does not average draws, and it does not average rates. Each \
    draw comes from one component. The means agree, whichever of them is averaged, so look at the \
    variance. It has two parts, within a component and between components.
    """

  static let mixingMore = """
    A ratio above 1 refutes one Poisson distribution. It does not prove two: lesson 01 fitted a negative \
    binomial distribution with the same mean and variance.
    """

  static let tables = """
    The sum forgets, and what it forgets cannot be found in it again. Take a joint table p(x, y), and \
    for each x let the two values of y change places. The new table p′(x, y) has the same p(x) and the \
    opposite posteriors. So a model of what was not seen has to be written down. Data on x alone do \
    not choose between the two tables.
    """

  static let densities = """
    An integral over a continuous latent is the same sum with infinitely many terms. Nor does an \
    infinite number of states forbid an answer: a sum has to converge, it does not have to end (erratum \
    E-067).
    """

  static let graphs = """
    Any directed graph with a table at each node can be read in two ways. As a product, \
    p(c₁, c₂, …) = Π_i p(c_i|parents of c_i), it gives a probability to each joint state. As a program, it \
    draws parents first and then their children. The check runs the program over every outcome of \
    every choice, and both agree state by state.
    """

  static let hiddenStates = """
    Lecture L4, by Wilker Aziz, says that a hidden state is independent of all but its predecessor (errata E-053 and \
    E-054). Given its predecessor, a state still depends on its own symbol, on its successor, and on all \
    symbols after it. What it is independent of is the past before the predecessor. This is what the \
    recursion needs, together with symbols that depend on their own state alone.
    """

  static let chains = """
    The recursion never asked that rows sum to one, nor that they are the same at each step. Without \
    the first, it computes the log Z of a conditional random field. Without the second, the tables may \
    be the outputs of a network that reads all the symbols so far, which are known.

    Can it run in parallel? Each step waits for the one before. But a step is a product of matrices, \
    products are associative, and neighbours may be multiplied first, all pairs at once. That takes \
    ⌈log₂ T⌉ rounds in place of T − 1 steps. It has its price: a product of two matrices adds K³ terms \
    where a step adds K². The tagger above has 20 steps, the first of which is a vector. In each of \
    {scan-rounds} rounds the vector meets one matrix, which makes {pair-rows} of the products; the other \
    {pair-matrices} are of two matrices. In all they add {pair-terms:6} terms, where the recursion adds \
    {tagger-terms:6}.
    """

  static let alignment = """
    The words of a translation come from places in the source. If each place depends on the one before \
    (Vogel, Ney and Tillmann 1996), this is a chain as well, whose hidden states z_1 … z_J are places, and b_i(x) is the probability that place i is translated as the word x. \
    If places are drawn without memory (model 1 of Brown et al. 1993), the sum over alignments is a \
    product of short sums.
    """

  static let totals = """
    This is the model of the switches once more, with the count of its terms. Twelve switches with \
    equal weights need {equal-causes:5} terms, with weights 1, 2, 4, 8 … all {doubling-causes:5}. The \
    graph is the same, the numbers are not (erratum E-066).
    """

  static let countingTrees = """
    How many trees has a sentence? Lecture L4 says “a Catalan number of trees” and “cubic time” (erratum \
    E-071). C_{n−1} counts shapes; symbols multiply it. And each of the (n³ − n)/6 splits is tried with \
    every binary rule, which for a large grammar is the larger factor.
    """

  static let sampledGradients = """
    What is a mean can be estimated by draws. Draw z from the posterior and average ∇ log p(z, x), here \
    by the logits of p(z), so that the mean is r_k − π_k. Must the draws be independent? Not for the \
    mean: a draw and its own copy average to the right thing. Independence is what makes the variance \
    fall like one over the number of draws. What has to be given is the posterior. If it cannot be \
    summed, it is approximated, and the next lessons are about that.
    """
}
