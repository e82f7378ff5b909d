public import LessonKit

/// Jensen's inequality and the evidence lower bound.
public let lesson = Lesson(
  id: "00-jensen-elbo",
  title: "Jensen's inequality and the bound",
  summary: "the ELBO, its three forms, and EM as the tight bound",
  frame: Frame(needs: [], gives: [], minutes: 30),
  sections: [
    Section(
      "hook", "The question",
      .prose(Prose.opening),
      .table(signsTable)),
    Section(
      "what-one-would-like-to-have", "What one would like to have",
      .prose(Prose.names),
      .exercise(BayesExercise.exercise)),
    Section(
      "jensen-s-inequality-and-what-it-loses", "Jensen's inequality, and what it loses",
      .prose(Prose.jensenIdea),
      .picture(chordPicture),
      .exercise(JensenExercise.exercise)),
    Section(
      "the-bound", "The bound",
      .prose(Prose.boundIdea),
      .table(candidatesTable),
      .exercise(BoundExercise.exercise),
      .exercise(OneSampleExercise.exercise)),
    Section(
      "three-forms-one-number", "Three forms, one number",
      .prose(Prose.formsIdea),
      .exercise(ThreeFormsExercise.exercise)),
    Section(
      "em-the-bound-kept-tight", "EM: the bound kept tight",
      .prose(Prose.emIdea),
      .picture(climbPicture),
      .exercise(ExpectationMaximisationExercise.exercise),
      .table(fortySweepsTable),
      .exercise(GaussianMStepExercise.exercise)),
    Section(
      "when-the-posterior-is-not-in-the-family", "When the posterior is not in the family",
      .prose(Prose.familyIdea),
      .table(gaussiansTable),
      .exercise(GaussianFamilyExercise.exercise)),
    Section(
      "what-to-remember", "What to remember",
      .prose(Prose.closing)),
  ],
  practice: Practice(questions: [], suggestions: [], homework: ""),
  errata: errata, listings: listings)
