public import LessonKit

/// Jensen's inequality and the evidence lower bound.
public enum Lesson00 {
  /// The lesson.
  public static let lesson: Lesson = Lesson(
    id: "00-jensen-elbo",
    title: "Jensen's inequality and the bound",
    summary: "the ELBO, its three forms, and EM as the tight bound",
    blocks: [
      .prose(opening),
      .exercise(bound),
      .exercise(threeForms),
      .exercise(expectationMaximisation),
      .exercise(gaussianMStep),
    ],
    errata: [gapSign, boundSign, support])

  private static let opening = """
    The evidence p(x) of a latent-variable model is a sum over everything that could have \
    happened. A bound on its logarithm that needs only one term at a time is what all of \
    variational inference climbs.
    """
}
