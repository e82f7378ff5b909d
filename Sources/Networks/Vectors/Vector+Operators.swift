import _Differentiation

extension Vector {
  /// The entrywise sum.
  @differentiable(reverse)
  public static func + (left: Vector, right: Vector) -> Vector { left.adding(right) }

  /// Adds another vector entry by entry.
  @differentiable(reverse)
  public static func += (left: inout Vector, right: Vector) { left = left.adding(right) }

  /// The entrywise difference.
  @differentiable(reverse)
  public static func - (left: Vector, right: Vector) -> Vector { left.subtracting(right) }

  /// Subtracts another vector entry by entry.
  @differentiable(reverse)
  public static func -= (left: inout Vector, right: Vector) { left = left.subtracting(right) }

  /// Every entry with its sign changed.
  @differentiable(reverse)
  public static prefix func - (vector: Vector) -> Vector { vector.negated() }

  /// Every entry multiplied by one number.
  @differentiable(reverse)
  public static func * (factor: Double, vector: Vector) -> Vector { vector.scaled(by: factor) }

  /// Every entry multiplied by one number.
  @differentiable(reverse)
  public static func * (vector: Vector, factor: Double) -> Vector { vector.scaled(by: factor) }

  /// The entrywise product aᵢ bᵢ.
  @differentiable(reverse)
  public static func * (left: Vector, right: Vector) -> Vector { left.multiplied(by: right) }

  /// The entrywise quotient aᵢ / bᵢ.
  @differentiable(reverse)
  public static func / (left: Vector, right: Vector) -> Vector { left.divided(by: right) }
}

/// The exponential of every entry.
@differentiable(reverse)
public func exp(_ vector: Vector) -> Vector { vector.exponential() }

/// The natural logarithm of every entry.
///
/// At an entry of 0 the value is −∞ and the derivative infinite, which is the truth. A dynamic
/// program with structural zeros is differentiated with respect to log weights instead, through
/// `logSumExp`, where every derivative is finite.
@differentiable(reverse)
public func log(_ vector: Vector) -> Vector { vector.logarithm() }
