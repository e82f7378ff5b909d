public import LessonKit

/// Exact marginals: sums over what was not seen.
public let lesson: Lesson = Page.lesson

/// What stands on the page.
enum Page {
  /// The lesson.
  static let lesson: Lesson = Lesson(
    id: "02-exact-marginals",
    title: "Sums over what was not seen",
    summary: "mixtures, factors, sequences, grammars, trees: evidence, posterior and gradient",
    blocks: mixtureBlocks + countingBlocks + structureBlocks + [
      .heading("To remember"),
      .prose(rememberMarginals),
    ],
    errata: errata + structureErrata)

  private static let mixtureBlocks: [Block] = [
    .prose(mixtureHook),
    .picture(twoAsOne),
    .heading("Where the log stands"),
    .prose(evidenceProse),
    .exercise(mixtureEvidence),
    .heading("The posterior as a by-product"),
    .prose(responsibilityProse),
    .picture(claimsOnCounts),
    .exercise(responsibilities),
    .heading("One and only one component"),
    .prose(mixingProse),
    .table(threeAverages),
    .exercise(mixing),
    .heading("What the sum forgets"),
    .prose(tableProse),
    .exercise(tables),
    .heading("Integrals, histograms, programs"),
    .prose(clothesProse),
    .exercise(densities),
  ]

  private static let countingBlocks: [Block] = [
    .heading("Factors"),
    .prose(factorProse),
    .exercise(latentFactorDocument),
    .heading("What the sum costs"),
    .prose(countingProse),
    .exercise(counting),
    .table(termsVisited),
  ]
}
