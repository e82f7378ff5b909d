import LessonKit

/// What may be left out: it stands after the summary, and nothing before it needs it.
let optionalSections: [Section] = [
  Section(
    "mixture-asides", "Optional: what mixing does, and what it forgets",
    introduces: [
      Symbol("Var[y]", "the variance of y"),
      Symbol("p′(x, y)", "the table p(x, y) with the values of y exchanged for each x"),
      Symbol("N(x; μ, var)", "the density of a Gaussian with mean μ and variance var"),
      Symbol("g", "a slope"),
    ],
    .prose(Prose.mixing),
    .table(threeAverages),
    .derivation(MixingIsNotAveragingDerivation.derivation),
    .prose(Prose.mixingMore),
    .prose(Prose.tables),
    .derivation(JointAndConditionalDerivation.derivation),
    .prose(Prose.densities),
    .derivation(IntegralsHistogramsProgramsDerivation.derivation)),
  Section(
    "chain-asides", "Optional: what is a chain, and what is not",
    introduces: [
      Symbol("node_t, edge_t", "log weights of the states and of the steps of a chain"),
      Symbol("c_i", "the i-th variable of a small graph"),
      Symbol("I", "the number of places in a source sentence"),
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
    "counting-asides", "Optional: counting terms and trees, and draws",
    introduces: [
      Symbol("C_n", "the Catalan number, of shapes of trees with n splits"),
      Symbol("z¹, z²", "two draws from the posterior"),
      Symbol("G(z)", "∇ log p(z, x), which is random through z"),
    ],
    .prose(Prose.totals),
    .derivation(TractabilityDerivation.derivation),
    .prose(Prose.countingTrees),
    .derivation(TreeCountsDerivation.derivation),
    .prose(Prose.sampledGradients),
    .derivation(PosteriorSamplesDerivation.derivation)),
]
