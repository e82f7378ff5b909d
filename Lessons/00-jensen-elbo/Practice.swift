import LessonKit

/// What to do after the lesson.
let practice = Practice(
  questions: [
    .init(
      "For the same model and data, q₁ has the higher ELBO of q₁ and q₂. Which of them has the "
        + "smaller KL(q‖p(z|x)), and why does nobody have to know the posterior to say so?",
      answer:
        "q₁. ELBO(q) + KL(q‖p(z|x)) = log p(x) does not depend on q, so what one gains the other "
        + "loses."),
    .init(
      "A program prints ELBO = −3.1 and, for a simpler model of the same data, log p(x) = −3.4. "
        + "Must one of them be wrong?",
      answer:
        "No. A bound is below the evidence of its own model. The better model's log p(x) is at "
        + "least −3.1, and nothing is said about the simpler one."),
    .init(
      "EM has just done an E-step, and then an M-step has raised F by 0.2. What can you say of how much "
        + "log p(x|θ) rose?",
      answer:
        "By at least 0.2. F was equal to log p(x|θ) before the M-step and lies below it "
        + "afterwards; what is more than 0.2 is the gap that the next E-step closes. The amount is Σ_n KL(r_n‖r′_n)."
    ),
  ],
  suggestions: [
    .init(
      "Move q by hand. Find the q with no gap, and a q for which the bound is −∞ or nearly so.",
      call: "lessons try 00/bound"),
    .init(
      "Climb with EM, one half-step at a time, and watch which of the two curves moves.",
      call: "lessons try 00/climb"),
  ],
  homework: "three-forms")
