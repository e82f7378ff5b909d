/// A chain of normal states with something known of each: what ``ChainPotentials`` is for discrete ones.
///
/// ```
/// x_1 ~ initial      x_{t+1} = A_t·x_t + noise_t      potentials_t(x_t) = logWeight − ½ |F·x_t − g|²
/// p(x) ∝ p(x_1) Π_t p(x_{t+1} | x_t) Π_t exp(potentials_t(x_t))
/// ```
/// What is known may be observations seen through a matrix (``StateView``), or natural parameters that a
/// network has given. References: Roweis and Ghahramani 1999; Johnson et al 2016, section 4.
public struct GaussianChain: Sendable, Equatable {
  /// What is known of the first state before anything else.
  public let initial: StateBelief
  /// The T − 1 steps.
  public let steps: [StateStep]
  /// What is known of each of the T states besides.
  public let potentials: [StateEvidence]

  /// A chain whose parts are known to fit together.
  package init(initial: StateBelief, steps: [StateStep], potentials: [StateEvidence]) {
    self.initial = initial
    self.steps = steps
    self.potentials = potentials
  }

  /// T, the number of places.
  public var length: Int { potentials.count }
  /// n, the number of numbers in a state.
  public var stateCount: Int { initial.mean.count }
}

extension StateEvidence {
  /// The potential −½ xᵀ·J·x + hᵀ·x with natural parameters h and J.
  ///
  /// ```
  /// J = F'·F'ᵀ      −½ xᵀ·J·x + hᵀ·x = ½ |g|² − ½ |F'ᵀ·x − g|²,      F'·g = h
  /// ```
  /// J may be singular, as far as h says nothing in the directions of which J says nothing; nil where it
  /// does, or where J is not positive semidefinite.
  package init?(shift: [Double], precision: [[Double]]) {
    let factor = CovarianceFactor(of: precision)
    let target = factor.whitened(shift)
    // Ten digits are granted, as to covariances.
    let tolerance = 1e-9
    let size = shift.reduce(0) { max($0, $1.magnitude) }
    let reached = zip(product(factor.rows, target), shift).allSatisfy {
      ($0 - $1).magnitude <= tolerance * size
    }
    guard factor.unexplained <= tolerance, reached else { return nil }
    var rows = Rows(transposed(factor.rows), width: shift.count)
    rows = Rows(
      (0..<factor.rank).map { k in (0..<shift.count).map { rows[k, $0] } + [target[k]] },
      width: shift.count + 1)
    self.init(rows: rows, logWeight: 0.5 * dot(target, target))
  }

  /// E[log p(y | x)] for x ~ N(mean, covariance).
  ///
  /// ```
  /// logWeight − ½ |F·mean − g|² − ½ Σ (F·Lᵀ)²
  /// ```
  public func mean(under belief: StateBelief) -> Double {
    let (states, doubts) = (belief.mean.count, belief.doubts)
    var total = 0.0
    for i in 0..<rows.count {
      var misfit = -rows[i, states]
      for k in 0..<states { misfit += rows[i, k] * belief.mean[k] }
      total += misfit * misfit
      for u in 0..<doubts.count {
        var influence = 0.0
        for k in 0..<states { influence += rows[i, k] * doubts[u, k] }
        total += influence * influence
      }
    }
    return logWeight - 0.5 * total
  }
}
