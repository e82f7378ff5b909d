import Networks
import _Differentiation

// Gradients of sums over all states by differentiating the sum itself: no score function, no
// identity, no estimate. What the Approximate wing derives by hand is compared with these.

/// ∇_φ Σ_z softmax(φ)_z f(z), by reverse-mode differentiation of the sum.
public func exactExpectationGradient(logits: [Double], of values: [Double]) -> [Double] {
  let values = Vector(values)
  return gradient(at: Vector(logits)) { softmax($0).dot(values) }.array
}

/// ∇_φ Σ_z q(z) [log p(x, z) − log q(z)] for q = softmax(φ), by differentiating the sum.
public func exactELBOGradient(logits: [Double], logJoints: [Double]) -> [Double] {
  let logJoints = Vector(logJoints)
  return gradient(at: Vector(logits)) { logits in
    softmax(logits).dot(logJoints - logSoftmax(logits))
  }.array
}

/// ∂ softmax(φ)_z / ∂φ, the gradient of one probability.
public func exactProbabilityGradient(logits: [Double], of state: Int) -> [Double] {
  exactExpectationGradient(
    logits: logits, of: logits.indices.map { $0 == state ? 1 : 0 })
}
