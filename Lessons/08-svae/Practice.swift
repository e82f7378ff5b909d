import LessonKit

/// What a reader does after the lesson.
let practice = Practice(
  questions: [
    .init(
      "The surrogate is above log p(y). Is that a mistake in the code?",
      answer:
        "No. The surrogate is no bound: a potential has no constant, so the surrogate is on no scale. The ELBO at the same "
        + "factors must lie below log p(y)."),
    .init(
      "You test a natural gradient on a linear decoder with the exact potentials, and it agrees with differences to all "
        + "digits. What have you shown about the term through the local optimum?",
      answer:
        "Nothing. There Δ = 0 and the term is zero. Move the potentials and test again."),
    .init(
      "Why is no Fisher matrix inverted anywhere in a training step?",
      answer:
        "The natural gradient by η is the ordinary gradient by e, and e is what the local factors depend on. F appears on both "
        + "sides and cancels."),
  ],
  suggestions: [
    .init(
      "Take many small steps without the local term, then with it; compare where the ELBO ends.",
      call: "lessons try 08/steps"),
    .init(
      "Let the potentials go to the decoder's and watch the local term disappear.",
      call: "lessons try 08/potential"),
  ],
  homework: "natural-gradient")

/// Where to read on.
let reading: [Lesson.Reading] = [
  (
    "Johnson, Duvenaud, Wiltschko, Datta, Adams 2016",
    "the model and its algorithm, sections 3 and 4"
  ),
  ("Hoffman, Blei, Wang, Paisley 2013", "natural gradients of conjugate models, section 2"),
  ("Opper and Archambeau 2009", "slopes of Gaussian means in mean and covariance"),
]
