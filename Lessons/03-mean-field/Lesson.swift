public import LessonKit

/// Factorised posteriors: coordinate ascent, amortisation, and what factorising loses.
public let lesson = Lesson(
  id: "03-mean-field",
  title: "Factorised posteriors, and what factorising loses",
  summary: "mean field by coordinate ascent, amortisation, and the correlations that are lost",
  frame: Frame(needs: [], gives: [], minutes: 30),
  sections: [
    Section(
      "hook", "The question",
      .prose(Prose.hook),
      .table(sprinklerTable),
      .prose(Prose.why),
      .table(unlikelyTable)),
    Section(
      "the-best-factor-while-the-others-stand-still",
      "The best factor while the others stand still",
      .prose(Prose.idea),
      .exercise(CoordinateUpdateExercise.exercise)),
    Section(
      "climbing-factor-by-factor", "Climbing, factor by factor",
      .prose(Prose.sweepProse),
      .picture(ledgerPicture),
      .exercise(SweepExercise.exercise)),
    Section(
      "many-data-one-network", "Many data, one network",
      .prose(Prose.amortised),
      .exercise(OneForAllExercise.exercise),
      .prose(Prose.inputProse),
      .derivation(WhoseInputDerivation.derivation)),
    Section(
      "products-and-the-posterior", "Products and the posterior",
      .prose(Prose.losing),
      .derivation(WhatFactorisingLosesDerivation.derivation),
      .picture(shadowPicture),
      .prose(Prose.lossProse),
      .table(correlationTable)),
    Section(
      "to-remember", "To remember",
      .prose(Prose.remember)),
  ],
  practice: Practice(questions: [], suggestions: [], homework: ""),
  errata: errata, listings: listings)
