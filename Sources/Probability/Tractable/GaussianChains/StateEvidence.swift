import GSL

/// What observations y say of a state: log p(y | x) = logWeight − ½ |F·x − g|².
public struct StateEvidence: Sendable, Equatable {
  /// [F g], as wide as there are states and one.
  package var rows: Rows
  /// What the likelihood is multiplied by, as a logarithm.
  public var logWeight: Double

  /// The likelihood of two sets of observations that depend on each other through the state alone.
  public func joined(with other: StateEvidence) -> StateEvidence {
    var array = Rows(zeros: rows.count + other.rows.count, width: rows.width)
    array.place(rows, at: 0)
    array.place(other.rows, at: rows.count)
    return StateEvidence(compressing: array, logWeight: logWeight + other.logWeight)
  }

  /// No observation: p = 1 whatever the state.
  public static func none(ofStates count: Int) -> StateEvidence {
    StateEvidence(rows: Rows(zeros: 0, width: count + 1), logWeight: 0)
  }

  /// A likelihood by its rows.
  package init(rows: Rows, logWeight: Double) {
    (self.rows, self.logWeight) = (rows, logWeight)
  }

  /// The same likelihood in as many rows as there are states, at most.
  private init(compressing rows: Rows, logWeight: Double) {
    let states = rows.width - 1
    let triangle = Triangle(turning: rows, columns: states)
    self.rows = triangle.restored(min(states, rows.count))
    self.logWeight = logWeight - 0.5 * triangle.squares(below: states, column: states)
  }

  /// The likelihood of the same observations given the state of one step before.
  ///
  /// The noise u of the step is integrated out, as x' = A·x + Γᵀ·u with u ~ N(0, 1):
  /// ```
  /// |u|² + |F·(A·x + Γᵀ·u) − g|²      [1      0     0]         [R  ·   ·]
  ///                                   [F·Γᵀ   F·A   g]   turns [0  F'  g']     logWeight' = logWeight − log|R|
  /// ```
  public func before(_ step: StateStep) -> StateEvidence {
    let noises = step.noise.count
    let width = noises + rows.width
    var array = Rows(zeros: noises + rows.count, width: width)
    array.placeIdentity(noises)
    array.place(rows, times: step.influences, at: noises)
    for i in 0..<rows.count { array[noises + i, width - 1] = rows[i, rows.width - 1] }
    let triangle = Triangle(turning: array, columns: noises)
    var rest = Rows(zeros: rows.count, width: rows.width)
    for i in 0..<rest.count {
      for j in 0..<rest.width { rest[i, j] = triangle.rows[noises + i, noises + j] }
    }
    return StateEvidence(compressing: rest, logWeight: logWeight - triangle.logDiagonal)
  }
}
