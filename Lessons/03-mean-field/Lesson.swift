public import LessonKit

/// Factorised posteriors: coordinate ascent, amortisation, and what factorising loses.
public let lesson: Lesson = Page.lesson

/// What stands on the page.
enum Page {
  /// The lesson.
  static let lesson: Lesson = Lesson(
    id: "03-mean-field",
    title: "Factorised posteriors, and what factorising loses",
    summary: "mean field by coordinate ascent, amortisation, and the correlations that are lost",
    blocks: [
      .prose(hook),
      .table(sprinklerTable),
      .prose(why),
      .table(unlikelyTable),
      .heading("The best factor while the others stand still"),
      .prose(idea),
      coordinateUpdate.map { .exercise($0) },
      .heading("Climbing, factor by factor"),
      .prose(sweepProse),
      .picture(ledgerPicture),
      sweep.map { .exercise($0) },
      .heading("Many data, one network"),
      .prose(amortised),
      .exercise(oneForAll),
      .prose(inputProse),
      .exercise(whoseInput),
      .heading("Products and the posterior"),
      .prose(losing),
      .exercise(factorising),
      .picture(shadowPicture),
      .prose(lossProse),
      .table(correlationTable),
      .heading("To remember"),
      .prose(remember),
    ].compactMap { $0 },
    errata: errata)
}
