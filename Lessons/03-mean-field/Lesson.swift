public import LessonKit

/// Factorised posteriors: coordinate ascent, amortisation, and what factorising loses.
public let lesson = Lesson(
  id: "03-mean-field",
  title: "Factorised posteriors, and what factorising loses",
  summary: "mean field by coordinate ascent, amortisation, and the correlations that are lost",
  blocks: [
    .prose(Prose.hook),
    .table(sprinklerTable),
    .prose(Prose.why),
    .table(unlikelyTable),
    .heading("The best factor while the others stand still"),
    .prose(Prose.idea),
    .exercise(CoordinateUpdateExercise.exercise),
    .heading("Climbing, factor by factor"),
    .prose(Prose.sweepProse),
    .picture(ledgerPicture),
    .exercise(SweepExercise.exercise),
    .heading("Many data, one network"),
    .prose(Prose.amortised),
    .exercise(OneForAllExercise.exercise),
    .prose(Prose.inputProse),
    .derivation(WhoseInputDerivation.derivation),
    .heading("Products and the posterior"),
    .prose(Prose.losing),
    .derivation(WhatFactorisingLosesDerivation.derivation),
    .picture(shadowPicture),
    .prose(Prose.lossProse),
    .table(correlationTable),
    .heading("To remember"),
    .prose(Prose.remember),
  ],
  errata: errata)
