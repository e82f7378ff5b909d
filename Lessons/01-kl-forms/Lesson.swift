public import LessonKit

/// The Kullback–Leibler divergence: one expectation, many forms.
public let lesson: Lesson = Page.lesson

/// What stands on the page.
enum Page {
  /// The lesson.
  static let lesson: Lesson = Lesson(
    id: "01-kl-forms",
    title: "One divergence, many forms",
    summary: "KL as an expectation, closed forms, forward and reverse, the ELBO's gap",
    blocks: [
      .prose(hook),
      .heading("An expectation of a difference of logs"),
      .prose(idea),
      .exercise(divergence),
      .picture(twoDirectionsPicture),
      .heading("Closed forms, and the halves they lose"),
      .prose(closed),
      gaussianDivergence.map { .exercise($0) },
      .table(halfTable),
      .prose(families),
      .exercise(closedForms),
      .exercise(factorisedDivergence),
      .heading("Which way round"),
      .prose(directionsProse),
      .table(twoFitsTable),
      .exercise(directions),
      .heading("What the term does in a bound"),
      .prose(penaltyProse),
      .exercise(penalty),
      .table(penaltyTable),
      .exercise(anyFamily),
      .heading("To remember"),
      .prose(remember),
    ].compactMap { $0 },
    errata: errata)
}
