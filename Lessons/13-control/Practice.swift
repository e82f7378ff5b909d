import LessonKit

/// What a reader does after the lesson.
let practice = Practice(
  questions: [
    .init(
      "A planner looks three steps ahead in a task of ten steps, and its cost is above the least. Somebody proposes ten steps ahead, another one to play three controls of each plan. Which of them may help?",
      answer:
        "The first: with all steps in view the plan is the best one. The second saves computing and nothing else. It answers pushes later, and the "
        + "plan is as short-sighted as before."),
    .init(
      "The noise of a linear system with quadratic costs doubles its variance. What do you change in the controller?",
      answer:
        "Nothing. The part of the cost that noise adds is doubled, whatever you do. The best gains do not contain W."
    ),
    .init(
      "You log a week of a controller u = −K x and fit A and B to it. The fit has no unique answer. Why, and what do you do?",
      answer:
        "All pairs (x, u) lie in a plane of n dimensions, where n + m are needed. Add small random forces to u while you log, or change K "
        + "now and then."),
  ],
  suggestions: [
    .init("Find friction and a price with which H = 2 is bad.", call: "lessons try 13/horizon"),
    .init(
      "Find the least number of transitions with which pictures steer well for each seed.",
      call: "lessons try 13/camera"),
  ],
  homework: "receding")

/// Where to read on.
let reading: [Lesson.Reading] = [
  ("Kalman 1960", "the recursion backwards, and why the best rule is linear"),
  (
    "Watter 2015",
    "a latent space of pictures in which dynamics are locally linear, and planning in it"
  ),
  ("Hafner 2019", "planning in a learned latent space by model-predictive control"),
  ("Recht 2019", "models, searches and this very problem as a measure of both"),
]
