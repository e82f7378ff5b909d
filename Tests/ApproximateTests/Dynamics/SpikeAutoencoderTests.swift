import Exact
import GSL
import Networks
import Probability
import Testing
import _Differentiation

@testable import Approximate
@testable import Models

@Suite("A sequential autoencoder of spike counts") struct SpikeAutoencoderTests {
  private func instance(seed: UInt64) throws -> (SpikeAutoencoder, Matrix) {
    var choices = try Sampler(seed: seed)
    func map(_ outputs: Int, _ inputs: Int) throws -> Linear {
      Linear(
        weights: Matrix(try choices.table(rows: outputs, columns: inputs, within: 0.8)),
        bias: Vector(try choices.reals(outputs, from: -0.5, to: 0.5)))
    }
    let generator = RecurrentSpikes(
      start: try map(2, 1), step: try map(2, 2), readout: try map(3, 2))
    let counts = try generator.sample(from: choices.standardNormal(), steps: 4, &choices)
    return (
      SpikeAutoencoder(
        generator: generator, encoder: Perceptron(hidden: try map(3, 12), output: try map(2, 3))),
      counts
    )
  }

  // Catches: a step that is differentiated wrongly, or a map that gets no gradient.
  @Test("The gradient is that of differences", arguments: 1...4)
  func slopes(seed: UInt64) throws {
    let (learner, counts) = try instance(seed: seed)
    let slope = learner.flat(gradient(at: learner) { $0.elbo(of: counts, noise: 0.7) })
    let numbers = learner.flat
    for (index, wanted) in slope.enumerated() {
      var (up, down) = (learner, learner)
      var (above, below) = (numbers, numbers)
      above[index] += 1e-5
      below[index] -= 1e-5
      up.assign(above)
      down.assign(below)
      let difference = (up.elbo(of: counts, noise: 0.7) - down.elbo(of: counts, noise: 0.7)) / 2e-5
      #expect(abs(difference - wanted) < 1e-6 * max(1, abs(wanted)), "number \(index)")
    }
  }

  // Catches: a bound above the evidence, a likelihood that differs between the two routes.
  @Test("The mean over noises stays below the evidence", arguments: 1...6)
  func below(seed: UInt64) throws {
    let (learner, counts) = try instance(seed: seed)
    let posterior = InitialStatePosterior(of: counts, under: learner.generator, spacing: 0.1)
    let elbo = (-40...40).reduce(0.0) { sum, node in
      let u = 0.2 * Double(node)
      return sum + 0.2 * exp(-0.5 * u * u) / sqrt(2 * Double.pi)
        * learner.elbo(of: counts, noise: u)
    }
    #expect(elbo < posterior.logEvidence.value)
    #expect(posterior.logEvidence.errorBound < 1e-9)
    let direct = learner.generator.logLikelihood(of: counts, from: Vector(0.3))
    let apart = posterior.logDensity(0.3, counts, learner.generator) + posterior.logEvidence.value
    #expect(abs(direct - 0.5 * (0.09 + log(2 * Double.pi)) - apart) < 1e-12)
  }
}
