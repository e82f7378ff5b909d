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
/// volume matters there is `logAbsoluteDeterminant`.
public func logDeterminant(_ matrix: Matrix) -> Double {
  requireSquare("logDeterminant", matrix)
  return logDeterminant(of: Factorisation(matrix))
}

@derivative(of: logDeterminant)
@usableFromInline
func logDeterminantDerivative(
  _ matrix: Matrix
) -> (value: Double, pullback: (Double) -> Matrix) {
  requireSquare("logDeterminant", matrix)
  let factors = Factorisation(matrix)
  return (logDeterminant(of: factors), { $0 * gradientOfLogDeterminant(factors) })
}

/// The logarithm of the absolute value of the determinant; its gradient is A⁻ᵀ as well.
public func logAbsoluteDeterminant(_ matrix: Matrix) -> Double {
  requireSquare("logAbsoluteDeterminant", matrix)
  return Factorisation(matrix).logAbsoluteDeterminant
}

@derivative(of: logAbsoluteDeterminant)
@usableFromInline
func logAbsoluteDeterminantDerivative(
  _ matrix: Matrix
) -> (value: Double, pullback: (Double) -> Matrix) {
  requireSquare("logAbsoluteDeterminant", matrix)
  let factors = Factorisation(matrix)
  return (factors.logAbsoluteDeterminant, { $0 * gradientOfLogDeterminant(factors) })
}

/// The solution x = A⁻¹ b of the linear equations A x = b; not finite when A is singular.
///
/// With w = A⁻ᵀ v for a cotangent v, the gradients are −w xᵀ for A and w for b.
public func solve(_ matrix: Matrix, _ right: Vector) -> Vector {
  requireSquare("solve", matrix)
  requireCount("solve", right, matrix.rows)
  return Factorisation(matrix).solution(right)
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
      let perRight = Factorisation(matrix.transposed()).solution(cotangent)
      return (-outer(perRight, solution), perRight)
    }
  )
}

private func logDeterminant(of factors: Factorisation) -> Double {
  factors.determinantSign < 0 ? .nan : factors.logAbsoluteDeterminant
}

private func gradientOfLogDeterminant(_ factors: Factorisation) -> Matrix {
  let inverse = factors.transposedInverse()
  return factors.isSingular ? inverse.mapped { _ in .nan } : inverse
}
