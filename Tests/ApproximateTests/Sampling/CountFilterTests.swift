import Exact
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
  private func chain(_ counts: [Int], _ sampler: inout Sampler) throws -> PoissonChain {
    try PoissonChain(
      initialMean: sampler.uniform() - 0.5, initialVariance: 0.1 + sampler.uniform(),
      dynamics: 2 * sampler.uniform() - 1, noise: 0.02 + sampler.uniform(),
      offset: 2 * sampler.uniform() - 1, counts: counts)
  }

  // Catches: a parent that is one place off, weights of places beyond the last particle, noise without its scale.
  @Test("The kernel is the readable filter, noise by noise", arguments: [1, 2, 7, 8, 9, 40, 333])
  func twin(particles: Int) throws {
    var sampler = try Sampler(seed: 5, stream: UInt64(particles))
    let chain = try chain([0, 3, 1, 12, 2, 0, 5], &sampler)
    var normals = [Double](repeating: 0, count: particles * (chain.length + 1))
    sampler.standardNormals(into: &normals)
    let shares = chain.counts.map { _ in sampler.uniform() }
    var given = Given(normals: normals[...], shares: shares[...])
    let found = try CountFilter(chain, particles: particles).logEvidence(&given)

    given = Given(normals: normals[...], shares: shares[...])
    let filter = ParticleFilter(
      particles: particles, steps: chain.length, resampling: .systematic)
    let run = try filter.run(&given) {
      (step, from: Double?, choices: inout Given) throws(ChoiceError) in
      let noise = try choices.standardNormal()
      let z =
        from.map { chain.dynamics * $0 + chain.noise.squareRoot() * noise }
        ?? chain.initialMean + chain.initialVariance.squareRoot() * noise
      return Particle(z, logWeight: chain.logLikelihood(at: step, z))
    }
    #expect(
      abs(found - run.logEvidence) < 1e-11 * max(1, abs(found)), "\(found) \(run.logEvidence)")
  }

  // Catches: a first state that is moved before it is seen, a mean of weights over another number.
  @Test("Twenty thousand particles are near the exact evidence of twelve counts") func exact()
    throws
  {
    var sampler = try Sampler(seed: 8)
    let chain = try chain([0, 3, 1, 4, 2, 0, 5, 2, 2, 1, 0, 3], &sampler)
    let exact = PoissonChainPosterior(of: chain).logEvidence.value
    let found = try CountFilter(chain, particles: 20_000).logEvidence(&sampler)
    #expect(abs(found - exact) < 0.05, "\(found) \(exact)")
  }

  // Catches: log y! left out or taken twice.
  @Test("One particle of hardly any spread: the density of the counts at rate e^b")
  func still() throws {
    let chain = try PoissonChain(
      initialMean: 0, initialVariance: 1e-300, dynamics: 0, noise: 1e-300, offset: 0.7,
      counts: [4, 0, 2])
    var given = Given(normals: [], shares: [])
    let found = try CountFilter(chain, particles: 1).logEvidence(&given)
    let wanted = 6 * 0.7 - 3 * exp(0.7) - log(24) - log(2)
    #expect(abs(found - wanted) < 1e-14 * abs(wanted))
  }

  // Catches: weights of zero that are divided by.
  @Test("Where no particle can explain a count the run has died") func died() throws {
    let chain = try PoissonChain(
      initialMean: 0, initialVariance: 1, dynamics: 1, noise: 1, offset: 800, counts: [3, 1])
    var given = Given(normals: [], shares: [])
    #expect(try CountFilter(chain, particles: 5).logEvidence(&given) == -.infinity)
  }

  @Test("No particles are refused") func refusals() throws {
    let chain = try PoissonChain(
      initialMean: 0, initialVariance: 1, dynamics: 1, noise: 1, offset: 0, counts: [1])
    #expect(throws: ModelError("particles", "expected at least one, found 0")) {
      try CountFilter(chain, particles: 0)
    }
  }
}
