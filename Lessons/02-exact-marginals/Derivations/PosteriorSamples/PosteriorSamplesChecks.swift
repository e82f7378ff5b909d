import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `posterior-samples`: what independence is needed for.
enum PosteriorSamplesDerivation {
  /// An estimator of ∇_logits log p(x) from two posterior draws, for a prior softmax(logits).
  typealias Estimator =
    @Sendable (_ joint: FiniteJoint, _ posterior: [Double], inout Exhaustive) throws -> [Double]

  /// Two estimators, with G(z) = ∇_logits log softmax(logits)_z.
  struct Parts: Sendable {
    /// ½ (G(z¹) + G(z²)) for two draws made independently.
    var independent: Estimator
    /// ½ (G(z) + G(z)): one draw and its copy, as dependent as two draws can be.
    var copied: Estimator
  }

  typealias Check = LessonKit.Check<Parts, FiniteJoint>

  static let checks: [Check] = [independentMean, independentVariance, copiedMean, copiedVariance]

  static let independentMean = Check(
    "independent-mean", "E[½(G(z¹) + G(z²))] = ∇ log p(x), over all 9 pairs",
    because: "each draw has the posterior as its distribution", claims: ["A-248"],
    as: .specialCase
  ) { parts, joint in
    .equal(try moments(parts.independent, joint).means, gradient(joint))
  }

  static let independentVariance = Check(
    "independent-variance", "Var[½(G(z¹) + G(z²))] = ½ Var[G]",
    because: "independent draws have no covariance", claims: ["A-248"],
    as: .consequence
  ) { parts, joint in
    .equal(
      variances(try moments(parts.independent, joint)), scoreVariances(joint).map { $0 / 2 })
  }

  static let copiedMean = Check(
    "copied-mean", "z² = z¹:  E[½(G(z¹) + G(z²))] = ∇ log p(x)",
    because: "the mean of a sum is the sum of the means, dependent or not",
    claims: [.against("A-248")],
    as: .consequence
  ) { parts, joint in
    .equal(try moments(parts.copied, joint).means, gradient(joint))
  }

  static let copiedVariance = Check(
    "copied-variance", "z² = z¹:  Var[½(G(z¹) + G(z²))] = Var[G] ≠ ½ Var[G]",
    because: "independence is what halves the variance, and all that it does", claims: ["A-248"],
    as: .specialCase
  ) { parts, joint in
    let halves = scoreVariances(joint).map { $0 / 2 }
    return .different(
      variances(try moments(parts.copied, joint)), halves, by: halves, atLeast: 1e-4)
  }
}

// MARK: Exact answers

extension PosteriorSamplesDerivation {
  private static func moments(_ estimator: Estimator, _ joint: FiniteJoint) throws -> ExactMoments {
    let posterior = ExactPosterior(of: joint).probabilities ?? joint.prior
    return try exactMoments { choices in try estimator(joint, posterior, &choices) }
  }

  private static func variances(_ moments: ExactMoments) -> [ExactValue] {
    moments.mean.indices.map { moments.covariances[$0 * (moments.mean.count + 1)] }
  }

  /// ∇_logits log Σ_z softmax(logits)_z p(x | z): responsibilities less prior, by the chain rule.
  private static func gradient(_ joint: FiniteJoint) -> [Double] {
    let responsibilities = differentiatedResponsibilities(
      logWeights: joint.prior.map { log($0) }, logLikelihoods: joint.likelihood.map { log($0) })
    return zip(responsibilities, joint.prior).map { $0 - $1 }
  }

  /// Var G_k = r_k (1 − r_k), as G_k is an indicator minus a constant.
  private static func scoreVariances(_ joint: FiniteJoint) -> [ExactValue] {
    let products = zip(joint.prior, joint.likelihood).map { ExactValue($0) * ExactValue($1) }
    let evidence = products.sum()
    return products.map { $0 / evidence * (1 - $0 / evidence) }
  }
}
