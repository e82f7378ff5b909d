// Functions of one number, applied to every entry of a vector or a matrix: no matrix exponential.
//
// Each derivative is written with the value already computed where that saves a call
// (exp, tanh, σ), as is usual: tanh' = 1 − tanh², σ' = σ (1 − σ).

import GSL
import _Differentiation

/// The exponential of every entry.
public func exp<E: Entrywise>(_ entries: E) -> E {
  entries.mapped { exp($0) }
}

@derivative(of: exp)
@usableFromInline
func exponentialDerivative<E: Entrywise>(
  _ entries: E
) -> (value: E, pullback: (E) -> E) {
  let value = exp(entries)
  return (value, { $0 * value })
}

/// The natural logarithm of every entry.
///
/// At an entry of 0 the value is −∞ and the derivative infinite, which is the truth. A dynamic
/// program with structural zeros is differentiated with respect to log weights instead, through
/// `logSumExp`, where every derivative is finite.
public func log<E: Entrywise>(_ entries: E) -> E {
  entries.mapped { log($0) }
}

@derivative(of: log)
@usableFromInline
func logarithmDerivative<E: Entrywise>(
  _ entries: E
) -> (value: E, pullback: (E) -> E) {
  (log(entries), { $0 / entries })
}

/// The hyperbolic tangent of every entry.
public func tanh<E: Entrywise>(_ entries: E) -> E {
  entries.mapped { tanh($0) }
}

@derivative(of: tanh)
@usableFromInline
func hyperbolicTangentDerivative<E: Entrywise>(
  _ entries: E
) -> (value: E, pullback: (E) -> E) {
  let value = tanh(entries)
  return (value, { $0 * value.mapped { (1 - $0) * (1 + $0) } })
}

/// The logistic function σ(x) = 1 / (1 + e⁻ˣ) of every entry.
public func sigmoid<E: Entrywise>(_ entries: E) -> E {
  entries.mapped { sigmoid($0) }
}

@derivative(of: sigmoid)
@usableFromInline
func sigmoidDerivative<E: Entrywise>(
  _ entries: E
) -> (value: E, pullback: (E) -> E) {
  // σ(x) σ(−x) keeps its relative accuracy where 1 − σ(x) would cancel.
  (sigmoid(entries), { $0 * entries.mapped { sigmoid($0) * sigmoid(-$0) } })
}

/// The softplus log(1 + eˣ) of every entry.
public func softplus<E: Entrywise>(_ entries: E) -> E {
  entries.mapped { softplus($0) }
}

@derivative(of: softplus)
@usableFromInline
func softplusDerivative<E: Entrywise>(
  _ entries: E
) -> (value: E, pullback: (E) -> E) {
  (softplus(entries), { $0 * sigmoid(entries) })
}

/// The logarithm of the logistic function, log σ(x) = −softplus(−x), of every entry.
public func logSigmoid<E: Entrywise>(_ entries: E) -> E {
  entries.mapped { logSigmoid($0) }
}

@derivative(of: logSigmoid)
@usableFromInline
func logSigmoidDerivative<E: Entrywise>(
  _ entries: E
) -> (value: E, pullback: (E) -> E) {
  (logSigmoid(entries), { $0 * sigmoid(-entries) })
}
