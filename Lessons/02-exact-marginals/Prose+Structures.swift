/// What is read between the checks, in order: from chains to the gradient.
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
    The second chain above is the algorithm: one message a step, made from the message before, and \
    the evidence from the last one. It uses nothing but the distributive law, Σ_i Σ_j f_i g_j = \
    (Σ_i f_i)(Σ_j g_j). Each log Σ of it takes the largest term out first, as that of the mixture \
    does, and so a thousand steps do not underflow.

    The number of paths, K^T, grows exponentially with T. The number of terms grows by K² a step: K \
    for the first step and K² for each other one, K + (T − 1) K² together.
    """

  static let filterNext = """
    Normalised, a message is the filter: what can be said of the state now. What can be said \
    after the whole sequence was seen is another distribution, the smoother. For it the rest of the \
    sequence has a message of its own, β_t(k), the probability of the symbols after t given z_t = k. It \
    is made from the last step backwards: β_T(k) = 1 and β_t(k) = Σ_j a_kj b_j(x_{t+1}) β_{t+1}(j). \
    Then p(z_t = k|x) = e^{α_t(k)} β_t(k) / p(x).

    At t = 3 and k = 0, where only x_4 = 0 is still to come, β_3(0) = .6 · .7 + .3 · .4 + .1 · .1 = \
    {beta:2}. With log p(x) = {chain-evidence:+.5} and α_3(0) = {alpha:+.5} this gives \
    p(z_3 = 0|x) = {smoothed:3}, which stands in the third column of the lower panel. Section 7 \
    gets the same numbers without this recursion.
    """

  static let grammars = """
    “She saw the man with a telescope.” Who has the telescope? A grammar need not decide. It gives a \
    probability to both trees and adds them up. Each rule is written with its probability behind it: \
    under p(NP → ·) the entry “NP PP” is the rule NP → NP PP.
    """

  static let grammarsIdea = """
    Each tree is the product of its rules. A sum over trees is long: four words have {shapes-of-four} \
    shapes of trees, twelve words {shapes-of-twelve:6}, and each node has a symbol as well. The chain \
    added up paths that meet in a state. Here trees are added up that cover the same words i + 1 … j \
    with the same symbol A at the top, because they fit into the same surroundings. Their sum is \
    inside(A, i, j), and a tree of more than one word has one rule and one place to split at its top. \
    So the sums follow from each other, short spans first:

        inside(A, i, i + 1) = p(A → word i + 1)
        inside(A, i, j) = Σ_{A→B C} p(A → B C) Σ_{i<h<j} inside(B, i, h) inside(C, h, j)
        p(x) = inside(S, 0, n),   n the number of words

    The example is a sentence of four words, each of which is w0 or w1. The symbols are N0 and N1, and \
    the one at the top, S, is N0:
    """

  static let grammarsMeaning = """
    The second line of the chain is this recursion for the whole sentence. There are n (n + 1)/2 spans, and no tree is built. On the example the sum has \
    {labelled-four} trees.
    """

  static let spanningTrees = """
    A dependency tree hangs every word from another word, its head, or from the root, node 0. Edges \
    may cross, so there are no spans to share. Still the sum over all (n + 1)^(n − 1) trees costs no \
    more than a determinant. Let w(i → j) = e^{score(i → j)} be the weight of an edge, and choose a \
    head for each word: this gives all trees, and also graphs with cycles. For two words,

        (w(0 → 1) + w(2 → 1)) (w(0 → 2) + w(1 → 2))
          = three trees + w(2 → 1) w(1 → 2), the cycle

        det L = (w(0 → 1) + w(2 → 1)) (w(0 → 2) + w(1 → 2)) − w(2 → 1) w(1 → 2)

    The determinant subtracts the cycle and leaves the three trees. In general L has −w(i → j) off \
    the diagonal, and on it the sum of w(i → j) over all i ≠ j that can be the head of j, the root \
    among them. That all cycles cancel for every n is Tutte's theorem; the checks try two words and three. Often only one word may hang from \
    the root. For this, L' leaves the edges of the root out of the diagonal and puts them, w(0 → 1) … \
    w(0 → n), in the place of the first row. Below, score has a row for each head 0, 1, 2, 3 and a column \
    for each word 1, 2, 3; the entries of a word with itself are no edges, and are printed as 0.
    """

  static let spanningTreesMeaning = """
    How probable is one edge? The shares of all edges are the derivatives of log Z by the scores. The \
    picture shows them without a rule about the root and with a single root:
    """

  static let gradients = """
    All these sums have one thing in common. Take the derivative of a log sum:

        ∇ log Σ_z p(z, x) = Σ_z ∇p(z, x) / p(x) = Σ_z p(z|x) ∇ log p(z, x)

    The first step is the derivative of a logarithm, the second is ∇p = p ∇ log p. So the gradient \
    of log p(x) is the mean of ∇ log p(z, x) under the posterior. It does not matter what z is: a \
    component, a path, a tree, a vector of bits. Here are both steps for a z of two values and a \
    parameter θ. The two joints are π σ(θ) and π̄ σ(−2θ), and the evidence is p(θ) = π σ(θ) + π̄ σ(−2θ).
    """

  static let gradientsOfChains = """
    In a chain log p(z, x) is a sum of log a_jk and log b_k(v), one for each event, and its \
    derivative counts how often the event is in the path. Again each log probability is moved as if \
    it were free. So the gradient of log p(x) is an expected count, and the smoother of the chain is \
    one of them. There are two ways to it. Write the forward recursion and let the computer \
    differentiate it, from the result back to its inputs (reverse mode): then nobody has to write a \
    backward recursion. Or write the backward one; the task below asks for that, and the last line says \
    that both give the same 18 numbers, 3 of initial, 9 of a and 6 of b:
    """

  static let recall = """
    Here are the sums of this lesson, as they are written and as they are organised:
    """

  static let remember = """
    - The evidence is a sum. Keep the logarithm outside of it and take its largest term out first.

    - Ask which terms can be put together: those with the same total, the same state, the same span. \
    This was the convolution of switches, the forward recursion, the inside recursion. Trees have a \
    determinant.

    - The gradient of log p(x) is the posterior mean of ∇ log p(z, x). With respect to log weights that are \
    moved freely it is an expected count, so a derivative gives you the posterior.

    - “Exponential” is what enumeration costs. What the problem costs depends on its numbers as well as \
    on its graph. Where no grouping is known, lesson 00's bound takes over: these exact answers are \
    what it is measured against.
    """
}
