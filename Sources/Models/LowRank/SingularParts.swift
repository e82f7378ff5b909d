public import GSL
public import Networks

/// A matrix as a sum of parts of rank one, the largest first; a few of them, and their inverse.
///
/// ```
/// A = Σ_j s_j u_j v_jᵀ,    A_k = Σ_{j≤k} s_j u_j v_jᵀ,    A_k⁺ = Σ_{j≤k} v_j u_jᵀ / s_j
/// ```
/// No matrix of rank k is nearer to A than A_k. (Eckart and Young 1936.)
public struct SingularParts: Sendable, Equatable {
  private let system: LinearAlgebra.SingularSystem
  private let rows: Int
  private let columns: Int

  /// The parts of a matrix of finite numbers.
  public init(of matrix: Matrix) throws(GSLError) {
    system = try LinearAlgebra.singularSystem(
      rows: matrix.rows, columns: matrix.columns, matrix.array)
    (rows, columns) = (matrix.rows, matrix.columns)
  }

  /// s_j, largest first.
  public var values: [Double] { system.values }

  /// How many parts rounding can tell from nothing.
  public var rank: Int { system.rank }

  /// A_k: the matrix of rank k that is nearest to A.
  public func nearest(rank: Int) -> Matrix {
    let kept = parts(rank)
    return Matrix(
      rows: rows, columns: columns,
      (0..<rows).flatMap { i in
        (0..<columns).map { l in
          kept.reduce(0) { $0 + system.values[$1] * system.left[$1][i] * system.right[$1][l] }
        }
      })
  }

  /// A_k⁺, the pseudo-inverse of A_k; parts that are as good as zero have none.
  public func inverse(rank: Int) -> Matrix {
    let kept = parts(min(rank, system.rank))
    return Matrix(
      rows: columns, columns: rows,
      (0..<columns).flatMap { l in
        (0..<rows).map { i in
          kept.reduce(0) { $0 + system.right[$1][l] * system.left[$1][i] / system.values[$1] }
        }
      })
  }

  private func parts(_ rank: Int) -> Range<Int> { 0..<max(0, min(rank, system.values.count)) }
}
