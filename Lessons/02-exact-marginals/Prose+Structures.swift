/// What is read between the checks, in order: the second half of the lesson.
extension Prose {
  static let sequences = """
    A tagger gives each of twenty words one of forty tags. There are 40²⁰ ways to do so, a number \
    with 33 digits, and a hidden Markov model adds up the probabilities of all of them. It adds \
    {tagger-terms:6} terms. Each state is drawn from the one before, p(z_t = k|z_{t−1} = j) = a_jk, \
    and each symbol from its state, p(x_t|z_t = k) = b_k(x_t).
    """

  static let sequencesIdea = """
    In this graph the past reaches the future through one state only. So all paths that are in state \
    k at step t can go on in the same ways, and they may be added up there. The sum of their \
    probabilities, with the symbols so far, is kept as its logarithm, the forward message α_t(k).
    """

  static let sequencesMeaning = """
    The last two lines are the algorithm: one message a step, made from the message before, and \
    the evidence from the last one. It uses nothing but the distributive law, Σ_i Σ_j x_i y_j = \
    (Σ_i x_i)(Σ_j y_j). As products become sums of logarithms, a thousand steps do not underflow.
    """

  static let pathsNext =
    "The number of paths grows with a power of K, the number of terms by K² a step."

  static let filterNext = """
    Normalised, a message is the filter: what can be said of the state now. What can be said \
    after the whole sequence was seen is another distribution, the smoother.
    """

  static let graphs = """
    An aside: any directed graph with a table at each node can be read in two ways. As a product, \
    p(x) = Π_i p(x_i|parents of x_i), it gives a probability to each joint state. As a program, it \
    draws parents first and then their children. The check runs the program over every outcome of \
    every choice, and both agree state by state.
    """

  static let hiddenStates = """
    An aside: the lectures say that a hidden state is independent of all but its predecessor \
    (errata E-053 and E-054). Given its predecessor, a state still depends on its own symbol, on its \
    successor, and on all symbols after it. What it is independent of is the past before the \
    predecessor. This is what the recursion needs, together with symbols that depend on their own \
    state alone.
    """

  static let chains = """
    An aside: the recursion never asked that rows sum to one, nor that they are the same at each \
    step. Without the first, it computes the log Z of a conditional random field. Without the \
    second, the tables may be the outputs of a network that reads all the symbols so far, which \
    are known.

    Can it run in parallel? Each step waits for the one before. But a step is a product of matrices, \
    products are associative, and neighbours may be multiplied first, all pairs at once. That takes \
    ⌈log₂ T⌉ rounds in place of T − 1 steps. It has its price: a product of two matrices adds K³ terms \
    where a step adds K². For the tagger above, {scan-rounds} rounds add {pair-terms:7} terms, and \
    the recursion {tagger-terms:6}.
    """

  static let alignment = """
    An aside: the words of a translation come from places in the source. If each place depends on \
    the one before (Vogel, Ney and Tillmann 1996), this is a chain as well. If places are drawn \
    without memory (model 1 of Brown et al. 1993), the sum over alignments is a product of short sums.
    """

  static let grammars = """
    “She saw the man with a telescope.” Who has the telescope? A grammar need not decide. It gives a \
    probability to both trees and adds them up.
    """

  static let grammarsIdea = """
    A sum over trees is long: four words have {shapes-of-four} shapes of trees, twelve words \
    {shapes-of-twelve:6}, and each node has a symbol as well. The chain added up paths that meet in a \
    state. Here trees are added up that cover the same words i … j with the same symbol A at the \
    top, because they fit into the same surroundings. Their sum is inside(A, i, j), and a tree of \
    more than one word has one rule and one place to split at its top:
    """

  static let grammarsMeaning = """
    The second line holds for every symbol and every span, so it is a recursion, from short spans to \
    long ones. There are n (n + 1)/2 spans, and no tree is built. On the example the sum has \
    {labelled-four} trees.
    """

