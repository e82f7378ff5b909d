import LessonKit

/// What to do after the lesson.
let practice = Practice(
  questions: [
    .init(
      "q gives probability 0.1 to a state that p excludes, and p gives 0.1 to another state that "
        + "q excludes. Which of KL(q‖p) and KL(p‖q) are infinite, and what do the two states do "
        + "to the other one?",
      answer:
        "Both are infinite. Each is a mean under its first argument, and each first argument "
        + "visits a state that the second one excludes. A state that the first argument excludes "
        + "adds nothing."),
    .init(
      "Your code for the divergence of two Gaussians gives 0 for q = p, agrees with a book in one "
        + "dimension, and agrees with itself when all coordinates are renamed. Which slip of the "
        + "first table would pass all three tests, and which test finds it?",
      answer:
        "The mean over dimensions in place of the sum: at d = 1 a mean is a sum, and at q = p it "
        + "is 0. (The lost half fails in one dimension, and ½ in place of ½ d fails at q = p.) "
        + "Compare with the average of log q(z) − log p(z) for some q and p with d = 2 that "
        + "differ in mean and covariance."),
    .init(
      "Somebody trains with β = ½ and reports a best value of −0.945 as a lower bound on "
        + "log p(x). What is it really?",
      answer:
        "An upper bound. For β < 1 the best value β log Z_β is above log p(x); in the example "
        + "of this lesson log p(x) is −1.171. It is a lower bound for β ≥ 1 only."),
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
