import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("What a switching system lets one know before an output, and with it")
struct SwitchingBeliefTests {
  private static let brute = ExactRequest(route: .bruteForce)

  /// A random sequence of at most four steps; some transitions are impossible, some outputs were not observed.
  private static func drawn(_ stream: Int) throws -> SwitchingSequence {
    var cases = try Cases(seed: 54, stream: UInt64(stream))
    let sequence = try SwitchingSequence.random(modes: 2...3, steps: 1...4, &cases)
    var system = sequence.system
    if stream % 3 == 0 {
      var transition = system.transition
      transition[0] = transition[0].indices.map { $0 == 1 ? 1 : 0 }
      system = SwitchingLinearDynamicalSystem(
        checkedInitialState: system.initialState, transition: transition, systems: system.systems)
    }
    let gaps = try sequence.observations.map { output -> [Double?]? in
      if try cases.integer(0...4) == 0 { return nil }
      return try output.map { try cases.integer(0...4) == 0 ? nil : $0 }
    }
    return try system.observing(partly: gaps)
  }

  private static func numbers(_ belief: SwitchingBelief) -> [Double] {
    belief.stateMarginals + belief.state.mean + belief.state.covariance
  }

  // Catches: an output that is seen a step too early or too late; a beginning weighed without its last transition, or
  // kept under the state that came before; a covariance without what beginnings disagree by.
  @Test("The tree's filters say what a dense law of the first steps along each path says")
  func routes() throws {
    for stream in 0..<18 {
      let sequence = try Self.drawn(stream)
      let own = try sequence.beliefs(ExactRequest(), at: "x")
      let all = try sequence.beliefs(Self.brute, at: "x")
      #expect(own.filtered.count == sequence.length && own.predicted.count == sequence.length)
      #expect(all.filtered.count == sequence.length && all.predicted.count == sequence.length)
      for (one, other) in zip(own.filtered + own.predicted, all.filtered + all.predicted) {
        #expect(DrivenSystemTests.near(Self.numbers(one), Self.numbers(other)), "\(stream)")
        #expect(abs(one.stateMarginals.reduce(0, +) - 1) <= 1e-12)
      }
    }
  }

