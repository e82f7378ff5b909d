import GSL
public import Networks

/// A potential ψ(x) = hᵀ·x − ½ xᵀ·J·x with natural parameters h and J: a normal density without its constant.
///
/// It is what a recognition network says of a latent x; a likelihood that is log-quadratic in x is one too.
public struct QuadraticPotential: Sendable, Equatable {
  /// h.
  public var linear: Vector
  /// J, symmetric; not necessarily positive definite.
  public var precision: Matrix

  /// A potential by its natural parameters.
  public init(linear: Vector, precision: Matrix) {
    self.linear = linear
    self.precision = precision
  }

  /// The potential h·x − ½ J·x² of one number.
  public init(linear: Double, precision: Double) {
    self.init(linear: Vector([linear]), precision: Matrix([[precision]]))
  }

  /// ψ = 0 in d dimensions.
  public static func none(dimension d: Int) -> QuadraticPotential {
    QuadraticPotential(linear: Vector(zeros: d), precision: Matrix(zeros: d, d))
  }

  /// d, how many numbers x has.
  public var dimension: Int { linear.count }

  /// The product of two densities has the sum of their natural parameters.
  public static func + (a: QuadraticPotential, b: QuadraticPotential) -> QuadraticPotential {
    QuadraticPotential(linear: a.linear + b.linear, precision: a.precision + b.precision)
  }

  /// What is left of a potential when another is taken out.
  public static func - (a: QuadraticPotential, b: QuadraticPotential) -> QuadraticPotential {
    QuadraticPotential(linear: a.linear - b.linear, precision: a.precision - b.precision)
  }

  /// A potential that counts several times, or in part.
  public static func * (weight: Double, a: QuadraticPotential) -> QuadraticPotential {
    QuadraticPotential(linear: weight * a.linear, precision: weight * a.precision)
  }

  /// ψ(x).
  public func callAsFunction(_ x: Vector) -> Double {
    linear.dot(x) - 0.5 * x.dot(precision.times(x))
  }
}
