import LessonKit

/// What a reader does after the lesson.
let practice = Practice(
  questions: [
    .init(
      "The ELBO of your mean field falls from one update to the next. Can the model be to blame?",
      answer: """
        No. An update sets q_j to its target, and the bound rises by KL(q_j‖q̃_j), which is never \
        negative, whatever the model is. Either the update or the bound is wrong, or several \
        factors were updated at once.
        """),
    .init(
      "Two climbs end at ELBOs of −0.84 and −1.38. What do you know about log p(x)?",
      answer: """
        That it is at least −0.84, and that the first q is the nearer one to the posterior, by \
        0.54. How far it still is from it, the bounds do not tell.
        """),
    .init(
      """
      A posterior of two Gaussian latents has variances 4 and 4 and correlation .6. What variance \
      does the best product give the first one?
      """,
      answer: """
        4 (1 − .36) = 2.56: the variance of z₁ once z₂ is known. A factor is never wider than its \
        marginal.
        """),
  ],
  suggestions: [
    .init(
      """
      Update the sprinkler first and then rain, and after that rain first. Which end has the \
      higher bound, and how large does ε have to be before both orders end at the same place?
      """,
      call: "lessons try 03/updates"),
    .init(
      """
      Let two bits agree more and more often. How often must they agree before the start of the \
      climb decides where it ends?
      """,
      call: "lessons try 03/agreement"),
  ],
  homework: "coordinate-update")
