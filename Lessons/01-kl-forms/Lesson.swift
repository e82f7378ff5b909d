public import LessonKit

/// The Kullback–Leibler divergence: one expectation, many forms.
public let lesson = Lesson(
  id: "01-kl-forms",
  title: "One divergence, many forms",
  summary: "KL as an expectation, closed forms, forward and reverse, the ELBO's gap",
  blocks: [
    .prose(Prose.opening),
    .heading("An expectation of a difference of logs"),
    .prose(Prose.expectation),
    .exercise(DivergenceExercise.exercise),
    .picture(twoDirectionsPicture),
    .heading("Closed forms, and the halves they lose"),
    .prose(Prose.closedForms),
    .exercise(GaussianDivergenceExercise.exercise),
    .table(halfTable),
    .prose(Prose.families),
    .derivation(ClosedFormsDerivation.derivation),
    .exercise(FactorisedDivergenceExercise.exercise),
    .heading("Which way round"),
    .prose(Prose.directions),
    .table(twoFitsTable),
    .derivation(DirectionsDerivation.derivation),
    .heading("What the term does in a bound"),
    .prose(Prose.penalty),
    .derivation(PenaltyDerivation.derivation),
    .table(penaltyTable),
    .derivation(AnyFamilyDerivation.derivation),
    .heading("To remember"),
    .prose(Prose.closing),
  ],
  errata: errata)
