import LessonKit
import Models
import Probability

/// From chains to trees, and what they have in common.
let structureSections: [Section] = [
  Section(
    "chains", "Chains: exponentially many paths, one pass",
    introduces: [
      Symbol("T", "the number of steps"),
      Symbol("z_t, x_t", "the state and the symbol at step t"),
      Symbol("initial_k", "the probability p(z_1 = k)"),
      Symbol("a_jk", "the probability of state k after state j"),
      Symbol("b_k(v)", "the probability that state k gives symbol v"),
      Symbol("α_t(k)", "the forward message log p(x_1…x_t, z_t = k), a logarithm"),
      Symbol("β_t(k)", "the backward message p(x_{t+1}…x_T|z_t = k), no logarithm"),
    ],
    .prose(Prose.sequences),
    .picture(chainGraph),
    .prose(Prose.sequencesIdea),
    .exercise(ForwardExercise.exercise),
    .prose(Prose.sequencesMeaning),
    .picture(pathsAgainstTerms),
    .prose(Prose.filterNext),
    .picture(filteredAndSmoothed)),
  Section(
    "grammars", "Grammars: exponentially many trees, one chart",
    introduces: [
      Symbol("A, B, C", "symbols of a grammar; A → B C is a rule"),
      Symbol("S", "the symbol at the top of every tree"),
      Symbol("inside(A, i, j)", "the sum over all trees of A over the words i + 1 … j"),
      Symbol("h", "a place at which a span is split, behind word h"),
    ],
    .prose(Prose.grammars),
    .given { _ in Sentence.telescope.givens },
    .table(readingsOfASentence),
    .prose(Prose.grammarsIdea),
    .exercise(InsideExercise.exercise),
    .prose(Prose.grammarsMeaning)),
  Section(
    "spanning-trees", "Spanning trees: a determinant",
    introduces: [
      Symbol("Z", "a sum of weights that are no probabilities"),
      Symbol("w(i → j)", "the weight e^{score(i → j)} of the edge from head i to word j"),
      Symbol("L", "the Laplacian: −w(i → j) off the diagonal, Σ_{i≠j} w(i → j) on it"),
      Symbol(
        "L'", "L with its first row replaced by w(0 → j), for trees with one edge out of the root"),
    ],
    .prose(Prose.spanningTrees),
    .exercise(MatrixTreeExercise.exercise),
    .prose(Prose.spanningTreesMeaning),
    .picture(whoGovernsWhom)),
  Section(
    "gradient", "The gradient is a posterior mean",
    introduces: [
      Symbol("σ(θ)", "the logistic curve 1/(1 + e^−θ) at a parameter θ"),
      Symbol("π̄, r̄", "1 − π and 1 − r, where π is one number, p(z) of the first of two values"),
      Symbol("r", "the posterior of the first of two values of z"),
    ],
    .prose(Prose.gradients),
    .derivation(PosteriorExpectationDerivation.derivation),
    .prose(Prose.gradientsOfChains),
    .exercise(LogMarginalGradientExercise.exercise)),
  Section(
    "summary", "What to remember",
    .prose(Prose.recall),
    .table(termsOfTheSum),
    .prose(Prose.remember)),
]