  // Catches: filters of one path that are not those of the system without a chain.
  @Test("One state of the chain: the filters of the system that does not switch")
  func one() throws {
    for stream in 0..<10 {
      var cases = try Cases(seed: 55, stream: UInt64(stream))
      let plain = try LinearDynamicalSequence.random(states: 1...3, steps: 1...6, &cases)
      let system = SwitchingLinearDynamicalSystem(
        checkedInitialState: [1], transition: [[1]], systems: [plain.system])
      let wanted = DoubledChainLaw(DrivenSequence(plain)).filtered()
      for route in ExactRoute.allCases {
        let found = try system.observing(plain.observations)
          .beliefs(ExactRequest(route: route), at: "x")
        let pairs = [(found.filtered, wanted.filtered), (found.predicted, wanted.predicted)]
        for (beliefs, laws) in pairs {
          #expect(beliefs.count == laws.count)
          for (belief, law) in zip(beliefs, laws) {
            #expect(belief.stateMarginals == [1])
            #expect(
              DrivenSystemTests.near(
                belief.state.mean + belief.state.covariance, law.mean + law.covariance))
          }
        }
      }
    }
  }

  // Catches: a filter that has not seen the last output, or weighs its paths without it.
  @Test("With its last output a sequence is filtered and smoothed alike")
  func last() throws {
    for stream in 0..<12 {
      let sequence = try Self.drawn(stream)
      let last = try #require(try sequence.beliefs(ExactRequest(), at: "x").filtered.last)
      let smoothed = try #require(try sequence.stateMoments(ExactRequest(), at: "x").last)
      let marginals = try #require(SwitchingPosterior(of: sequence).stateMarginals.last)
      #expect(
        DrivenSystemTests.near(
          Self.numbers(last), marginals + smoothed.mean + smoothed.covariance), "\(stream)")
    }
  }

  // Catches: a step without an output that changes what is known; the law of the chain that is not moved on.
  @Test("Where nothing is observed nothing is learnt: the chain moves on by itself")
  func unseen() throws {
    let system = try SwitchingLinearDynamicalSystem(
      initialState: [0.25, 0.75], transition: [[0.5, 0.5], [1, 0]], initialMean: [3],
      initialCovariance: [[0.5]], states: [([[1]], [[0.25]]), ([[-1]], [[1]])],
      emission: [[1]], emissionNoise: [[1]])
    let sequence = try system.observing(partly: [nil, nil])
    for route in ExactRoute.allCases {
      let found = try sequence.beliefs(ExactRequest(route: route), at: "x")
      for beliefs in [found.predicted, found.filtered] {
        #expect(DrivenSystemTests.near(Self.numbers(beliefs[0]), [0.25, 0.75, 3, 0.5]))
        // P(s_1 = 0) = 1/8 + 3/4: the mean is 3 or −3, the variance 0.75 or 1.5.
        let (p, q) = (0.875, 0.125)
        let variance = p * 0.75 + q * 1.5 + p * q * 36
        let wanted = [p, q, 3 * (p - q), variance]
        #expect(DrivenSystemTests.near(Self.numbers(beliefs[1]), wanted))
      }
    }
  }

  // Catches: a state of the chain that cannot be and has some probability; a beginning of probability zero that is
  // taken for the largest.
  @Test("What the chain cannot do has probability zero, whatever is seen")
  func impossible() throws {
    let drawn = try SwitchingBeliefTests.drawn(1).system.systems
    let system = SwitchingLinearDynamicalSystem(
      checkedInitialState: [0, 1], transition: [[0.5, 0.5], [0, 1]],
      systems: [drawn[0], drawn[1]])
    let output = [Double](repeating: 0.5, count: drawn[0].outputCount)
    let sequence = try system.observing([output, output, output])
    for route in ExactRoute.allCases {
      let found = try sequence.beliefs(ExactRequest(route: route), at: "x")
      for belief in found.predicted + found.filtered { #expect(belief.stateMarginals == [0, 1]) }
    }
  }

  // Catches: steps where there are none; digits that are not asked for; beginnings that are kept whatever they need.
  @Test("No steps; too few digits; more beginnings than memory holds")
  func edges() throws {
    let drawn = try Self.drawn(1)
    for route in ExactRoute.allCases {
      let found = try drawn.system.observing([])
        .beliefs(ExactRequest(route: route), at: "x")
      #expect(found.filtered.isEmpty && found.predicted.isEmpty)
    }
    // Every output is as expected; in doubles it is off by a rounding of 10⁹, which is all beside noise of 1e-15.
    var refusals: [String] = []
    for k in 1...20 {
      let far = 1e9 + Double(k)
      let sharp = try SwitchingLinearDynamicalSystem(
        initialState: [0.5, 0.5], transition: [[0.5, 0.5], [0.5, 0.5]], initialMean: [far],
        initialCovariance: [[1e-30]], states: [([[3]], [[1e-30]]), ([[3]], [[7e-30]])],
        emission: [[1]], emissionNoise: [[1e-30]]
      ).observing([[far], [3 * far]])
      do {
        let found = try sharp.beliefs(ExactRequest(), at: "observations[0]").filtered[1]
        // Variances of the second output: 9/2 + 1 + 1 and 9/2 + 7 + 1.
        let odds = (6.5 / 12.5).squareRoot()
        #expect(abs(found.stateMarginals[1] - odds / (1 + odds)) <= 1e-9)
      } catch { refusals.append("\(error)") }
    }
    #expect(!refusals.isEmpty)
    for text in refusals {
      #expect(text.hasPrefix("observations[0]: even 32 digits lose too many"), "\(text)")
    }
    let outputs = Array(repeating: drawn.observations[0], count: 40)
    let long = #expect(throws: ExactRefusal.self) {
      try drawn.system.observing(outputs).beliefs(ExactRequest(), at: "x")
    }
    #expect(long?.description.hasPrefix("observations: paths over up to 40 steps") == true)
  }
}
