import GSL

/// The factorisation P A = L U with row exchanges, from which determinants and solutions follow.
///
/// Gaussian elimination with partial pivoting (Golub and Van Loan, *Matrix Computations*,
/// algorithm 3.4.1). A pivot of exactly zero marks a singular matrix.
struct Factorisation {
  /// L below the diagonal (its ones left out), U on and above it.
  private var entries: Matrix
  /// Which row of A stands in each row of P A.
  private var order: [Int]
  /// The sign of the permutation P.
  private var sign = 1.0

  init(_ matrix: Matrix) {
    entries = matrix
    order = Array(0..<matrix.rows)
    for step in 0..<matrix.rows {
      exchange(step, pivotRow(step))
      eliminate(step)
    }
  }

  private var size: Int { entries.rows }

  /// The pivots: det A = sign · Π uᵢᵢ.
  private var pivots: [Double] {
    (0..<size).map { entries.array[$0 * size + $0] }
  }

  var isSingular: Bool { pivots.contains(0) }

  /// The sign of the determinant: 1, -1, or 0.
  var determinantSign: Double {
    pivots.reduce(sign) { $1 == 0 ? 0 : ($1 < 0 ? -$0 : $0) }
  }

  /// log |det A|, −∞ for a singular matrix.
  var logAbsoluteDeterminant: Double {
    pivots.reduce(0) { $0 + log(abs($1)) }
  }

  /// The solution x of A x = b.
  func solution(_ right: Vector) -> Vector {
    var x = Vector(order.map { right.array[$0] })
    for row in 0..<size {
      for column in 0..<row {
        x.array[row] -= entries.array[row * size + column] * x.array[column]
      }
    }
    for row in (0..<size).reversed() {
      for column in row + 1..<size {
        x.array[row] -= entries.array[row * size + column] * x.array[column]
      }
      x.array[row] /= entries.array[row * size + row]
    }
    return x
  }

  /// The inverse of A, transposed: row j solves A x = eⱼ.
  func transposedInverse() -> Matrix {
    var result: [Double] = []
    result.reserveCapacity(size * size)
    for row in 0..<size {
      result += solution(Vector(zeros: size).replacing(row, with: 1)).array
    }
    return Matrix(rows: size, columns: size, result)
  }

  // MARK: Elimination

  private func pivotRow(_ step: Int) -> Int {
    var best = step
    for row in step..<size
    where abs(entries.array[row * size + step]) > abs(entries.array[best * size + step]) {
      best = row
    }
    return best
  }

  private mutating func exchange(_ first: Int, _ second: Int) {
    guard first != second else { return }
    order.swapAt(first, second)
    sign = -sign
    for column in 0..<size {
      entries.array.swapAt(first * size + column, second * size + column)
    }
  }

  private mutating func eliminate(_ step: Int) {
    let pivot = entries.array[step * size + step]
    guard pivot != 0 else { return }
    for row in step + 1..<size {
      let factor = entries.array[row * size + step] / pivot
      entries.array[row * size + step] = factor
      for column in step + 1..<size {
        entries.array[row * size + column] -= factor * entries.array[step * size + column]
      }
    }
  }
}
