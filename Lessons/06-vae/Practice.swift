import LessonKit

/// What a reader does after the lesson.
let practice = Practice(
  questions: [
    .init(
      "Your decoder oscillates quickly over the width of q. Which gradient has the smaller variance?",
      answer: "The score function: the slope along the path is large and changes its sign."),
    .init(
      "You reached the posterior, and single draws of your gradient are not zero. What do you use?",
      answer: "The total derivative or a closed-form KL. The path alone would be zero."),
    .init(
      "The sampled bound of fixed draws lies above log p(x). Is that a mistake?",
      answer: "No: fixed draws are no bound, and one of them has no largest value. Redraw."),
  ],
  suggestions: [
    .init(
      "Make q narrower than the posterior and watch the two variances.",
      call: "lessons try 06/landing"),
    .init(
      "Make q wider than the posterior: does the path alone lose there too?",
      call: "lessons try 06/landing"),
  ],
  homework: "landing")

/// Where to read on.
let reading: [Lesson.Reading] = [
  ("Kingma and Welling 2014", "the method of this lesson, and its closed-form divergence"),
  ("Rezende, Mohamed and Wierstra 2014", "the same at the same time, with a hierarchy"),
  ("Roeder, Wu and Duvenaud 2017", "sticking the landing"),
  ("Burda, Grosse and Salakhutdinov 2016", "bounds with K draws"),
  ("Tipping and Bishop 1999", "the linear decoder, whose best weights are known"),
  (
    "Gregor, Danihelka, Graves, Rezende and Wierstra 2015",
    "DRAW: codes in steps, each for what is left"
  ),
]
