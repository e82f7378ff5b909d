import LessonKit

/// What a reader does after the lesson.
let practice = Practice(
  questions: [
    .init(
      "A running mean with a = .7 is updated before it is subtracted, with S = 6 draws. The whole ELBO "
        + "is sampled. What is the mean of the estimate, and does its direction change?",
      answer:
        "1 − (1 − .7)/6 = .95 of ∇ELBO. The direction stays: every component has the same share."),
    .init(
      "Why may the gradient for θ be taken inside E_q, and not the one for the parameters of q?",
      answer:
        "q does not contain θ, so only the integrand moves. For the parameters of q the weights "
        + "move; inside E_q only the mean of a score is left, which is zero."),
    .init(
      "Straight-through has no bias at log odds 0 with f(z) = (z − .45)². What follows for other log odds?",
      answer:
        "Nothing. At 0 it is right because b = 1 − b and f is a parabola; at −1 it has the wrong sign."
    ),
  ],
  suggestions: [
    .init(
      "Move a and S and watch both shares; then take the divergence in closed form and watch the "
        + "angle.", call: "lessons try 04/baseline"),
    .init(
      "Find the constant c of least variance by hand; compare it with the ELBO.",
      call: "lessons try 04/constant"),
  ],
  homework: "leave-one-out")

/// Where to read on.
let reading: [Lesson.Reading] = [
  ("Mnih and Gregor 2014", "the method of this lesson: sections 2.2 to 2.4"),
  ("Williams 1992", "where signal times score comes from, baselines included"),
  ("Greensmith, Bartlett and Baxter 2004", "which baseline has the least variance"),
  ("Schulman, Heess, Weber and Abbeel 2015", "surrogates for any graph of random choices"),
  ("Kool, van Hoof and Welling 2019", "the other draws as a baseline"),
  ("Mohamed, Rosca, Figurnov and Mnih 2020", "a survey of gradients of means"),
]
