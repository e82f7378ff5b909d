import LessonKit

/// What a reader does after the lesson.
let practice = Practice(
  questions: [
    .init(
      "Three well separated components are fitted, and the ELBO ends 1.83 nats below log p(x). Is that a bug?",
      answer:
        "Probably not: log 3! is 1.79. The posterior has six equal parts, and q keeps one of them."),
    .init(
      "Seven of ten mini-batch steps lowered the ELBO. Is the estimate of the step biased?",
      answer:
        "That does not follow. It may be unbiased in natural coordinates; the ELBO is no linear function of "
        + "them. Smaller steps or larger batches lose less."),
    .init(
      "In a ledger, an update of z_3 moved E[log p(π)]. What does that say?",
      answer: "A bug: q(π) did not change, so its prior term cannot move."),
  ],
  suggestions: [
    .init(
      "Move the groups together and apart, and watch when the gap becomes log 2.",
      call: "lessons try 07/groups"),
    .init(
      "Put the first responsibility at one half exactly, then a step beside it.",
      call: "lessons try 07/groups"),
  ],
  homework: "natural-step")

/// Where to read on.
let reading: [Lesson.Reading] = [
  ("Winn and Bishop 2005", "messages in conjugate-exponential graphs: sections 2 and 3"),
  ("Hoffman, Blei, Wang and Paisley 2013", "natural gradients and mini-batches: section 2"),
  ("Wainwright and Jordan 2008", "exponential families from both sides: section 3"),
  ("Bishop 2006", "the variational mixture with all its terms: section 10.2"),
  ("Blei, Ng and Jordan 2003", "latent Dirichlet allocation"),
  ("Griffiths and Steyvers 2004", "topics that are bars, found by Gibbs sampling"),
  ("Robbins and Monro 1951", "why step sizes shrink, and not too fast"),
]
