import Exact
import LessonKit
import Models

extension Page {
  /// What is read about gradients of log marginals, in order.
  static let gradientBlocks: [Block] = [
    .heading("The gradient of a log marginal is a posterior expectation"),
    .prose(
      """
      Nobody needs to write a backward recursion again. Write the forward one, ask for its \
      derivative with respect to the log probabilities, and what comes back is the posterior: \
      how often each transition, each rule, each edge is expected to have been used.

          ∇ log Σ_z p(z, x) = Σ_z ∇p(z, x) / p(x) = Σ_z p(z|x) ∇ log p(z, x)

      The middle step is the derivative of a sum, the last is ∇p = p ∇ log p. There is no more to \
      it, and it does not care what z is: a component, a path, a tree, a vector of bits. Where \
      log p(z, x) is a sum of log potentials, its gradient counts them, and the expectation of a \
      count is a marginal.
      """),
    .exercise(logMarginalGradient),
    .exercise(posteriorExpectation),
    .prose(
      """
      It is an expectation, so it can be sampled: draw z from the posterior and average \
      ∇ log p(z, x). Must the draws be independent? For the mean, no: a draw and its own copy \
      average to the right thing. Independence is what makes the variance fall as 1/S. That \
      distinction earns its keep later, when draws come from a chain. What does not come free is \
      the posterior itself; when it cannot be summed, somebody has to approximate it, and the \
      remaining lessons are about that.
      """),
    .exercise(posteriorSamples),
    .heading("When is a sum tractable?"),
    .prose(
      """
      Conditional independence made the chains above tractable. It is not the only thing that \
      can: the trees needed a determinant. Twelve independent causes of one count make 4096 states, and given the count no two of \
      them are independent. If the causes have equal effects the count sees only how many are on: \
      13 terms do. If the effects are 1, 2, 4, 8 … no two states can be put together, and all 4096 remain. Same \
      graph, other numbers.
      """),
    .exercise(tractability),
  ]
}
