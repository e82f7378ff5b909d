import GSL
public import Probability

/// What an oracle says of one observation: how probable it is, and what it tells of what is hidden.
///
/// What is inferred depends on the model: responsibilities, marginals, expected counts, means and
/// covariances. Each posterior is made by a readable route (`init(of:)`), by a brute-force twin, and
/// mostly by a fast one; ``ExactAnswers`` chooses between them.
public protocol Posterior: Sendable, Equatable {
  /// log p(x); −∞ when the observation is impossible. Of a random field, log Z.
  var logEvidence: ExactValue { get }
}

extension Posterior {
  /// A posterior probability, or an expected count, with its rounding.
  ///
  /// ```
  /// p = Σ_(s with it) w_s / Σ_s w_s      |Δ log w_s| ≤ δ_s   ⟹   |Δp| ≤ p (2 + |log p|) δ + 4 ε p
  /// ```
  /// δ is the bound on log p(x). What is in improbable states only has larger logarithms, in the ratio
  /// |log p| at most, and with them larger roundings.
  public func share(_ p: Double) -> ExactValue {
    let terms = p > 0 ? p * (2 + abs(log(p))) : 0
    let bound = terms * logEvidence.roundingBound + 4 * Double.ulpOfOne * p
    return ExactValue(p, roundingBound: bound.isFinite ? bound : 0)
  }
}

/// The exact posteriors of observations under one model, and how they were found.
///
/// Each model has an initialiser that is the only place where the route is chosen: a fast kernel as
/// long as it is as exact as the readable form, that form where it is not, and a refusal where
/// rounding would decide the answer.
public struct ExactAnswers<Answer: Posterior>: Sendable {
  /// One for each observation, in their order.
  public let posteriors: [Answer]
  /// The route that was taken.
  public let route: ExactRoute
  /// The route in half a sentence: "sum over all 65536 states, one by one".
  public let way: String
  /// How much there was to do, by name: states, steps, cells, terms.
  public let work: [(name: String, count: Double)]

  /// log p(x) of each observation.
  public var logEvidence: [Double] { posteriors.map(\.logEvidence.value) }
}
