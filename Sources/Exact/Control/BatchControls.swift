public import GSL
public import Models
public import Networks

/// All controls at once, as one problem of least squares: the recursion's twin.
///
/// ```
/// x_t = A^t x_0 + Σ_{s<t} A^{t−1−s} B u_s
/// J(u) = x_0ᵀ Q x_0 + Σ_{t=1..T} |√Q_t x_t|² + Σ_t |√R u_t|²,   Q_T = F
/// ```
public struct BatchControls: Sendable, Equatable {
  /// u_0 to u_{T−1}.
  public let controls: [Vector]
  /// J of these.
  public let cost: Double

  /// The best controls from a start, one for each of at least one step.
  public init(of system: LinearQuadratic, from start: Vector, steps: Int) throws(GSLError) {
    let (n, m, steps) = (system.stateCount, system.controlCount, max(1, steps))
    let (stateRoot, finalRoot) = (
      try Self.root(system.stateCost), try Self.root(system.finalCost)
    )
    let controlRoot = try Self.root(system.controlCost)
    var (free, responses) = (start, [Matrix]())
    var (rows, right): ([[Double]], [Double]) = ([], [])
    for t in 1...steps {
      free = system.dynamics.times(free)
      responses = responses.map { system.dynamics.times($0) } + [system.input]
      let root = t == steps ? finalRoot : stateRoot
      let weighed = responses.map { root.times($0) }
      for i in 0..<n {
        var row = weighed.flatMap { $0.row(i).array }
        row += [Double](repeating: 0, count: m * steps - row.count)
        rows.append(row)
      }
      right += root.times(free).array.map { -$0 }
    }
    for t in 0..<steps {
      for i in 0..<m {
        var row = [Double](repeating: 0, count: m * steps)
        for j in 0..<m { row[t * m + j] = controlRoot[i, j] }
        rows.append(row)
        right.append(0)
      }
    }
    let all = try LinearAlgebra.leastSquares(
      rows: rows.count, columns: m * steps, rows.flatMap { $0 }, right: right)
    controls = (0..<steps).map { Vector(Array(all[($0 * m)..<(($0 + 1) * m)])) }
    cost = system.cost(from: start, controls: controls)
  }

  /// The symmetric square root of a matrix without negative eigenvalues.
  private static func root(_ matrix: Matrix) throws(GSLError) -> Matrix {
    let system = try LinearAlgebra.symmetricEigen(order: matrix.rows, matrix.array)
    let vectors = Matrix(rows: matrix.rows, columns: matrix.rows, system.vectors)
    let roots = Matrix(diagonal: Vector(system.values.map { max(0, $0).squareRoot() }))
    return vectors.times(roots).times(vectors.transposed())
  }
}