  static let countingTrees = """
    An aside on the words “a Catalan number of trees” and “cubic time” (erratum E-071). C_{n−1} \
    counts shapes; symbols multiply it. And each of the (n³ − n)/6 splits is tried with every binary \
    rule, which for a large grammar is the larger factor.
    """

  static let spanningTrees = """
    A dependency tree hangs every word from another word, its head, or from the root, node 0. Edges \
    may cross, so there are no spans to share. Still the sum over all (n + 1)^(n − 1) trees costs no \
    more than a determinant. Let w(i → j) = e^{score(i → j)} be the weight of an edge, and choose a \
    head for each word: this gives all trees, and also graphs with cycles. For two words,

        (w(0 → 1) + w(2 → 1)) (w(0 → 2) + w(1 → 2))
          = three trees + w(2 → 1) w(1 → 2), the cycle

        det L = (w(0 → 1) + w(2 → 1)) (w(0 → 2) + w(1 → 2)) − w(2 → 1) w(1 → 2)

    The determinant subtracts the cycle and leaves the three trees. In general L has −w(i → j) beside the diagonal and \
    the sum of all that can be the head of j on it.
    """

  static let spanningTreesMeaning = """
    The determinant has one weakness, its subtractions: if the scores of a word's heads differ by \
    hundreds, only rounding is left. The library eliminates instead, and computes each diagonal entry \
    anew as the sum of its column. Then nothing is subtracted, and the determinant is only the \
    second route, for checking.

    From the same elimination come the marginals of the edges.
    """

  static let gradients = """
    All these sums have one thing in common. Take the derivative of a log sum:

        ∇ log Σ_z p(z, x) = Σ_z ∇p(z, x) / p(x) = Σ_z p(z|x) ∇ log p(z, x)

    The first step is the derivative of a logarithm, the second is ∇p = p ∇ log p. So the gradient \
    of log p(x) is the mean of ∇ log p(z, x) under the posterior. It does not matter what z is: a \
    component, a path, a tree, a vector of bits. Here are both steps for a z of two values, with \
    σ(t) = 1/(1 + e^−t), p(t) = π σ(t) + π̄ σ(−2t), and π̄ = 1 − π.
    """

  static let gradientsOfChains = """
    In a chain log p(z, x) is a sum of log a_jk and log b_k(v), one for each event, and its \
    derivative counts how often the event is in the path. So the gradient of log p(x) is an expected \
    count. Nobody has to write a backward recursion: write the forward one and differentiate it.
    """

  static let sampledGradients = """
    An aside: what is a mean can be estimated by draws. Draw z from the posterior and average \
    ∇ log p(z, x). Must the draws be independent? Not for the mean: a draw and its own copy average \
    to the right thing. Independence is what makes the variance fall like 1/S. What has to be \
    given is the posterior. If it cannot be summed, it is approximated, and the next lessons are \
    about that.
    """

  static let tractability = """
    Chains were tractable because of conditional independence. Independence is not the only reason: \
    trees had a determinant. And it is not enough to look at the graph. Take twelve independent \
    causes of one count. They make 4096 states, and given the count no two causes are independent. If \
    all effects are equal, the count sees only how many are on, and {equal-causes:5} terms do. If the \
    effects are 1, 2, 4, 8 …, all {doubling-causes:5} sums differ. The graph is the same, the \
    numbers are not.
    """

  static let remember = """
    - The evidence is a sum. Keep the logarithm outside of it and take its largest term out first.

    - Ask which terms can be put together: those with the same rate, the same state, the same span. \
    That was the convolution, the forward recursion, the inside recursion. Trees have a determinant.

    - The gradient of log p(x) is the posterior mean of ∇ log p(z, x). In a model of log weights it is \
    an expected count, so a derivative gives you the posterior.

    - “Exponential” is what enumeration costs. Whether the problem costs as much depends on the numbers \
    as well as on the graph. In general it does, and then lesson 00's bound is needed: these exact \
    answers are what it is measured against.
    """
}
