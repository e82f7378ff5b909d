public import Networks
import _Differentiation

/// log p(x) of a mixture from its log weights and the log likelihoods of its components.
///
/// ```
/// ∂ log Σ_k exp(log weight_k + log likelihood_k) / ∂ log weight_k = p(z = k | x)
/// ```
@differentiable(reverse)
public func mixtureEvidence(_ logWeights: Vector, _ logLikelihoods: Vector) -> Double {
  logSumExp(logWeights + logLikelihoods)
}

/// The responsibilities p(z = k | x), as the gradient of the evidence code.
public func differentiatedResponsibilities(
  logWeights: [Double], logLikelihoods: [Double]
) -> [Double] {
  let likelihoods = Vector(logLikelihoods)
  return gradient(at: Vector(logWeights)) { mixtureEvidence($0, likelihoods) }.array
}
