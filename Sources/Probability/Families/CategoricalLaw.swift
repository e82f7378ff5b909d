public import GSL

/// One of K outcomes: η_k = log p_k with t_k(x) = [x = k], A = log Σ e^η_k.
///
/// The K statistics add up to one, so that a number added to every η_k makes the same distribution.
public struct CategoricalLaw: InvertibleFamily, Equatable {
  /// An outcome, as its indicators.
  public typealias Point = [Double]
  /// p, with sum one; an outcome may be impossible.
  public let probabilities: [Double]

  /// The distribution whose natural parameters are given, up to a number added to all of them.
  public init(naturalParameters: [Double]) throws(GSLError) {
    let total = logSumExp(naturalParameters)
    guard !naturalParameters.isEmpty, total.isFinite else {
      throw GSLError("CategoricalLaw", .domain, arguments: "\(naturalParameters)")
    }
    try self.init(meanParameters: naturalParameters.map { exp($0 - total) })
  }

  /// The distribution with probabilities, which are its mean parameters.
  public init(meanParameters: [Double]) throws(GSLError) {
    guard meanParameters.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw GSLError("CategoricalLaw", .domain, arguments: "\(meanParameters)")
    }
    let total = CompensatedSum(meanParameters).value
    guard abs(total - 1) <= 1e-9 else {
      throw GSLError("CategoricalLaw", .badArgument("probabilities add up to \(total)"))
    }
    probabilities = meanParameters.map { $0 / total }
  }

  /// log p.
  public var naturalParameters: [Double] { probabilities.map { log($0) } }
  /// log Σ p = 0.
  public func logPartition() -> Double { 0 }
  /// −Σ p log p, where 0 log 0 = 0.
  public func entropyWithoutBase() -> Double { entropy(of: probabilities) }
  /// log p of the outcome that is indicated.
  public func logDensity(_ point: [Double]) -> Double {
    zip(point, probabilities).reduce(0) { $1.0 == 0 ? $0 : $0 + $1.0 * log($1.1) }
  }
  /// p.
  public func meanParameters() -> [Double] { probabilities }
  /// An outcome, written as its indicators: see ``indicators(of:)``.
  public static func statistics(of point: [Double]) -> [Double] { point }
  /// An outcome as its statistics: one at its place, zero elsewhere.
  public func indicators(of outcome: Int) -> [Double] {
    probabilities.indices.map { $0 == outcome ? 1 : 0 }
  }
  /// Cov = [j = k] p_j − p_j p_k.
  public func statisticsCovariance() -> [Double] {
    table(probabilities.count) { j, k in
      (j == k ? probabilities[j] : 0) - probabilities[j] * probabilities[k]
    }
  }
}
