import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Estimators of ∇_logits log p(x) from two posterior draws, for a prior softmax(logits).
struct DrawnGradients: Sendable {
  typealias Estimator =
    @Sendable (_ joint: FiniteJoint, _ posterior: [Double], _ choices: inout Exhaustive) throws ->
    [Double]

  /// The average over two draws made independently.
  var independent: Estimator = { joint, posterior, choices in
    let first = score(try choices.choose(posterior), joint)
    let second = score(try choices.choose(posterior), joint)
    return zip(first, second).map { ($0 + $1) / 2 }
  }
  /// The average over one draw and its copy: as dependent as two draws can be.
  var copied: Estimator = { joint, posterior, choices in
    let draw = score(try choices.choose(posterior), joint)
    return zip(draw, draw).map { ($0 + $1) / 2 }
  }

  func moments(_ estimator: Estimator, _ joint: FiniteJoint) throws -> ExactMoments {
    let posterior = ExactPosterior(of: joint).probabilities ?? joint.prior
    return try exactMoments { choices in try estimator(joint, posterior, &choices) }
  }
}

/// G(z) = ∇_logits log softmax(logits)_z = e_z − prior.
private func score(_ state: Int, _ joint: FiniteJoint) -> [Double] {
  joint.prior.enumerated().map { ($0.offset == state ? 1 : 0) - $0.element }
}

extension Page {
  /// The gradient from posterior samples: what independence is needed for.
  static let posteriorSamples: Exercise<DrawnGradients, FiniteJoint> = Exercise(
    Sheet(
      id: "posterior-samples", title: "The gradient from posterior samples", task: "", hints: [],
      example: .threeStates, draw: { cases in try .random(states: 3, &cases) },
      lines: [independentMean, independentVariance, copiedMean, copiedVariance]),
    answer: DrawnGradients(),
    mistakes: [
      Mistake(
        "samples-the-prior", "draws z from p(z): the mean of the score is then zero",
        DrawnGradients(independent: { joint, _, choices in
          let first = score(try choices.choose(joint.prior), joint)
          let second = score(try choices.choose(joint.prior), joint)
          return zip(first, second).map { ($0 + $1) / 2 }
        })),
      Mistake(
        "weighs-the-draws-again", "multiplies each draw by p(z|x), which its frequency has already",
        source: "E-023",
        DrawnGradients(copied: { joint, posterior, choices in
          let state = try choices.choose(posterior)
          return score(state, joint).map { posterior[state] * $0 }
        })),
      Mistake(
        "uses-one-of-two", "averages two draws but forgets the second",
        DrawnGradients(independent: { joint, posterior, choices in
          let first = score(try choices.choose(posterior), joint)
          _ = try choices.choose(posterior)
          return first
        })),
      Mistake(
        "sums-in-place-of-averaging", "Σ over the draws, not divided by their number",
        DrawnGradients(copied: { joint, posterior, choices in
          let draw = score(try choices.choose(posterior), joint)
          return zip(draw, draw).map { $0 + $1 }
        })),
    ])

  private static func exactGradient(_ joint: FiniteJoint) -> [Double] {
    // By the chain rule through the softmax: responsibilities − prior.
    zip(
      differentiatedResponsibilities(
        logWeights: joint.prior.map { log($0) },
        logLikelihoods: joint.likelihood.map { log($0) }), joint.prior
    ).map { $0 - $1 }
  }

  /// Var G_k = r_k (1 − r_k), as G_k is an indicator minus a constant.
  private static func scoreVariances(_ joint: FiniteJoint) -> [Double] {
    let products = zip(joint.prior, joint.likelihood).map { $0 * $1 }
    let evidence = products.reduce(0, +)
    return products.map { $0 / evidence * (1 - $0 / evidence) }
  }

  private static let independentMean: Line<DrawnGradients, FiniteJoint> = Line(
    "independent-mean", "E[½(G(z¹) + G(z²))] = ∇ log p(x), over all 9 pairs",
    because: "each draw has the posterior as its law", claims: ["A-248"]
  ) { gradients, joint in
    .equal(
      try gradients.moments(gradients.independent, joint).mean, exactGradient(joint), magnitude: 1)
  }

  private static let independentVariance: Line<DrawnGradients, FiniteJoint> = Line(
    "independent-variance", "Var[½(G(z¹) + G(z²))] = ½ Var[G]",
    because: "independent draws have no covariance", claims: ["A-248"]
  ) { gradients, joint in
    .equal(
      try gradients.moments(gradients.independent, joint).variances,
      scoreVariances(joint).map { $0 / 2 }, magnitude: 1)
  }

  private static let copiedMean: Line<DrawnGradients, FiniteJoint> = Line(
    "copied-mean", "z² = z¹:  E[½(G(z¹) + G(z²))] = ∇ log p(x)",
    because: "the mean of a sum is the sum of the means, dependent or not", claims: ["A-248"]
  ) { gradients, joint in
    .equal(try gradients.moments(gradients.copied, joint).mean, exactGradient(joint), magnitude: 1)
  }

  private static let copiedVariance: Line<DrawnGradients, FiniteJoint> = Line(
    "copied-variance", "z² = z¹:  Var[½(G(z¹) + G(z²))] = Var[G] ≠ ½ Var[G]",
    because: "independence is what halves the variance, and all that it does", claims: ["A-248"]
  ) { gradients, joint in
    let variances = scoreVariances(joint)
    return .different(
      try gradients.moments(gradients.copied, joint).variances, variances.map { $0 / 2 },
      by: variances.map { $0 / 2 }, atLeast: 1e-4, magnitude: 1)
  }
}
