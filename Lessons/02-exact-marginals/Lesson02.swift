public import LessonKit

/// Exact marginals: sums over what was not seen.
public enum Lesson02 {
  /// The lesson.
  public static let lesson: Lesson = Lesson(
    id: "02-exact-marginals",
    title: "Sums over what was not seen",
    summary: "an exact marginal is a sum that somebody has organised well",
    blocks: [
      .exercise(mixtureEvidence),
      .exercise(responsibilities),
      .exercise(mixing),
      .exercise(tables),
      .exercise(densities),
      .exercise(latentFactorDocument),
    ],
    errata: [])
}
