// Products of log weights: sums become log Σ exp, products become sums. One step of the forward
// algorithm of a hidden Markov model is `logProduct(alpha, logTransition)`, one of the backward
// algorithm `logProduct(logTransition, beta)`.
//
// The derivatives carry the share that each term has in its sum. A sum that is impossible (−∞) has
// no shares: its gradient is zero, not NaN, as for `logSumExp` of a vector.

import GSL
import _Differentiation

/// The row vector a times A in log space, outⱼ = log Σᵢ exp(aᵢ + Aᵢⱼ).
public func logProduct(_ vector: Vector, _ matrix: Matrix) -> Vector {
  let columns = matrix.columns
  guard vector.count == matrix.rows else { return Vector(repeating: .nan, count: columns) }
  var result = Vector(zeros: columns)
  for column in 0..<columns {
    result.array[column] = logSumExp(count: matrix.rows) {
      vector.array[$0] + matrix.array[$0 * columns + column]
    }
  }
  return result
}

@derivative(of: logProduct)
@usableFromInline
func logRowTimesMatrixDerivative(
  _ vector: Vector, _ matrix: Matrix
) -> (value: Vector, pullback: (Vector) -> (Vector, Matrix)) {
  let totals = logProduct(vector, matrix)
  return (
    totals,
    { cotangent in
      if cotangent.isEmpty { return (.zero, .zero) }
      var perMatrix = matrix
      guard vector.count == matrix.rows else {
        return (vector.withoutNumbers, matrix.withoutNumbers)
      }
      for row in 0..<matrix.rows {
        for column in 0..<matrix.columns {
          let place = row * matrix.columns + column
          let term = vector.array[row] + matrix.array[place]
          perMatrix.array[place] =
            cotangent.array[column] * exponentialShare(of: term, in: totals.array[column])
        }
      }
      return (perMatrix.rowSums(), perMatrix)
    }
  )
}

/// The matrix A times the column b in log space, outᵢ = log Σⱼ exp(Aᵢⱼ + bⱼ).
@differentiable(reverse)
public func logProduct(_ matrix: Matrix, _ vector: Vector) -> Vector {
  logProduct(vector, matrix.transposed())
}

/// For every row the logarithm of its sum of exponentials, log Σⱼ exp(Aᵢⱼ).
@differentiable(reverse)
public func logSumExpRows(_ matrix: Matrix) -> Vector {
  logProduct(matrix, withoutDerivative(at: Vector(zeros: matrix.columns)))
}

/// For every column the logarithm of its sum of exponentials, log Σᵢ exp(Aᵢⱼ).
@differentiable(reverse)
public func logSumExpColumns(_ matrix: Matrix) -> Vector {
  logProduct(withoutDerivative(at: Vector(zeros: matrix.rows)), matrix)
}

/// Every row normalised in log space: Aᵢⱼ − log Σₖ exp(Aᵢₖ); a row of −∞ stays as it is.
public func logSoftmaxRows(_ matrix: Matrix) -> Matrix {
  let totals = logSumExpRows(matrix)
  var result = matrix
  for place in result.array.indices {
    let total = totals.array[place / matrix.columns]
    if total != -.infinity {
      result.array[place] -= total
    }
  }
  return result
}

@derivative(of: logSoftmaxRows)
@usableFromInline
func logSoftmaxRowsDerivative(_ matrix: Matrix) -> (value: Matrix, pullback: (Matrix) -> Matrix) {
  let totals = logSumExpRows(matrix)
  return (
    logSoftmaxRows(matrix),
    { cotangent in
      if cotangent.isEmpty { return .zero }
      let sums = cotangent.rowSums()
      var gradient = cotangent
      for place in gradient.array.indices {
        let row = place / matrix.columns
        let total = totals.array[row]
        gradient.array[place] -=
          total == -.infinity
          ? gradient.array[place] : sums.array[row] * exp(matrix.array[place] - total)
      }
      return gradient
    }
  )
}
