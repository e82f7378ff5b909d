import _Differentiation

/// The table of sums aᵢ + bⱼ: the outer product of weights, in log space.
public func outerSum(_ left: Vector, _ right: Vector) -> Matrix {
  var result = Matrix(zeros: left.count, right.count)
  for row in left.indices {
    for column in right.indices {
      result.array[row * right.count + column] = left.array[row] + right.array[column]
    }
  }
  return result
}

@derivative(of: outerSum)
@usableFromInline
func outerSumDerivative(
  _ left: Vector, _ right: Vector
) -> (value: Matrix, pullback: (Matrix) -> (Vector, Vector)) {
  (outerSum(left, right), { ($0.rowSums(), $0.columnSums()) })
}
