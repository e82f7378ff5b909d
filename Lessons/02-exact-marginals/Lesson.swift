public import LessonKit

/// Exact marginals: sums over what was not seen.
public let lesson = Lesson(
  id: "02-exact-marginals",
  title: "Sums over what was not seen",
  summary: "mixtures, factors, sequences, grammars, trees: evidence, posterior and gradient",
  frame: Frame(needs: [], gives: [], minutes: 30),
  sections: [
    Section(
      "hook", "The question",
      .prose(Prose.opening),
      .picture(twoRatesBesideOne)),
    Section(
      "where-the-log-stands", "Where the log stands",
      .prose(Prose.evidence),
      .exercise(MixtureEvidenceExercise.exercise)),
    Section(
      "the-posterior-as-a-by-product", "The posterior as a by-product",
      .prose(Prose.responsibilities),
      .picture(claimsOnCounts),
      .exercise(ResponsibilitiesExercise.exercise)),
    Section(
      "one-and-only-one-component", "One and only one component",
      .prose(Prose.mixing),
      .table(threeAverages),
      .derivation(MixingIsNotAveragingDerivation.derivation)),
    Section(
      "what-the-sum-forgets", "What the sum forgets",
      .prose(Prose.tables),
      .derivation(JointAndConditionalDerivation.derivation)),
    Section(
      "integrals-histograms-programs", "Integrals, histograms, programs",
      .prose(Prose.densities),
      .derivation(IntegralsHistogramsProgramsDerivation.derivation)),
    Section(
      "factors", "Factors",
      .prose(Prose.factors),
      .exercise(LatentFactorDocumentExercise.exercise)),
    Section(
      "what-the-sum-costs", "What the sum costs",
      .prose(Prose.counting),
      .derivation(CountingTermsDerivation.derivation),
      .table(termsOfTheSum)),
    Section(
      "a-graph-is-a-product-and-a-program", "A graph is a product and a program",
      .prose(Prose.graphs),
      .derivation(BeliefNetsDerivation.derivation)),
    Section(
      "sequences-exponentially-many-paths-one-pass",
      "Sequences: exponentially many paths, one pass",
      .prose(Prose.sequences),
      .exercise(ForwardExercise.exercise),
      .picture(pathsAgainstTerms),
      .picture(filteredAndSmoothed)),
    Section(
      "what-a-hidden-state-depends-on", "What a hidden state depends on",
      .prose(Prose.hiddenStates),
      .derivation(IndependenceDerivation.derivation)),
    Section(
      "what-else-is-a-chain", "What else is a chain",
      .prose(Prose.chains),
      .derivation(ChainsDerivation.derivation),
      .derivation(WordAlignmentDerivation.derivation)),
    Section(
      "grammars-exponentially-many-trees-one-chart",
      "Grammars: exponentially many trees, one chart",
      .prose(Prose.grammars),
      .table(readingsOfASentence),
      .exercise(InsideExercise.exercise),
      .prose(Prose.countingTrees),
      .derivation(TreeCountsDerivation.derivation)),
    Section(
      "spanning-trees-a-sum-that-no-recursion-over-spans-can-do",
      "Spanning trees: a sum that no recursion over spans can do",
      .prose(Prose.spanningTrees),
      .exercise(MatrixTreeExercise.exercise),
      .picture(whoGovernsWhom)),
    Section(
      "the-gradient-of-a-log-marginal-is-a-posterior-expectation",
      "The gradient of a log marginal is a posterior expectation",
      .prose(Prose.gradients),
      .exercise(LogMarginalGradientExercise.exercise),
      .derivation(PosteriorExpectationDerivation.derivation),
      .prose(Prose.sampledGradients),
      .derivation(PosteriorSamplesDerivation.derivation)),
    Section(
      "when-is-a-sum-tractable", "When is a sum tractable?",
      .prose(Prose.tractability),
      .derivation(TractabilityDerivation.derivation)),
    Section(
      "to-remember", "To remember",
      .prose(Prose.remember)),
  ],
  practice: Practice(questions: [], suggestions: [], homework: ""),
  errata: errata, listings: listings)
