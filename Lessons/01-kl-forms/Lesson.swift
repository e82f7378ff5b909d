public import LessonKit

/// The Kullback–Leibler divergence: one expectation, many forms.
public let lesson = Lesson(
  id: "01-kl-forms",
  title: "One divergence, many forms",
  summary: "KL as an expectation, closed forms, forward and reverse, the ELBO's gap",
  frame: Frame(needs: [], gives: [], minutes: 30),
  sections: [
    Section(
      "hook", "The question",
      .prose(Prose.opening)),
    Section(
      "an-expectation-of-a-difference-of-logs", "An expectation of a difference of logs",
      .prose(Prose.expectation),
      .exercise(DivergenceExercise.exercise),
      .picture(twoDirectionsPicture)),
    Section(
      "closed-forms-and-the-halves-they-lose", "Closed forms, and the halves they lose",
      .prose(Prose.closedForms),
      .exercise(GaussianDivergenceExercise.exercise),
      .table(halfTable),
      .prose(Prose.families),
      .derivation(ClosedFormsDerivation.derivation),
      .exercise(FactorisedDivergenceExercise.exercise)),
    Section(
      "which-way-round", "Which way round",
      .prose(Prose.directions),
      .table(twoFitsTable),
      .derivation(DirectionsDerivation.derivation)),
    Section(
      "what-the-term-does-in-a-bound", "What the term does in a bound",
      .prose(Prose.penalty),
      .derivation(PenaltyDerivation.derivation),
      .table(penaltyTable),
      .derivation(AnyFamilyDerivation.derivation)),
    Section(
      "to-remember", "To remember",
      .prose(Prose.closing)),
  ],
  practice: Practice(questions: [], suggestions: [], homework: ""),
  errata: errata, listings: listings)
