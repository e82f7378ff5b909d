public import LessonKit

/// Jensen's inequality and the evidence lower bound.
public let lesson: Lesson = Page.lesson

/// What stands on the page.
enum Page {
  /// The lesson.
  static let lesson: Lesson = Lesson(
    id: "00-jensen-elbo",
    title: "Jensen's inequality and the bound",
    summary: "the ELBO, its three forms, and EM as the tight bound",
    blocks: [
      .prose(opening),
      .table { _ in try signs() },
      .heading("What one would like to have"),
      .prose(names),
      .exercise(bayes),
      .heading("Jensen's inequality, and what it loses"),
      .prose(jensenIdea),
      .picture { _ in chord() },
      .exercise(jensen),
      .heading("The bound"),
      .prose(boundIdea),
      .table { _ in try candidates() },
      .exercise(BoundExercise.exercise),
      .exercise(oneSample),
      .heading("Three forms, one number"),
      .prose(formsIdea),
      .exercise(threeForms),
      .heading("EM: the bound kept tight"),
      .prose(emIdea),
      .picture { _ in try climb() },
      .exercise(expectationMaximisation),
      .table { _ in try fortySweeps() },
      .exercise(gaussianMStep),
      .heading("When the posterior is not in the family"),
      .prose(familyIdea),
      .table { _ in try gaussians() },
      .exercise(gaussianFamily),
      .heading("What to remember"),
      .prose(closing),
    ],
    errata: [
      unreachablePosterior, gapSign, boundSign, evidenceWithoutQ, parametersInside, support,
    ])
}
