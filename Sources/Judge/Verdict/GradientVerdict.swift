public import Probability
public import Verification

/// What an estimator of a gradient is worth, from its whole law.
public struct GradientVerdict: Sendable {
  /// The exact gradient.
  public let target: [Double]
  /// What the estimator returns: exact mean and covariance.
  public let found: ExactMoments
  /// What can be compared with its spread: other estimators, by name.
  public let references: [(name: String, variances: [Double])]
  /// What its mean says.
  public let mean: MeanVerdict
  /// How many runs there were, and how many of them twice.
  public let outcomes: Int
  /// How many were repeated in another process.
  public let repeated: Int
  /// How far the law is believed; nil where it is exact.
  public let quadrature: Quadrature?
  /// Whether every number that it returned is one of single precision.
  public let isSingle: Bool

  /// The verdict on a law.
  ///
  /// - Parameters:
  ///   - law: what the program returned over all its outcomes.
  ///   - target: the exact gradient.
  ///   - targetBound: how far rounding can have moved the target, or what it is estimated from.
  ///   - references: estimators to compare its spread with.
  /// - Throws: a fault where a result is no vector of as many finite numbers.
  public init(
    _ law: ProgramLaw, target: [Double], targetBound: Double,
    references: [(name: String, variances: [Double])]
  ) throws(Fault) {
    let vectors = try law.vectors(count: target.count)
    self.target = target
    self.references = references
    found = try law.moments(count: target.count)
    outcomes = law.outcomes.count
    repeated = law.repeated
    isSingle = vectors.allSatisfy { $0.allSatisfy { Double(Float($0)) == $0 } }
    let size = found.magnitude.reduce(0, max)
    quadrature = law.quadrature
    // Two rules that agree to a distance may both be off by some times that.
    let nodes = 16 * (quadrature?.distance ?? 0) * size
    let single = isSingle ? 64 * Double(Float.ulpOfOne) * size : 0
    mean =
      judgeEstimator(found, target: target, targetBound: targetBound + single + nodes + 1e-9 * size)
      .mean
  }

  /// Whether its mean is the gradient, by choices that it made.
  public var holds: Bool { mean == .unbiased && !isWithoutChoices }

  /// Whether it made no choice at all.
  public var isWithoutChoices: Bool { outcomes == 1 }

  /// The verdict in a sentence.
  public var words: String {
    if isWithoutChoices {
      return
        "it makes no choice at all: nothing is written yet, or the answer was computed exactly, "
        + "or it draws numbers of its own from a fixed seed"
    }
    if case .biased(let amounts) = mean {
      // What is off by rounding only is not off.
      let size = max(1, found.magnitude.reduce(0, max))
      return "\(MeanVerdict.biased(by: amounts.map { abs($0) <= 1e-9 * size ? 0 : $0 }))"
    }
    guard mean == .unbiased else { return "\(mean)" }
    let precision = isSingle ? ", to single precision" : ""
    guard let reference = references.first else { return "unbiased\(precision)" }
    return "unbiased\(precision), with \(times(reference.variances)) the variance of "
      + reference.name
  }

  /// "0.5 times": the sum of its variances beside that of others.
  public func times(_ variances: [Double]) -> String {
    let ratio = found.covarianceTrace / variances.reduce(0, +)
    return abs(ratio - 1) <= 1e-9 ? "exactly" : "\(Format.short(ratio)) times"
  }
}
