import LessonKit

/// What a reader does after the lesson.
let practice = Practice(
  questions: [
    .init(
      "A colleague subtracts the mean signal of the batch, the sample itself included, and is glad of the lower variance. What do you say?",
      answer:
        "The mean is multiplied by 1 − 1/S and the variance by its square or less: part of the gain is a shorter step. "
        + "With the S − 1 other signals the mean is right."),
    .init(
      "Of two unbiased estimators one has a tenth of the other's variance on your test problem. Which do you take for the real one?",
      answer:
        "That is not known yet. On another problem of two bits the order is turned round. What decides is whether the control variate "
        + "follows the signal where q puts its mass, and this has to be measured there."),
    .init(
      "Your relaxed estimator agrees with the exact gradient on a table of f over all states. Is it unbiased?",
      answer:
        "Only for f written that way. Off the states the function may bend as it likes, and an estimator that asks for slopes there "
        + "has another mean for another way to write the same f."),
  ],
  suggestions: [
    .init(
      "Add a constant to f and watch which estimators notice.", call: "lessons try 11/shift"),
    .init(
      "Find the constant at which the greedy baseline is better than none.",
      call: "lessons try 11/shift"),
  ],
  homework: "baselines")

/// Where to read on.
let reading: [Lesson.Reading] = [
  ("Greensmith, Bartlett, Baxter 2004", "which baseline has the least variance, section 4"),
  ("Mnih and Rezende 2016", "a baseline for each draw of a bound, section 2"),
  ("Tucker and others 2017", "a relaxed variable as a control variate, section 3"),
  ("Mohamed, Rosca, Figurnov, Mnih 2020", "a survey of Monte Carlo gradients"),
  ("Schulman and others 2017", "the clipped surrogate, section 3"),
]
