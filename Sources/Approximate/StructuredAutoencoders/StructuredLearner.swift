import GSL
package import Models
package import Networks
package import Probability
import _Differentiation

/// A structured autoencoder that learns: natural steps for q(θ), gradients for both networks.
package struct StructuredLearner<Structure: LatentStructure>: Sendable {
  /// The prior.
  package let structure: Structure
  /// p(y | x).
  package var decoder: NetworkDecoder
  /// ψ.
  package var recognition: PotentialNetwork
  /// η.
  package var eta: [Double]
  /// The share of the way that a natural step goes.
  package var naturalRate: Double

  /// A learner by its parts.
  package init(
    _ structure: Structure, decoder: NetworkDecoder, recognition: PotentialNetwork, eta: [Double],
    naturalRate: Double
  ) {
    self.structure = structure
    self.decoder = decoder
    self.recognition = recognition
    self.eta = eta
    self.naturalRate = naturalRate
  }

  /// The bound at some observations, the networks as they are.
  package func bound(_ batch: [Vector], weight: Double = 1) throws -> StructuredBound<Structure> {
    try StructuredBound(
      structure, globals: try structure.globals(eta),
      potentials: batch.map(recognition.potential), weight: weight)
  }

  // listing: 08 training-step
  /// One step on a batch that counts `weight` times; returns the ELBO as this draw estimates it.
  package mutating func step<Choices: RandomChoices>(
    _ batch: [Vector], weight: Double, _ optimisers: inout (decoder: Adam, recognition: Adam),
    _ choices: inout Choices
  ) throws -> Double {
    let bound = try bound(batch, weight: weight)
    var fits: [ReparameterisedFit] = []
    for (y, q) in zip(batch, bound.local.states) {
      fits.append(try ReparameterisedFit(of: y, by: decoder, under: q, &choices))
    }
    let asked = zip(fits, bound.local.states).map { $0.asked(under: $1) }
    let response = try bound.local.response(to: bound.tilts(asked))
    let elbo = try bound.elbo(expectedLogLikelihoods: fits.map(\.value)).value
    moveGlobals(bound, response.statistics.map { weight * $0 })
    moveDecoder(batch, fits, &optimisers.decoder)
    moveRecognition(batch, response.states, &optimisers.recognition)
    return elbo
  }
  // end of listing
}

extension StructuredLearner {
  /// η + rate · (η₀ + t̄ − η + local term); without the local term where a noisy one leads to no law.
  private mutating func moveGlobals(_ bound: StructuredBound<Structure>, _ localTerm: [Double]) {
    let truncated = bound.truncatedNaturalGradient
    let whole = zip(truncated, localTerm).map { $0 + $1 }
    for step in [whole, truncated] {
      let moved = zip(eta, step).map { $0 + naturalRate * $1 }
      if (try? structure.globals(moved)) != nil {
        eta = moved
        return
      }
    }
  }

  /// Σ_n ∇ log p(y_n | x_n) by the decoder's weights at the draws.
  private mutating func moveDecoder(
    _ batch: [Vector], _ fits: [ReparameterisedFit], _ optimiser: inout Adam
  ) {
    var total = NetworkDecoder.TangentVector.zero
    for (y, fit) in zip(batch, fits) {
      let x = fit.state
      total += gradient(at: decoder) { $0.logLikelihood(of: y, at: x) }
    }
    optimiser.ascend(&decoder, along: total)
  }

  /// Σ_n (∂ELBO/∂ψ_n) · ∂ψ_n by the recognition network's weights.
  private mutating func moveRecognition(
    _ batch: [Vector], _ moments: [MomentResponse], _ optimiser: inout Adam
  ) {
    var total = PotentialNetwork.TangentVector.zero
    for (y, moment) in zip(batch, moments) {
      let slope = moment.mean.concatenated(with: -0.5 * moment.secondMoment.diagonal())
      total += gradient(at: recognition) { $0.numbers(y).dot(slope) }
    }
    optimiser.ascend(&recognition, along: total)
  }
}
