import GSL

// The two messages of a chain of normal states, each in the form in which it cannot be singular.
// What is known from the past is a belief, a normal density that may be sharp in some directions.
// What is known from the future is a likelihood, which may say nothing of some directions.
// Neither is ever inverted. Reference: Kailath, Sayed and Hassibi 2000, chapter 12 (arrays).

/// What is known of a state: x = mean + Lᵀ·u with u ~ N(0, 1), independent.
public struct StateBelief: Sendable, Equatable {
  /// The mean.
  public var mean: [Double]
  /// L, a row for every independent doubt, which says how it moves the state; none: no doubt.
  package var doubts: Rows

  /// A belief by its mean and the root of its covariance.
  package init(mean: [Double], doubts: Rows) {
    (self.mean, self.doubts) = (mean, doubts)
  }

  /// A belief by its mean and covariance, which may be singular.
  package init(mean: [Double], covariance: [[Double]]) {
    let factor = CovarianceFactor(of: covariance).rows
    self.init(mean: mean, doubts: Rows(transposed(factor), width: mean.count))
  }

  /// The covariance, Lᵀ·L, row after row.
  public var covariance: [Double] {
    var covariance = Rows(zeros: mean.count, width: mean.count)
    for i in mean.indices {
      for j in mean.indices {
        for k in 0..<doubts.count { covariance[i, j] += doubts[k, i] * doubts[k, j] }
      }
    }
    return covariance.entries
  }

  /// The belief about dynamics · x + N(0, noiseᵀ · noise).
  ///
  /// ```
  /// mean' = A·mean     L'ᵀ·L' = A·Lᵀ·L·Aᵀ + Γᵀ·Γ     [L·Aᵀ]
  ///                                                 [Γ   ]   turns  [L']
  /// ```
  public func moved(by step: StateStep) -> StateBelief {
    var array = Rows(zeros: doubts.count + step.noise.count, width: mean.count)
    array.place(doubts, times: step.dynamics, at: 0)
    array.place(step.noise, at: doubts.count)
    let triangle = Triangle(turning: array, columns: mean.count)
    return StateBelief(
      mean: step.moved(mean), doubts: triangle.restored(min(mean.count, array.count)))
  }

  /// The belief once a likelihood is known too, and the log probability of what it was seen of.
  ///
  /// ```
  /// |u|² + |F·(mean + Lᵀ·u) − g|²  =  |R·u − r|² + |ρ|²
  /// [1       0           ]           [R  r]
  /// [F·Lᵀ    g − F·mean  ]    turns  [0  ρ]        Rᵀ·R ≥ 1, so that R has an inverse
  /// x = mean + Lᵀ·R⁻¹·(r + N(0, 1))     log p(y) = logWeight − log|R| − ½ |ρ|²
  /// ```
  public func conditioned(on seen: StateEvidence) -> (belief: StateBelief, logEvidence: Double) {
    let (count, states) = (doubts.count, mean.count)
    var array = Rows(zeros: count + seen.rows.count, width: count + 1)
    array.placeIdentity(count)
    array.place(seen.rows, times: doubts, at: count)
    for i in 0..<seen.rows.count {
      var predicted = 0.0
      for k in mean.indices { predicted += seen.rows[i, k] * mean[k] }
      array[count + i, count] = seen.rows[i, states] - predicted
    }
    let triangle = Triangle(turning: array, columns: count)
    let shares = triangle.solved(column: count)
    var moved = [Double](repeating: 0, count: states)
    for (share, doubt) in zip(shares, triangle.order) {
      for k in moved.indices { moved[k] += doubts[doubt, k] * share }
    }
    for k in moved.indices { moved[k] = mean[k] + moved[k] }
    let misfit = triangle.squares(below: count, column: count)
    return (
      StateBelief(mean: moved, doubts: triangle.transposedSolved(doubts)),
      seen.logWeight - triangle.logDiagonal - 0.5 * misfit
    )
  }
}
