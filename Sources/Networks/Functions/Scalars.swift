// Derivatives of the functions of one number in `GSL`, for evidence code that works with numbers
// directly. An importer of this room and of `GSL` can differentiate through them.

import GSL
import _Differentiation

@derivative(of: exp)
@usableFromInline
func exponentialDerivative(_ x: Double) -> (value: Double, pullback: (Double) -> Double) {
  let value = exp(x)
  return (value, { $0 * value })
}

@derivative(of: expm1)
@usableFromInline
func exponentialMinusOneDerivative(_ x: Double) -> (value: Double, pullback: (Double) -> Double) {
  (expm1(x), { $0 * exp(x) })
}

@derivative(of: log)
@usableFromInline
func logarithmDerivative(_ x: Double) -> (value: Double, pullback: (Double) -> Double) {
  (log(x), { $0 / x })
}

@derivative(of: log1p)
@usableFromInline
func logarithmOfOnePlusDerivative(_ x: Double) -> (value: Double, pullback: (Double) -> Double) {
  (log1p(x), { $0 / (1 + x) })
}

@derivative(of: sqrt)
@usableFromInline
func rootDerivative(_ x: Double) -> (value: Double, pullback: (Double) -> Double) {
  let value = sqrt(x)
  return (value, { $0 / (2 * value) })
}

@derivative(of: sin)
@usableFromInline
func sineDerivative(_ x: Double) -> (value: Double, pullback: (Double) -> Double) {
  (sin(x), { $0 * cos(x) })
}

@derivative(of: cos)
@usableFromInline
func cosineDerivative(_ x: Double) -> (value: Double, pullback: (Double) -> Double) {
  (cos(x), { -$0 * sin(x) })
}

@derivative(of: tanh)
@usableFromInline
func hyperbolicTangentDerivative(_ x: Double) -> (value: Double, pullback: (Double) -> Double) {
  let value = tanh(x)
  return (value, { $0 * (1 - value) * (1 + value) })
}

/// At a base of 0 the derivative for the exponent is 0, the limit for positive exponents.
@derivative(of: pow)
@usableFromInline
func powerDerivative(
  _ base: Double, _ exponent: Double
) -> (value: Double, pullback: (Double) -> (Double, Double)) {
  let value = pow(base, exponent)
  return (
    value,
    { cotangent in
      let perBase = exponent == 0 ? 0 : exponent * pow(base, exponent - 1)
      let perExponent = base == 0 ? 0 : value * log(base)
      return (cotangent * perBase, cotangent * perExponent)
    }
  )
}

// MARK: In log space

@derivative(of: sigmoid)
@usableFromInline
func sigmoidDerivative(_ x: Double) -> (value: Double, pullback: (Double) -> Double) {
  // σ(x) σ(−x) keeps its relative accuracy where 1 − σ(x) would cancel.
  (sigmoid(x), { $0 * sigmoid(x) * sigmoid(-x) })
}

@derivative(of: softplus)
@usableFromInline
func softplusDerivative(_ x: Double) -> (value: Double, pullback: (Double) -> Double) {
  (softplus(x), { $0 * sigmoid(x) })
}

@derivative(of: logSigmoid)
@usableFromInline
func logSigmoidDerivative(_ x: Double) -> (value: Double, pullback: (Double) -> Double) {
  (logSigmoid(x), { $0 * sigmoid(-x) })
}

/// The share of each term; both zero where both terms are −∞.
@derivative(of: logAddExp)
@usableFromInline
func logAddExpDerivative(
  _ first: Double, _ second: Double
) -> (value: Double, pullback: (Double) -> (Double, Double)) {
  let total = logAddExp(first, second)
  return (
    total,
    {
      (
        $0 * exponentialShare(of: first, in: total),
        $0 * exponentialShare(of: second, in: total)
      )
    }
  )
}
