import GSL
public import Networks
import _Differentiation

// The node that automatic differentiation needs. Its gradient is the estimate of both gradients at
// once; its value is nothing that anybody wants.
//
//   surrogate = log p(x | z) + detach((f(z) − c) / s) · log q(z | x) [− KL(q‖p(z))]
//
//   ∇_θ surrogate = ∇_θ log p(x | z)                    mean: ∇_θ ELBO
//   ∇_λ surrogate = (f(z) − c)/s · ∇_λ log q(z | x)     mean: ∇_λ ELBO, divided by s
//
// Reference: Schulman, Heess, Weber and Abbeel 2015, "Gradient estimation using stochastic
// computation graphs".

/// Where the divergence from the prior is taken: in closed form, or in the signal.
public enum DivergenceForm: Sendable, Hashable {
  /// −KL(q‖p(z)) is differentiated in closed form; the signal is log p(x | z).
  case analytic
  /// The signal is log p(x, z) − log q(z | x).
  case sampled
}

extension DocumentNetworks {
  /// f(z): log p(x | z), with log p(z) − log q(z | x) if the divergence is sampled.
  @differentiable(reverse,wrt: self)
  public func signal(_ document: Document, latents: Vector, divergence: DivergenceForm) -> Double {
    let logLikelihood = likelihood.logLikelihood(counts: document.counts, latents: latents)
    if divergence == .analytic { return logLikelihood }
    return logLikelihood + withoutDerivative(at: logPrior(latents))
      - logPosterior(document, latents: latents)
  }

  /// log q(z | x) = z·η − Σ_d log(1 + exp η_d), with η the log odds.
  @differentiable(reverse,wrt: self)
  public func logPosterior(_ document: Document, latents: Vector) -> Double {
    let logits = inference.logits(document.words)
    return latents.dot(logits) - softplus(logits).sum()
  }

  /// KL(q(z | x)‖p(z)) = Σ_d b_d (log b_d/α_d) + (1 − b_d) log (1 − b_d)/(1 − α_d).
  @differentiable(reverse,wrt: self)
  public func divergenceFromPrior(_ document: Document) -> Double {
    let logits = inference.logits(document.words)
    let on = Vector(prior.map { log($0) })
    let off = Vector(prior.map { log(1 - $0) })
    let b = sigmoid(logits)
    return b.dot(logSigmoid(logits) - on) + (1 - b).dot(logSigmoid(-logits) - off)
  }

  /// The surrogate at one draw, with the signal shifted by c and multiplied by `scale`, detached.
  ///
  /// The baseline c must not contain the draw.
  @differentiable(reverse,wrt: self)
  public func surrogate(
    _ document: Document, latents: Vector, baseline: Double = 0, scale: Double = 1,
    divergence: DivergenceForm
  ) -> Double {
    // listing: 04 surrogate
    let weight = detach(
      scale * (signal(document, latents: latents, divergence: divergence) - baseline))
    let node =
      likelihood.logLikelihood(counts: document.counts, latents: latents)
      + weight * logPosterior(document, latents: latents)
    if divergence == .sampled { return node }
    return node - scale * divergenceFromPrior(document)
    // end of listing
  }

  /// log p(z).
  func logPrior(_ latents: Vector) -> Double {
    prior.indices.reduce(0) { $0 + log(latents[$1] == 1 ? prior[$1] : 1 - prior[$1]) }
  }
}
