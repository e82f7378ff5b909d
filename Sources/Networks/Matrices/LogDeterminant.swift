import GSL
import _Differentiation

/// The logarithm of the determinant of a square matrix.
///
/// ```
/// d log det A = tr(A⁻¹ dA), so the gradient is A⁻ᵀ
/// ```
///
/// *Edge cases.* The matrix of no rows has determinant 1. A singular matrix has the value −∞, and
/// a gradient of NaN: there is none. A negative determinant has the value NaN, as the logarithm of
/// a negative number does, so that a Laplacian put together wrongly is noticed; where only the
/// volume matters there is `logAbsoluteDeterminant`. Without a square of finite numbers all is NaN.
public func logDeterminant(_ matrix: Matrix) -> Double {
  let determinant = determinant(of: matrix)
  return determinant.sign < 0 ? .nan : determinant.logMagnitude
}

@derivative(of: logDeterminant)
@usableFromInline
func logDeterminantDerivative(_ matrix: Matrix) -> (value: Double, pullback: (Double) -> Matrix) {
  (logDeterminant(matrix), { $0 * transposedInverse(matrix) })
}

/// The logarithm of the absolute value of the determinant; its gradient is A⁻ᵀ as well.
public func logAbsoluteDeterminant(_ matrix: Matrix) -> Double {
  determinant(of: matrix).logMagnitude
}

@derivative(of: logAbsoluteDeterminant)
@usableFromInline
func logAbsoluteDeterminantDerivative(
  _ matrix: Matrix
) -> (value: Double, pullback: (Double) -> Matrix) {
  (logAbsoluteDeterminant(matrix), { $0 * transposedInverse(matrix) })
}

/// The solution x = A⁻¹ b of the linear equations A x = b; NaN when A is singular.
///
/// With w = A⁻ᵀ v for a cotangent v, the gradients are −w xᵀ for A and w for b.
public func solve(_ matrix: Matrix, _ right: Vector) -> Vector {
  if matrix.isEmpty, right.isEmpty { return right }
  let solution = try? LinearAlgebra.solve(
    order: matrix.rows, matrix.array, right: right.array, rightColumns: 1)
  return right.withEntries(solution ?? [])
}

@derivative(of: solve)
@usableFromInline
func solveDerivative(
  _ matrix: Matrix, _ right: Vector
) -> (value: Vector, pullback: (Vector) -> (Matrix, Vector)) {
  let solution = solve(matrix, right)
  return (
    solution,
    { cotangent in
      if cotangent.isEmpty { return (.zero, .zero) }
      let perRight = solve(matrix.transposed(), cotangent)
      return (-outer(perRight, solution), perRight)
    }
  )
}

private func determinant(of matrix: Matrix) -> (sign: Int, logMagnitude: Double) {
  if matrix.isEmpty { return (1, 0) }
  guard matrix.rows == matrix.columns,
    let found = try? LinearAlgebra.logDeterminant(order: matrix.rows, matrix.array)
  else { return (0, .nan) }
  return (found.sign, found.logMagnitude)
}

private func transposedInverse(_ matrix: Matrix) -> Matrix {
  if matrix.isEmpty { return matrix }
  let inverse = try? LinearAlgebra.inverse(order: matrix.rows, matrix.transposed().array)
  return matrix.withEntries(inverse ?? [])
}
