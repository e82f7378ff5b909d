import GSL
import Models
import Probability
import Testing

@testable import Approximate

/// Numbers that are written down: handed to the kernel by the array, to the readable filter one by one.
private struct Given: CountFilter.Source, RandomChoicesProtocol {
  var normals: ArraySlice<Double>
  var shares: ArraySlice<Double>

  mutating func standardNormals(into noise: inout [Double]) {
    for n in noise.indices { noise[n] = normals.popFirst() ?? 0 }
  }
  mutating func share() -> Double { shares.popFirst() ?? 0.5 }

  mutating func standardNormal() throws(ChoiceError) -> Double { normals.popFirst() ?? 0 }
  mutating func uniform() throws(ChoiceError) -> Double { share() }
  mutating func flip(_ probability: Double) throws(ChoiceError) -> Bool { share() < probability }
  mutating func choose(_ probabilities: [Double]) throws(ChoiceError) -> Int {
    var left = share()
    for (index, probability) in probabilities.enumerated() {
      left -= probability
      if left < 0 { return index }
    }
    return probabilities.count - 1
  }
  mutating func choose(below count: Int) throws(ChoiceError) -> Int { Int(share() * Double(count)) }
}

@Suite("A particle filter of counts, in memory") struct CountFilterTests {
  private func model(_ sampler: inout Sampler) throws -> AutoregressiveCounts {
    try AutoregressiveCounts(
      decay: 2 * sampler.uniform() - 1, noiseVariance: 0.02 + sampler.uniform(),
      initialVariance: 0.1 + sampler.uniform(), offset: 2 * sampler.uniform() - 1)
  }

  // Catches: a parent that is one place off, weights of places beyond the last particle, noise without its scale.
  @Test("The kernel is the readable filter, noise by noise", arguments: [1, 2, 7, 8, 9, 40, 333])
  func twin(particles: Int) throws {
    var sampler = try Sampler(seed: 5, stream: UInt64(particles))
    let model = try model(&sampler)
    let counts = [0, 3, 1, 12, 2, 0, 5]
    var normals = [Double](repeating: 0, count: particles * (counts.count + 1))
    sampler.standardNormals(into: &normals)
    let shares = counts.map { _ in sampler.uniform() }
    var given = Given(normals: normals[...], shares: shares[...])
    let found = try CountFilter(model, counts, particles: particles).logEvidence(&given)

    given = Given(normals: normals[...], shares: shares[...])
    let filter = ParticleFilter(
      particles: particles, steps: counts.count, resampling: .systematic)
    let run = try filter.run(&given) {
      (step, from: Double?, choices: inout Given) throws(ChoiceError) in
      let noise = try choices.standardNormal()
      let x =
        from.map { model.decay * $0 + model.noiseVariance.squareRoot() * noise }
        ?? model.initialVariance.squareRoot() * noise
      let weight = (try? model.logLikelihood(of: counts[step], at: x)) ?? .nan
      return Particle(x, logWeight: weight)
    }
    #expect(
      abs(found - run.logEvidence) < 1e-11 * max(1, abs(found)), "\(found) \(run.logEvidence)")
  }

  // Catches: log y! left out or taken twice, a first step that is moved before it is seen.
  @Test("One particle of hardly any spread: the density of the counts at rate e^b") func still()
    throws
  {
    let model = try AutoregressiveCounts(
      decay: 0, noiseVariance: 1e-300, initialVariance: 1e-300, offset: 0.7)
    var given = Given(normals: [], shares: [])
    let found = try CountFilter(model, [4, 0, 2], particles: 1).logEvidence(&given)
    let rate = exp(0.7)
    let wanted = 6 * 0.7 - 3 * rate - log(24) - log(2)
    #expect(abs(found - wanted) < 1e-14 * abs(wanted))
  }

  // Catches: weights of zero that are divided by.
  @Test("Where no particle can explain a count the run has died") func died() throws {
    let model = try AutoregressiveCounts(
      decay: 1, noiseVariance: 1, initialVariance: 1, offset: 800)
    var given = Given(normals: [], shares: [])
    let found = try CountFilter(model, [3, 1], particles: 5).logEvidence(&given)
    #expect(found == -.infinity)
  }

  @Test("No particles, counts below zero and variances that are none are refused") func refusals()
    throws
  {
    let model = try AutoregressiveCounts(
      decay: 1, noiseVariance: 1, initialVariance: 1, offset: 0)
    #expect(throws: ModelError("particles", "expected at least one, found 0")) {
      try CountFilter(model, [1], particles: 0)
    }
    #expect(throws: GSLError.self) { try CountFilter(model, [1, -1], particles: 2) }
    #expect(throws: ModelError("noiseVariance", "expected a positive number, found 0.0")) {
      try AutoregressiveCounts(decay: 1, noiseVariance: 0, initialVariance: 1, offset: 0)
    }
    #expect(throws: ModelError.self) {
      try AutoregressiveCounts(decay: .nan, noiseVariance: 1, initialVariance: 1, offset: 0)
    }
  }
}
