// The elementary functions of the C library, so that no other room needs Foundation or Glibc.
// Inlinable: what is left of a wrapper in an optimised build is the call of the C function itself.

public import Glibc

/// Returns e^x.
@inlinable public func exp(_ x: Double) -> Double { Glibc.exp(x) }

/// Returns 2^x.
@inlinable public func exp2(_ x: Double) -> Double { Glibc.exp2(x) }

/// Returns e^x - 1, without cancellation near zero.
@inlinable public func expm1(_ x: Double) -> Double { Glibc.expm1(x) }

/// Returns the natural logarithm of `x`: -infinity at 0, NaN below.
@inlinable public func log(_ x: Double) -> Double { Glibc.log(x) }

/// Returns the logarithm of `x` to base 2.
@inlinable public func log2(_ x: Double) -> Double { Glibc.log2(x) }

/// Returns the logarithm of `x` to base 10.
@inlinable public func log10(_ x: Double) -> Double { Glibc.log10(x) }

/// Returns log(1 + x), without cancellation near zero.
@inlinable public func log1p(_ x: Double) -> Double { Glibc.log1p(x) }

/// Returns the square root of `x`, correctly rounded.
@inlinable public func sqrt(_ x: Double) -> Double { x.squareRoot() }

/// Returns the sine of `x` in radians.
@inlinable public func sin(_ x: Double) -> Double { Glibc.sin(x) }

/// Returns the cosine of `x` in radians.
@inlinable public func cos(_ x: Double) -> Double { Glibc.cos(x) }

/// Returns the angle from −π to π at which the point (`x`, `y`) is seen from the origin.
@inlinable public func atan2(_ y: Double, _ x: Double) -> Double { Glibc.atan2(y, x) }

/// Returns the hyperbolic sine of `x`.
@inlinable public func sinh(_ x: Double) -> Double { Glibc.sinh(x) }

/// Returns the hyperbolic cosine of `x`.
@inlinable public func cosh(_ x: Double) -> Double { Glibc.cosh(x) }

/// Returns the hyperbolic tangent of `x`.
@inlinable public func tanh(_ x: Double) -> Double { Glibc.tanh(x) }

/// Returns `base` to the power `exponent`.
@inlinable public func pow(_ base: Double, _ exponent: Double) -> Double {
  Glibc.pow(base, exponent)
}

/// Returns the length of the vector (`x`, `y`), without overflow on the way.
@inlinable public func hypot(_ x: Double, _ y: Double) -> Double { Glibc.hypot(x, y) }

/// Returns the largest whole number not above `x`.
@inlinable public func floor(_ x: Double) -> Double { x.rounded(.down) }
