public import Models
import Probability

/// One update and what it did to q and to the bound.
public struct MeanFieldUpdate: Sendable, Equatable {
  /// The latent whose factor was set, or nil where all were set at once.
  public let latent: Int?
  /// q after the update.
  public let q: MeanField
  /// The ELBO after the update.
  public let elbo: Double
}

extension MeanField {
  // listing: 03 sweep
  /// One factor is set to its target while the others stay as they are.
  ///
  /// ```
  /// q_j ← q̃_j          ELBO rises by KL(q_j‖q̃_j)
  /// ```
  public mutating func update(_ latent: Int, _ table: JointTable) -> MeanFieldUpdate {
    factors[latent] = target(latent, table)
    return MeanFieldUpdate(latent: latent, q: self, elbo: elbo(table).value)
  }

  /// One sweep, in which each factor in turn is set to its target: the ELBO never falls.
  ///
  /// The first latent comes first, unless another order is given.
  public mutating func sweep(_ table: JointTable, order: [Int]? = nil) -> [MeanFieldUpdate] {
    (order ?? Array(table.sizes.indices)).map { update($0, table) }
  }
  // end of listing

  /// All factors are set at once, each from the others' old values, which promises no ascent.
  public mutating func updateInParallel(_ table: JointTable) -> MeanFieldUpdate {
    let old = self
    factors = table.sizes.indices.map { old.target($0, table) }
    return MeanFieldUpdate(latent: nil, q: self, elbo: elbo(table).value)
  }

  /// Sweeps until the bound rises by no more than `tolerance`, at most `sweeps` times.
  ///
  /// Returns the ledger of all updates. What is reached is a fixed point, one of possibly several:
  /// which one depends on where the sweeps start.
  public mutating func ascend(
    _ table: JointTable, tolerance: Double = 0, sweeps: Int = 1000
  ) -> [MeanFieldUpdate] {
    var ledger: [MeanFieldUpdate] = []
    var last = -Double.infinity
    for _ in 0..<sweeps {
      ledger += sweep(table)
      guard let now = ledger.last?.elbo, now - last > tolerance else { break }
      last = now
    }
    return ledger
  }

  /// The product of the exact marginals, which minimises KL(p‖q), the inclusive direction.
  public init(inclusiveFitTo posterior: [Double], sizes: [Int]) {
    var factors = sizes.map { [Double](repeating: 0, count: $0) }
    for (state, probability) in posterior.enumerated() {
      var rest = state
      for latent in sizes.indices.reversed() {
        factors[latent][rest % sizes[latent]] += probability
        rest /= sizes[latent]
      }
    }
    self.init(factors: factors)
  }
}
