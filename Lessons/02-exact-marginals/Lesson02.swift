public import LessonKit

/// Exact marginals: sums over what was not seen.
public enum Lesson02 {
  /// The lesson.
  public static let lesson: Lesson = Lesson(
    id: "02-exact-marginals",
    title: "Sums over what was not seen",
    summary: "mixtures, factors, sequences, grammars, trees: evidence, posterior and gradient",
    blocks: mixtureBlocks + countingBlocks + [
      .heading("To remember"),
      .prose(rememberMarginals),
    ],
    errata: errata)

  private static let mixtureBlocks: [Block] = [
    .prose(mixtureHook),
    .picture(twoAsOne),
    .heading("A sum with K terms"),
    .prose(evidenceProse),
    .exercise(mixtureEvidence),
    .heading("Whose datum is it?"),
    .prose(responsibilityProse),
    .picture(claimsOnCounts),
    .exercise(responsibilities),
    .heading("Mixing is not averaging"),
    .prose(mixingProse),
    .table(threeAverages),
    .exercise(mixing),
    .heading("What a marginal does not tell"),
    .prose(tableProse),
    .exercise(tables),
    .heading("The same sum in other clothes"),
    .prose(clothesProse),
    .exercise(densities),
  ]

  private static let countingBlocks: [Block] = [
    .heading("D switches, one document"),
    .prose(factorProse),
    .exercise(latentFactorDocument),
    .heading("How many terms has the sum?"),
    .prose(countingProse),
    .exercise(counting),
    .table(termsVisited),
  ]
}
