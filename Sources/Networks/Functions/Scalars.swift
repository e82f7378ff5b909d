// The same functions of one number, for evidence code that works with numbers directly.

import _Differentiation

/// The logistic function 1 / (1 + e⁻ˣ), without overflow at either end.
public func sigmoid(_ x: Double) -> Double {
  if x >= 0 { return 1 / (1 + exp(-x)) }
  let small = exp(x)
  return small / (1 + small)
}

@derivative(of: sigmoid)
@usableFromInline
func sigmoidOfNumberDerivative(
  _ x: Double
) -> (value: Double, pullback: (Double) -> Double) {
  (sigmoid(x), { $0 * sigmoid(x) * sigmoid(-x) })
}

/// The softplus log(1 + eˣ), without overflow: max(x, 0) + log(1 + e^−|x|).
public func softplus(_ x: Double) -> Double {
  if x.isNaN { return x }
  return max(x, 0) + log1p(exp(-abs(x)))
}

@derivative(of: softplus)
@usableFromInline
func softplusOfNumberDerivative(
  _ x: Double
) -> (value: Double, pullback: (Double) -> Double) {
  (softplus(x), { $0 * sigmoid(x) })
}

/// The logarithm of the logistic function, −softplus(−x).
@differentiable(reverse)
public func logSigmoid(_ x: Double) -> Double {
  -softplus(-x)
}

/// log(eᵃ + eᵇ), right when either or both are −∞ (then with derivatives zero, not NaN).
@differentiable(reverse)
public func logSumExp(_ first: Double, _ second: Double) -> Double {
  logSumExp(Vector(first, second))
}
