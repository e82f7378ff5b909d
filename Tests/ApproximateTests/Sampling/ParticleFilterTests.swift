import Exact
import GSL
import Models
import Probability
import Testing

@testable import Approximate

@Suite("Particle filters") struct ParticleFilterTests {
  private func mean(
    _ filter: ParticleFilter, _ move: HiddenMarkovMove
  ) throws -> (evidence: Double, square: Double, filter: [Double]) {
    let states = move.sequence.model.stateCount
    let means = try exactMeans { choices in
      let run = try filter.run(&choices) {
        (step, from, choices: inout Exhaustive) throws(ChoiceError) in
        try move(step, from, &choices)
      }
      let evidence = exp(run.logEvidence)
      let last = run.last?.average { particle in (0..<states).map { $0 == particle.state ? 1 : 0 } }
      return [evidence, evidence * evidence] + (last ?? [Double](repeating: 0, count: states))
    }.map(\.value)
    return (means[0], means[1], Array(means[2...]))
  }

  // Catches: clouds that are counted in an order, a law that forgets what a run has weighed so far.
  @Test("The law, cloud by cloud, is that of the program, run by run", arguments: 1...12)
  func law(seed: UInt64) throws {
    var choices = try Sampler(seed: seed)
    let sequence = try HiddenMarkovSequence.random(steps: 1...2, &choices)
    let states = sequence.model.stateCount
    for proposal in [HiddenMarkovMove.Proposal.bootstrap, .optimal] {
      let move = HiddenMarkovMove(sequence, proposal)
      for particles in 1...2 {
        let law = try ParticleLaw(particles: particles, steps: sequence.length, states: states) {
          step, from, choices in try move(step, from, &choices)
        }
        let runs = try mean(ParticleFilter(particles: particles, steps: sequence.length), move)
        let evidence = exp(logEvidence(of: sequence).value)
        #expect(abs(law.evidence - evidence) < 1e-13)
        #expect(abs(runs.evidence - evidence) < 1e-13)
        #expect(
          abs(law.varianceOfEvidence - (runs.square - runs.evidence * runs.evidence)) < 1e-13)
        for (found, wanted) in zip(try #require(law.filter), runs.filter) {
          #expect(abs(found - wanted) < 1e-12)
        }
      }
    }
  }

  // Catches: an offset whose cells are not weighed by their width; the last particle left out.
  @Test("Ancestors have N w̄ children on average", arguments: Resampling.allCases)
  func children(resampling: Resampling) throws {
    let cases: [[Double]] = [
      [0.2, 0.5, 0.3], [0, 1, 0], [0.25, 0.25, 0.5, 0], [1], [1.0 / 3, 1.0 / 3, 1.0 / 3],
    ]
    for weights in cases {
      let counts = try exactMeans { choices in
        let ancestors = try resampling.ancestors(weights, &choices)
        return weights.indices.map { i in Double(ancestors.count { $0 == i }) }
      }
      for (count, weight) in zip(counts, weights) {
        #expect(abs(count.value - Double(weights.count) * weight) < 1e-12)
      }
    }
  }

  @Test("Systematic resampling leaves the mean of the evidence") func systematic() throws {
    let sequence = HiddenMarkovSequence.threeStates
    let move = HiddenMarkovMove(sequence, .bootstrap)
    let found = try mean(
      ParticleFilter(particles: 2, steps: sequence.length, resampling: .systematic), move)
    #expect(abs(found.evidence - exp(logEvidence(of: sequence).value)) < 1e-14)
  }

  @Test("A thousand particles are near the forward recursion") func thousand() throws {
    var choices = try Sampler(seed: 4)
    let sequence = HiddenMarkovSequence.threeStates
    let move = HiddenMarkovMove(sequence, .optimal)
    let filter = ParticleFilter(
      particles: 1000, steps: sequence.length, resampling: .systematic)
    let run = try filter.run(&choices) { (step, from, choices: inout Sampler) throws(ChoiceError) in
      try move(step, from, &choices)
    }
    #expect(abs(run.logEvidence - logEvidence(of: sequence).value) < 0.1)
  }

  @Test("More clouds than are allowed are refused") func limits() throws {
    let move = HiddenMarkovMove(.threeStates, .bootstrap)
    #expect(throws: ChoiceError.self) {
      try ParticleLaw(
        particles: 3, steps: 4, states: 3, limits: ChoiceLimits(outcomes: 20)
      ) { step, from, choices in try move(step, from, &choices) }
    }
  }
}
