public import LessonKit

/// Exact marginals: sums over what was not seen.
public let lesson = Lesson(
  id: "02-exact-marginals",
  title: "Sums over what was not seen",
  summary: "mixtures, factors, sequences, grammars, trees: evidence, posterior and gradient",
  blocks: mixtures + factors + graphsAndSequences + grammarsAndTrees + gradients + [
    .heading("To remember"),
    .prose(Prose.remember),
  ],
  errata: errata)

private let mixtures: [Block] = [
  .prose(Prose.opening),
  .picture(twoRatesBesideOne),
  .heading("Where the log stands"),
  .prose(Prose.evidence),
  .exercise(MixtureEvidenceExercise.exercise),
  .heading("The posterior as a by-product"),
  .prose(Prose.responsibilities),
  .picture(claimsOnCounts),
  .exercise(ResponsibilitiesExercise.exercise),
  .heading("One and only one component"),
  .prose(Prose.mixing),
  .table(threeAverages),
  .derivation(MixingIsNotAveragingDerivation.derivation),
  .heading("What the sum forgets"),
  .prose(Prose.tables),
  .derivation(JointAndConditionalDerivation.derivation),
  .heading("Integrals, histograms, programs"),
  .prose(Prose.densities),
  .derivation(IntegralsHistogramsProgramsDerivation.derivation),
]

private let factors: [Block] = [
  .heading("Factors"),
  .prose(Prose.factors),
  .exercise(LatentFactorDocumentExercise.exercise),
  .heading("What the sum costs"),
  .prose(Prose.counting),
  .derivation(CountingTermsDerivation.derivation),
  .table(termsOfTheSum),
]

private let graphsAndSequences: [Block] = [
  .heading("A graph is a product and a program"),
  .prose(Prose.graphs),
  .derivation(BeliefNetsDerivation.derivation),
  .heading("Sequences: exponentially many paths, one pass"),
  .prose(Prose.sequences),
  .exercise(ForwardExercise.exercise),
  .picture(pathsAgainstTerms),
  .picture(filteredAndSmoothed),
  .heading("What a hidden state depends on"),
  .prose(Prose.hiddenStates),
  .derivation(IndependenceDerivation.derivation),
  .heading("What else is a chain"),
  .prose(Prose.chains),
  .derivation(ChainsDerivation.derivation),
  .derivation(WordAlignmentDerivation.derivation),
]

private let grammarsAndTrees: [Block] = [
  .heading("Grammars: exponentially many trees, one chart"),
  .prose(Prose.grammars),
  .table(readingsOfASentence),
  .exercise(InsideExercise.exercise),
  .prose(Prose.countingTrees),
  .derivation(TreeCountsDerivation.derivation),
  .heading("Spanning trees: a sum that no recursion over spans can do"),
  .prose(Prose.spanningTrees),
  .exercise(MatrixTreeExercise.exercise),
  .picture(whoGovernsWhom),
]

private let gradients: [Block] = [
  .heading("The gradient of a log marginal is a posterior expectation"),
  .prose(Prose.gradients),
  .exercise(LogMarginalGradientExercise.exercise),
  .derivation(PosteriorExpectationDerivation.derivation),
  .prose(Prose.sampledGradients),
  .derivation(PosteriorSamplesDerivation.derivation),
  .heading("When is a sum tractable?"),
  .prose(Prose.tractability),
  .derivation(TractabilityDerivation.derivation),
]
