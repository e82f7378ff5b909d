import GSL
package import Models
package import Networks
package import Probability
import _Differentiation

/// A sequential autoencoder of spike counts: a network reads a whole sequence and says where another one starts.
///
/// ```
/// q(g | y) = N(m(y), e^(2 s(y)))      g = m + e^s ε
/// ELBO = E_ε[log p(y | g)] − ½ (m² + e^(2s) − 1) + s
/// ```
/// Reference: Sussillo, Jozefowicz, Abbott and Pandarinath 2016, LFADS, with a perceptron for its encoder.
package struct SpikeAutoencoder: Sendable, Hashable, Differentiable {
  /// p(y | g).
  package var generator: RecurrentSpikes
  /// (m, s) of a sequence, all its counts in a row.
  package var encoder: Perceptron

  /// An autoencoder by its parts.
  package init(generator: RecurrentSpikes, encoder: Perceptron) {
    self.generator = generator
    self.encoder = encoder
  }

  /// The ELBO as one noise estimates it: the fit at the draw, the divergence in closed form.
  @differentiable(reverse,wrt: self)
  package func elbo(of counts: Matrix, noise: Double) -> Double {
    // listing: 09 initial-state
    let code = encoder(counts.flattened())
    let (mean, logSd) = (code[0], code[1])
    let g = mean + exp(logSd) * noise
    let fit = generator.logLikelihood(of: counts, from: Vector(g))
    return fit - 0.5 * (mean * mean + exp(2 * logSd) - 1) + logSd
    // end of listing
  }

  /// One step on some sequences, a draw each; returns the mean ELBO as these draws estimate it.
  package mutating func step<Choices: RandomChoices>(
    _ batch: [Matrix], _ optimiser: inout Adam, _ choices: inout Choices
  ) throws(ChoiceError) -> Double {
    var (total, sum) = (0.0, TangentVector.zero)
    for counts in batch {
      let noise = try choices.standardNormal()
      let (value, slope) = valueWithGradient(at: self) { $0.elbo(of: counts, noise: noise) }
      total += value
      sum += slope
    }
    optimiser.ascend(&self, along: sum)
    return total / Double(max(1, batch.count))
  }
}

extension SpikeAutoencoder: Parameters {
  /// Shows the generator, then the encoder.
  package mutating func visit(_ tour: inout ParameterTour, beside direction: TangentVector) {
    generator.visit(&tour, beside: direction.generator)
    encoder.visit(&tour, beside: direction.encoder)
  }
}
