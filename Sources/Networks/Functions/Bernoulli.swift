import GSL
import _Differentiation

/// The log-probability of independent coins given by logits, at outcomes z of 0 and 1.
///
/// ```
/// log p(z) = Σᵢ zᵢ log σ(lᵢ) + (1 − zᵢ) log σ(−lᵢ)
/// ∂/∂lᵢ = zᵢ − σ(lᵢ)        ∂/∂zᵢ = lᵢ
/// ```
///
/// Linear in z: at means in place of outcomes it is the expected log-probability. A term with
/// factor 0 counts as 0, so that a certain coin (logit ±∞) has log-probability 0 at its outcome.
public func logBernoulli(of outcomes: Vector, logits: Vector) -> Double {
  guard outcomes.count == logits.count else { return .nan }
  var total = 0.0
  for index in outcomes.indices {
    let (outcome, logit) = (outcomes.array[index], logits.array[index])
    if outcome != 0 { total -= outcome * softplus(-logit) }
    if outcome != 1 { total -= (1 - outcome) * softplus(logit) }
  }
  return total
}

@derivative(of: logBernoulli)
@usableFromInline
func logBernoulliDerivative(
  of outcomes: Vector, logits: Vector
) -> (value: Double, pullback: (Double) -> (Vector, Vector)) {
  (
    logBernoulli(of: outcomes, logits: logits),
    { ($0 * logits, $0 * outcomes.zipped(logits) { $0 - sigmoid($1) }) }
  )
}

/// The log-probability z log σ(l) + (1 − z) log σ(−l) of one coin at an outcome of 0 or 1.
@differentiable(reverse)
public func logBernoulli(of outcome: Double, logit: Double) -> Double {
  logBernoulli(of: Vector(outcome), logits: Vector(logit))
}

/// The weighted sum Σᵢ wᵢ vᵢ in which a weight of 0 silences even an infinite value.
///
/// The expectation of log-probabilities under a distribution with structural zeros: 0 · log 0 = 0.
/// The gradient is the values for the weights, and the weights for the values.
public func expectation(of values: Vector, under weights: Vector) -> Double {
  guard values.count == weights.count else { return .nan }
  var total = 0.0
  for index in values.indices where weights.array[index] != 0 {
    total += weights.array[index] * values.array[index]
  }
  return total
}

@derivative(of: expectation)
@usableFromInline
func expectationDerivative(
  of values: Vector, under weights: Vector
) -> (value: Double, pullback: (Double) -> (Vector, Vector)) {
  (expectation(of: values, under: weights), { ($0 * weights, $0 * values) })
}
