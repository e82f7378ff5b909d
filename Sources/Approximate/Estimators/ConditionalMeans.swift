/// E[f(X, Y) | X = x] for each x of a joint table: what Rao–Blackwellisation puts in place of f(X, Y).
///
/// ```
/// E[f | x] = Σ_y p(x, y) f(x, y) / Σ_y p(x, y)
/// Var f = Var E[f | X] + E Var[f | X]
/// ```
/// - Parameters:
///   - values: f, a row for each x.
///   - joint: p(x, y), a row for each x; every row has a positive sum.
/// - Returns: one number for each x.
public func conditionalMeans(of values: [[Double]], joint: [[Double]]) -> [Double] {
  // listing: 04 rao-blackwell
  zip(values, joint).map { values, masses in
    zip(values, masses).reduce(0) { $0 + $1.0 * $1.1 } / masses.reduce(0, +)
  }
  // end of listing
}
