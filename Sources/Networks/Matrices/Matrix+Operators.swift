import _Differentiation

extension Matrix {
  /// The entrywise sum.
  @differentiable(reverse)
  public static func + (left: Matrix, right: Matrix) -> Matrix { left.adding(right) }

  /// Adds another matrix entry by entry.
  @differentiable(reverse)
  public static func += (left: inout Matrix, right: Matrix) { left = left.adding(right) }

  /// The entrywise difference.
  @differentiable(reverse)
  public static func - (left: Matrix, right: Matrix) -> Matrix { left.subtracting(right) }

  /// Subtracts another matrix entry by entry.
  @differentiable(reverse)
  public static func -= (left: inout Matrix, right: Matrix) { left = left.subtracting(right) }

  /// Every entry with its sign changed.
  @differentiable(reverse)
  public static prefix func - (matrix: Matrix) -> Matrix { matrix.negated() }

  /// Every entry multiplied by one number.
  @differentiable(reverse)
  public static func * (factor: Double, matrix: Matrix) -> Matrix { matrix.scaled(by: factor) }

  /// Every entry multiplied by one number.
  @differentiable(reverse)
  public static func * (matrix: Matrix, factor: Double) -> Matrix { matrix.scaled(by: factor) }

  /// The entrywise product Aᵢⱼ Bᵢⱼ; the matrix product is `times`.
  @differentiable(reverse)
  public static func * (left: Matrix, right: Matrix) -> Matrix { left.multiplied(by: right) }
}

/// The exponential of every entry; not the matrix exponential.
@differentiable(reverse)
public func exp(_ matrix: Matrix) -> Matrix { matrix.exponential() }

/// The natural logarithm of every entry; not the matrix logarithm.
@differentiable(reverse)
public func log(_ matrix: Matrix) -> Matrix { matrix.logarithm() }
