public import Networks

/// A linear system that is steered, and what being somewhere and steering cost.
///
/// ```
/// x_{t+1} = A x_t + B u_t + w_t
/// J(u)    = Σ_{t<T} (x_tᵀ Q x_t + u_tᵀ R u_t) + x_Tᵀ F x_T
/// ```
/// The pushes w_t are noise of mean zero; whoever steers learns of them from x_{t+1} only. (Kalman 1960.)
public struct LinearQuadratic: Sendable, Equatable {
  /// A, what becomes of a state that is left alone.
  public let dynamics: Matrix
  /// B, what a control does to the state, a column for each of its numbers.
  public let input: Matrix
  /// Q, the cost of a state before the end; positive semidefinite.
  public let stateCost: Matrix
  /// R, the cost of a control; positive definite.
  public let controlCost: Matrix
  /// F, the cost of the last state; positive semidefinite.
  public let finalCost: Matrix

  /// A system of n numbers a state and m a control.
  public init(
    dynamics: Matrix, input: Matrix, stateCost: Matrix, controlCost: Matrix, finalCost: Matrix
  ) throws(ModelError) {
    let (n, m) = (dynamics.rows, input.columns)
    try Validate.notEmpty("dynamics", n)
    try Validate.notEmpty("input", m)
    try Validate.finiteTable("dynamics", Self.table(dynamics), rows: n, columns: n)
    try Validate.finiteTable("input", Self.table(input), rows: n, columns: m)
    self.dynamics = dynamics
    self.input = input
    self.stateCost = Matrix(
      try Validate.positiveSemidefinite("stateCost", Self.table(stateCost), dimension: n))
    self.controlCost = Matrix(
      try Validate.positiveDefinite("controlCost", Self.table(controlCost), dimension: m))
    self.finalCost = Matrix(
      try Validate.positiveSemidefinite("finalCost", Self.table(finalCost), dimension: n))
  }

  /// n, how many numbers a state has.
  public var stateCount: Int { dynamics.rows }
  /// m, how many numbers a control has.
  public var controlCount: Int { input.columns }

  /// A x + B u.
  public func next(_ state: Vector, _ control: Vector) -> Vector {
    dynamics.times(state) + input.times(control)
  }

  /// J(u), from this state on, with pushes where there are any.
  public func cost(
    from start: Vector, controls: [Vector], pushes: [Vector] = []
  ) -> Double {
    var (state, sum) = (start, 0.0)
    for (t, control) in controls.enumerated() {
      sum += stateCost.quadraticForm(state) + controlCost.quadraticForm(control)
      state = next(state, control)
      if pushes.indices.contains(t) { state += pushes[t] }
    }
    return sum + finalCost.quadraticForm(state)
  }

  /// The lists of rows of a matrix.
  static func table(_ matrix: Matrix) -> [[Double]] {
    (0..<matrix.rows).map { matrix.row($0).array }
  }
}

extension LinearQuadratic {
  /// A mass on a line, its place and its speed, pushed by one force; places away from zero cost.
  ///
  /// ```
  /// v' = 0.9 v + u,   p' = p + v'          cost p² + 2 u², at the end p²
  /// ```
  public static func pointMass() throws(ModelError) -> LinearQuadratic {
    try LinearQuadratic(
      dynamics: [[1, 0.9], [0, 0.9]], input: [[1], [1]], stateCost: [[1, 0], [0, 0]],
      controlCost: [[2]], finalCost: [[1, 0], [0, 0]])
  }
}
