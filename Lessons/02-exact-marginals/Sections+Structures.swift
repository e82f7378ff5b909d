import LessonKit

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
      Symbol("α_t(k)", "the forward message log p(x_1…x_t, z_t = k)"),
    ],
    .prose(Prose.sequences),
    .picture(chainGraph),
    .prose(Prose.sequencesIdea),
    .exercise(ForwardExercise.exercise),
    .prose(Prose.sequencesMeaning),
    .prose(Prose.pathsNext),
    .picture(pathsAgainstTerms),
    .prose(Prose.filterNext),
    .picture(filteredAndSmoothed)),
  Section(
    "chain-asides", "Aside: what is a chain, and what is not",
    introduces: [
      Symbol("Z", "a sum of weights that are no probabilities"),
      Symbol("node_t, edge_t", "log weights of the states and of the steps of a chain"),
      Symbol("a, b, c", "the variables of a small graph"),
      Symbol("I", "the number of places in a source sentence"),
      Symbol("t_i(x)", "the probability that place i is translated as x"),
      Symbol("J", "the number of words of a translation"),
    ],
    .prose(Prose.graphs),
    .derivation(BeliefNetsDerivation.derivation),
    .prose(Prose.hiddenStates),
    .derivation(IndependenceDerivation.derivation),
    .prose(Prose.chains),
    .derivation(ChainsDerivation.derivation),
    .prose(Prose.alignment),
    .derivation(WordAlignmentDerivation.derivation)),
  Section(
    "grammars", "Grammars: exponentially many trees, one chart",
    introduces: [
      Symbol("A, B, C", "symbols of a grammar; A → B C is a rule"),
      Symbol("S", "the symbol at the top of every tree"),
      Symbol("inside(A, i, j)", "the sum over all trees of A over the words i + 1 … j"),
      Symbol("C_n", "the Catalan number, of shapes of trees with n splits"),
    ],
    .prose(Prose.grammars),
    .table(readingsOfASentence),
    .prose(Prose.grammarsIdea),
    .exercise(InsideExercise.exercise),
    .prose(Prose.grammarsMeaning),
    .prose(Prose.countingTrees),
    .derivation(TreeCountsDerivation.derivation)),
  Section(
    "spanning-trees", "Spanning trees: a determinant",
    introduces: [
      Symbol("w(i → j)", "the weight e^{score(i → j)} of the edge from head i to word j"),
      Symbol("L", "the Laplacian: −w(i → j) beside the diagonal, Σ_i w(i → j) on it"),
      Symbol("L'", "the same for trees with one edge out of the root"),
    ],
    .prose(Prose.spanningTrees),
    .exercise(MatrixTreeExercise.exercise),
    .prose(Prose.spanningTreesMeaning),
    .picture(whoGovernsWhom)),
  Section(
    "gradient", "The gradient is a posterior mean",
    introduces: [
      Symbol("σ(t)", "the logistic curve 1/(1 + e^−t)"),
      Symbol("π̄, r̄", "1 − π and 1 − r"),
      Symbol("r", "the posterior of the first of two values"),
      Symbol("G(z)", "∇ log p(z, x), which is random through z"),
    ],
    .prose(Prose.gradients),
    .derivation(PosteriorExpectationDerivation.derivation),
    .prose(Prose.gradientsOfChains),
    .exercise(LogMarginalGradientExercise.exercise),
    .prose(Prose.sampledGradients),
    .derivation(PosteriorSamplesDerivation.derivation)),
  Section(
    "tractable", "When is a sum tractable?",
    .prose(Prose.tractability),
    .derivation(TractabilityDerivation.derivation)),
  Section(
    "summary", "What to remember",
    .prose(Prose.remember)),
]
