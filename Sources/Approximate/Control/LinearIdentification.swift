public import GSL
public import Networks

/// A and B from steps that were seen, by least squares.
///
/// ```
/// x' ≈ A x + B u
/// ```
/// Without noise n + m steps are enough where (x, u) are linearly independent; fewer never are.
public struct LinearIdentification: Sendable, Equatable {
  /// A.
  public let dynamics: Matrix
  /// B.
  public let input: Matrix

  /// The fit of steps, each a state, a control and the next state.
  public init(
    fitting steps: [(state: Vector, control: Vector, next: Vector)]
  ) throws(GSLError) {
    guard let first = steps.first else {
      throw GSLError("LinearIdentification", .badArgument("expected at least one step, found none"))
    }
    let (n, m) = (first.state.count, first.control.count)
    guard
      steps.allSatisfy({
        $0.state.count == n && $0.control.count == m && $0.next.count == first.next.count
      })
    else {
      throw GSLError("LinearIdentification", .badArgument("expected steps of one size"))
    }
    let seen = steps.flatMap { $0.state.array + $0.control.array }
    var (dynamics, input): ([[Double]], [[Double]]) = ([], [])
    for i in 0..<first.next.count {
      let row = try LinearAlgebra.leastSquares(
        rows: steps.count, columns: n + m, seen, right: steps.map { $0.next[i] })
      dynamics.append(Array(row[..<n]))
      input.append(Array(row[n...]))
    }
    (self.dynamics, self.input) = (Matrix(dynamics), Matrix(input))
  }
}
