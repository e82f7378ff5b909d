// Functions of one number, applied to every entry of a vector.
//
// Each derivative is written with the value already computed where that saves a call
// (exp, tanh, σ), as is usual: tanh' = 1 − tanh², σ' = σ (1 − σ).

import GSL
import _Differentiation

/// The hyperbolic tangent of every entry.
public func tanh(_ vector: Vector) -> Vector {
  vector.mapped { tanh($0) }
}

@derivative(of: tanh)
@usableFromInline
func hyperbolicTangentDerivative(
  _ vector: Vector
) -> (value: Vector, pullback: (Vector) -> Vector) {
  let value = tanh(vector)
  return (value, { $0 * value.mapped { (1 - $0) * (1 + $0) } })
}

/// The logistic function σ(x) = 1 / (1 + e⁻ˣ) of every entry.
public func sigmoid(_ vector: Vector) -> Vector {
  vector.mapped { sigmoid($0) }
}

@derivative(of: sigmoid)
@usableFromInline
func sigmoidDerivative(_ vector: Vector) -> (value: Vector, pullback: (Vector) -> Vector) {
  // σ(x) σ(−x) keeps its relative accuracy where 1 − σ(x) would cancel.
  (sigmoid(vector), { $0 * vector.mapped { sigmoid($0) * sigmoid(-$0) } })
}

/// The softplus log(1 + eˣ) of every entry.
public func softplus(_ vector: Vector) -> Vector {
  vector.mapped { softplus($0) }
}

@derivative(of: softplus)
@usableFromInline
func softplusDerivative(_ vector: Vector) -> (value: Vector, pullback: (Vector) -> Vector) {
  (softplus(vector), { $0 * sigmoid(vector) })
}

/// The logarithm of the logistic function, log σ(x) = −softplus(−x), of every entry.
public func logSigmoid(_ vector: Vector) -> Vector {
  vector.mapped { logSigmoid($0) }
}

@derivative(of: logSigmoid)
@usableFromInline
func logSigmoidDerivative(_ vector: Vector) -> (value: Vector, pullback: (Vector) -> Vector) {
  (logSigmoid(vector), { $0 * sigmoid(-vector) })
}
