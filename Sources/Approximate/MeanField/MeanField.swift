import GSL
public import Models
public import Probability

/// A factorised posterior q(z) = Π_j q_j(z_j) over a table, and the ways in which it is improved.
///
/// Reference: Jordan, Ghahramani, Jaakkola and Saul 1999; Bishop 2006, section 10.1.
public struct MeanField: Sendable, Equatable {
  /// q_j, one distribution a latent.
  public var factors: [[Double]]

  /// The given factors.
  public init(factors: [[Double]]) { self.factors = factors }

  /// Uniform factors.
  public init(uniformOver table: JointTable) {
    factors = table.sizes.map { [Double](repeating: 1 / Double($0), count: $0) }
  }

  /// q(z) of a joint state.
  public func probability(_ values: [Int]) -> Double {
    values.indices.reduce(1) { $0 * factors[$1][values[$1]] }
  }

  /// The weight that all factors but one give to a state.
  private func weight(_ values: [Int], without latent: Int) -> Double {
    values.indices.reduce(1) { $1 == latent ? $0 : $0 * factors[$1][values[$1]] }
  }

  // listing: 03 expected-log-joint
  /// E_{q(other factors)}[log p(x, z)] as a function of one latent.
  ///
  /// States that the other factors exclude cost nothing, 0 · (−∞) = 0.
  public func expectedLogJoint(_ latent: Int, _ table: JointTable) -> [Double] {
    var expected = [Double](repeating: 0, count: table.sizes[latent])
    for state in 0..<table.stateCount {
      let values = table.values(of: state)
      let weight = weight(values, without: latent)
      if weight > 0 { expected[values[latent]] += weight * table.logValues[state] }
    }
    return expected
  }
  // end of listing

  // listing: 03 coordinate-update
  /// The target of one factor: the best it can be while the others stay as they are.
  ///
  /// ```
  /// q̃_j(z_j) ∝ exp E_{q(other factors)}[log p(x, z)]
  /// ```
  public func target(_ latent: Int, _ table: JointTable) -> [Double] {
    let expected = expectedLogJoint(latent, table)
    let normaliser = logSumExp(expected)
    // Where the others leave nothing possible, it stays as it is.
    guard normaliser.isFinite else { return factors[latent] }
    return expected.map { exp($0 - normaliser) }
  }
  // end of listing

  /// The bound E_q[log p(x, z)] + Σ_j H(q_j).
  public func elbo(_ table: JointTable) -> LowerBound {
    var sum = CompensatedSum()
    for state in 0..<table.stateCount {
      let weight = probability(table.values(of: state))
      if weight > 0 { sum.add(weight * table.logValues[state]) }
    }
    for factor in factors { sum.add(entropy(of: factor)) }
    return LowerBound(sum.value)
  }
}
