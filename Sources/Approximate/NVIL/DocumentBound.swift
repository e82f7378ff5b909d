import GSL
import Networks
public import Probability

// The bound of one document under q(z | x), as a sum over the states of q, in its three forms.

/// Three expressions of one number.
public enum ObjectiveForm: Sendable, Hashable, CaseIterable {
  /// E_q[log p(x, z) − log q(z | x)].
  case ratio
  /// E_q[log p(x, z)] + H(q).
  case entropy
  /// E_q[log p(x | z)] − KL(q‖p(z)).
  case prior
}

extension DocumentNetworks {
  /// The ELBO of a document, by visiting the states of q.
  public func elbo(_ document: Document, _ form: ObjectiveForm) -> LowerBound {
    let b = probabilities(document.words)
    let joint = expectation(under: b) {
      likelihood.logLikelihood(counts: document.counts, latents: $0) + logPrior($0)
    }
    switch form {
    // listing: 04 bound-forms
    case .ratio:
      return LowerBound(
        expectation(under: b) { signal(document, latents: $0, divergence: .sampled) })
    case .entropy:
      // H(q) = Σ_d −b log b − (1 − b) log (1 − b)
      return LowerBound(b.reduce(joint) { $0 - $1 * log($1) - (1 - $1) * log(1 - $1) })
    case .prior:
      let logLikelihood = expectation(under: b) {
        signal(document, latents: $0, divergence: .analytic)
      }
      return LowerBound(logLikelihood - divergenceFromPrior(document))
    // end of listing
    }
  }

  /// log p − log q at one draw of q, whose mean is the ELBO.
  public func elboEstimate<Choices: DiscreteChoices>(
    _ document: Document, _ choices: inout Choices
  ) throws(ChoiceError) -> Double {
    try bound(of: document, divergence: .sampled).average(of: 1, &choices)
  }

  /// The bound of a document as estimators see it.
  ///
  /// E_q[f(z)], with −KL(q‖p(z)) in closed form if it is analytic. Its parameters are the logits η
  /// of q(z | x).
  public func bound(
    of document: Document, divergence: DivergenceForm
  ) -> ExpectedValue<BernoulliFactors> {
    let q = BernoulliFactors(probabilities(document.words))
    return ExpectedValue(
      under: q,
      of: { z in self.signal(document, latents: Vector(z), divergence: divergence) },
      plus: divergence == .sampled
        ? nil : q.kullbackLeiblerGradient(from: BernoulliFactors(prior)).map { -$0 })
  }

  /// Σ_z q(z) f(z).
  private func expectation(under b: [Double], _ value: (Vector) -> Double) -> Double {
    BernoulliFactors(b).mean { value(Vector($0)) }
  }
}
