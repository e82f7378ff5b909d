import LessonKit

/// What to do after the lesson.
let practice = Practice(
  questions: [
    .init(
      "q gives probability 0.1 to a state that p excludes. Everywhere else both are positive. "
        + "Which of KL(q‖p) and KL(p‖q) is infinite, and what does this state add to the other, as a "
        + "mean of logarithms?",
      answer:
        "KL(q‖p) is infinite: it is a mean under q, which visits the state, and log(q(z)/p(z)) is "
        + "infinite there. To KL(p‖q) the state adds nothing, because p never draws it."),
    .init(
      "Your code for the divergence of two Gaussians gives 0 for q = p in the plane and agrees with "
        + "a book in one dimension. Which slip of the first table may it still have, and which test finds "
        + "it?",
      answer:
        "The mean over dimensions in place of the sum: with d = 1 the two are the same, and at "
        + "q = p both are 0. (The lost half and the sign show at d = 1, and ½ in place of ½ d "
        + "shows at q = p.) Compare with the mean of log q(z) − log p(z) at d > 1."),
    .init(
      "Somebody trains with β = ½ and reports the best value of the objective as a lower bound "
        + "on log p(x). What is it really, if q was free, and if q was kept to a family?",
      answer:
        "If q was free, an upper bound: for β < 1 the best value β log Z_β is above log p(x). If q "
        + "was kept to a family, as a trained one is, no bound at all: it may lie on either side. "
        + "Only with β ≥ 1 is it a lower bound."),
  ],
  suggestions: [
    .init(
      "Move the rate of the single Poisson distribution. Find the λ that each direction prefers, "
        + "and a λ at which both divergences grow if you go up.",
      call: "lessons try 01/directions"),
    .init(
      "Turn the weight β up and down. Watch to which distribution q_β goes at either end, and on "
        + "which side of log p(x) the value is.",
      call: "lessons try 01/penalty"),
  ],
  homework: "gaussian-divergence")
