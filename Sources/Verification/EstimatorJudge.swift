public import Probability

/// What an estimator's exact mean says about it, compared with the quantity it should estimate.
public enum MeanVerdict: Sendable, Equatable, CustomStringConvertible {
  /// The mean is the target, up to rounding.
  case unbiased
  /// The mean is a positive multiple of the target.
  case rescaled(by: Double)
  /// The mean is a negative multiple of the target.
  case wrongSign(scale: Double)
  /// The mean is off by these amounts.
  case biased(by: [Double])
  /// The mean has another number of components than the target.
  case wrongLength(found: Int, expected: Int)

  /// The verdict in words.
  public var description: String {
    switch self {
    case .unbiased: return "unbiased"
    case .rescaled(let factor):
      return "rescaled: its mean is \(Format.short(factor)) times the exact value"
    case .wrongSign(let scale):
      let size = abs(scale - 1) < 1e-9 ? "" : ", and \(Format.short(scale)) times the size"
      return "wrong sign: its mean is minus the exact value\(size)"
    case .biased(let amounts):
      let list = amounts.map { Format.short($0) }.joined(separator: ", ")
      return "biased: its mean is off by (\(list))"
    case .wrongLength(let found, let expected):
      return "wrong shape: it has \(found) components, the exact value has \(expected)"
    }
  }
}

/// An estimator judged by mean, covariance and number of outcomes together.
///
/// The mean alone is not enough: a program that returns the oracle's answer is unbiased too, but
/// it has no variance and a single outcome.
public struct EstimatorJudgement: Sendable, Equatable {
  /// What the mean says.
  public let mean: MeanVerdict
  /// The complaint about the spread, if there is one.
  public let spread: String?
  /// The complaint about the outcomes, if there is one.
  public let outcomes: String?

  /// Whether nothing was found wrong.
  public var holds: Bool { mean == .unbiased && spread == nil && outcomes == nil }

  /// All complaints, or "unbiased" with nothing to add.
  public var words: String {
    var parts: [String] = []
    if mean != .unbiased || (spread == nil && outcomes == nil) { parts.append("\(mean)") }
    return (parts + [spread, outcomes].compactMap { $0 }).joined(separator: "; ")
  }
}

/// Judges an estimator from its exact moments.
///
/// - Parameters:
///   - found: the estimator's moments, by exhaustive execution.
///   - target: the exact value of what it estimates.
///   - reference: the moments that an estimator of this kind has, from its formula, where the kind
///     is prescribed.
///   - targetBound: how far rounding can have moved the target.
/// - Returns: the verdict on mean, spread and outcomes.
public func judgeEstimator(
  _ found: ExactMoments, target: [Double], like reference: ExactMoments? = nil,
  targetBound: Double = 0
) -> EstimatorJudgement {
  let slack = found.magnitude.indices.map { component in
    8 * found.meanBound[component] + targetBound
      + 64 * Double.ulpOfOne
      * max(found.magnitude[component], component < target.count ? abs(target[component]) : 0)
  }
  return EstimatorJudgement(
    mean: meanVerdict(found.mean, target, slack: slack),
    spread: reference.flatMap { spreadComplaint(found, $0) },
    outcomes: reference.flatMap { reference in
      found.outcomes == reference.outcomes
        ? nil
        : "it has \(found.outcomes) outcomes where this estimator has \(reference.outcomes): "
          + "it does not make the choices that were asked for"
    })
}

func meanVerdict(_ mean: [Double], _ target: [Double], slack: [Double]) -> MeanVerdict {
  guard mean.count == target.count else {
    return .wrongLength(found: mean.count, expected: target.count)
  }
  let errors = zip(mean, target).map { $0 - $1 }
  if zip(errors, slack).allSatisfy({ abs($0) <= $1 }) { return .unbiased }
  // The factor of a least-squares fit mean ≈ c · target; a rescaling leaves nothing over.
  let size = target.reduce(0) { $0 + $1 * $1 }
  guard size > 0 else { return .biased(by: errors) }
  let factor = zip(mean, target).reduce(0) { $0 + $1.0 * $1.1 } / size
  let fits = mean.indices.allSatisfy { component in
    abs(mean[component] - factor * target[component]) <= (1 + abs(factor)) * slack[component]
  }
  // One component is always a multiple of another: then only ±1 and simple ratios mean anything.
  guard fits, factor != 0 else { return .biased(by: errors) }
  return factor > 0 ? .rescaled(by: factor) : .wrongSign(scale: -factor)
}

func spreadComplaint(_ found: ExactMoments, _ reference: ExactMoments) -> String? {
  guard found.covariance.count == reference.covariance.count else { return nil }
  for i in found.covariance.indices {
    for j in 0...i {
      let (got, want) = (found.covariance[i][j], reference.covariance[i][j])
      let size = max(
        reference.magnitude[i] * reference.magnitude[j],
        abs(want), (reference.variances[i] * reference.variances[j]).squareRoot())
      guard abs(got - want) > 1e3 * Double.ulpOfOne * size else { continue }
      guard i == j else {
        return
          "covariance of components \(j) and \(i): found \(Format.short(got)), exactly \(Format.short(want))"
      }
      return "variance of component \(i): found \(Format.short(got)), exactly \(Format.short(want))"
    }
  }
  return nil
}
