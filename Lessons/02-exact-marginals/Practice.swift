import LessonKit

/// What to do after the lesson.
let practice = Practice(
  questions: [
    .init(
      "A chain has K = 10 states and T = 100 steps. How many paths are there, and how many terms does "
        + "the forward recursion add?",
      answer:
        "10¹⁰⁰ paths, and K + (T − 1) K² = 9910 terms: each step asks each state about each of its "
        + "predecessors."),
    .init(
      "You have code for log p(x) of a mixture, and automatic derivatives. How do you get the "
        + "posterior of the component without writing Bayes' rule?",
      answer:
        "Differentiate log p(x) with respect to the log weights: ∂ log p(x)/∂ log π_k = p(z = k|x). "
        + "With respect to logits it would be the posterior minus the prior."),
    .init(
      "Four switches have the weights 1, 1, 2, 2 in one model and 1, 2, 4, 8 in another. Both "
        + "have the same graph. How many terms does each sum need?",
      answer:
        "Seven and 16. Only the total reaches the count: the first weights have the totals 0 … 6, weights "
        + "that double have a total of its own for every state."),
  ],
  suggestions: [
    .init(
      "Move the count y and the weights. Find a count that two components claim alike, and see what "
        + "happens to the evidence there.",
      call: "lessons try 02/claims"),
    .init(
      "Give four switches equal weights, then 1, 2, 4, 8, and watch how many terms are left.",
      call: "lessons try 02/totals"),
  ],
  homework: "forward")
