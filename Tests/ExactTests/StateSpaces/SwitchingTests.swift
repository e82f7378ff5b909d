import GSL
import Probability
import Synchronization
import Testing

@testable import Exact
@testable import Models

@Suite("Switching linear dynamical systems: the tree of paths against one law a path")
struct SwitchingTests {
  static func numbers(_ posterior: SwitchingPosterior) -> [Double] {
    [posterior.logEvidence.value] + posterior.stateMarginals.joined()
  }

  static let tree = Route<SwitchingSequence>("tree of paths") { numbers(.init(of: $0)) }
  static let paths = Route<SwitchingSequence>("one dense law a path") {
    numbers(try .enumerated(of: $0))
  }

  /// The tree of a system with a part exchanged.
  static func spoilt(
    _ name: String, _ spoil: @escaping @Sendable (SwitchingSequence) -> SwitchingSequence
  ) -> Route<SwitchingSequence> {
    Route(name) { numbers(.init(of: spoil($0))) }
  }

  static func exchanged(
    _ sequence: SwitchingSequence, initial: [Double]? = nil, transition: [[Double]]? = nil,
    systems: [LinearDynamicalSystem]? = nil
  ) -> SwitchingSequence {
    let system = sequence.system
    return SwitchingSequence(
      system: SwitchingLinearDynamicalSystem(
        checkedInitialState: initial ?? system.initialState,
        transition: transition ?? system.transition, systems: systems ?? system.systems),
      checkedObservations: sequence.observations)
  }

  static let faults: [Route<SwitchingSequence>] = [
    spoilt("the chain is transposed") {
      exchanged($0, transition: transposed($0.system.transition))
    },
    spoilt("states select the dynamics of another") {
      exchanged($0, systems: $0.system.systems.reversed())
    },
    spoilt("every state starts alike") { sequence in
      let modes = sequence.system.modeCount
      return exchanged(sequence, initial: Array(repeating: 1 / Double(modes), count: modes))
    },
    Route("marginals of the chain alone") { sequence in
      let posterior = SwitchingPosterior(of: sequence)
      var law = sequence.system.initialState
      var marginals = [law]
      for _ in 1..<max(1, sequence.length) {
        law = product(transposed(sequence.system.transition), law)
        marginals.append(law)
      }
      return [posterior.logEvidence.value] + marginals.joined()
    },
  ]

  @Test("both routes agree, and a fault in either is noticed") func agree() throws {
    // As for one system: 16 coordinates at most, and variances over four decades.
    try expectAgreement(
      Self.tree, Self.paths, faultsInOne: Self.faults + [Self.tree.offByAPercent()],
      faultsInOther: [Self.paths.offByAPercent()], roundings: 16 * 10_000
    ) { try .random(&$0) }
  }

  @Test("one state of the chain is a system that does not switch, however long") func one() throws {
    var cases = try Cases(seed: 8, stream: 1)
    let sequence = try LinearDynamicalSequence.random(states: 2...2, steps: 7...7, &cases)
    let system = SwitchingLinearDynamicalSystem(
      checkedInitialState: [1], transition: [[1]], systems: [sequence.system])
    let switching = SwitchingPosterior(of: try system.observing(sequence.observations))
    let plain = StateSpacePosterior(of: sequence)
    #expect(switching.stateMarginals == Array(repeating: [1], count: 7))
    #expect(
      (switching.logEvidence.value - plain.logEvidence.value).magnitude
        <= plain.logEvidence.roundingBound)
    #expect(switching.work == 7)

    let long = (0..<20_000).flatMap { _ in sequence.observations.prefix(1) }
    #expect(SwitchingPosterior(of: try system.observing(long)).isFinite)
  }

  @Test("states that do the same leave the chain as it was") func same() throws {
    var cases = try Cases(seed: 8, stream: 2)
    let sequence = try LinearDynamicalSequence.random(states: 1...1, steps: 4...4, &cases)
    let (initial, transition) = ([0.2, 0.8], [[0.7, 0.3], [0.4, 0.6]])
    let system = SwitchingLinearDynamicalSystem(
      checkedInitialState: initial, transition: transition,
      systems: [sequence.system, sequence.system])
    let posterior = SwitchingPosterior(of: try system.observing(sequence.observations))
    var law = initial
    for marginals in posterior.stateMarginals {
      for (got, want) in zip(marginals, law) {
        #expect((got - want).magnitude <= 256 * Double.ulpOfOne)
      }
      law = product(transposed(transition), law)
    }
    // 1 + 2² + 2³ + 2⁴ filter steps: s_0 selects nothing, so its two beginnings part at step 1.
    #expect(posterior.work == 1 + 4 + 8 + 16)
  }

  @Test("paths of probability zero are not followed") func impossible() throws {
    var cases = try Cases(seed: 8, stream: 3)
    let random = try SwitchingSequence.random(modes: 2...2, steps: 4...4, &cases)
    let sequence = Self.exchanged(random, initial: [0, 1], transition: [[0.5, 0.5], [0, 1]])
    let posterior = SwitchingPosterior(of: sequence)
    #expect(posterior.stateMarginals == Array(repeating: [0, 1], count: 4))
    #expect(posterior.work == 4)
    let alone = StateSpacePosterior(
      of: try sequence.system.systems[1].observing(sequence.observations))
    #expect(
      (posterior.logEvidence.value - alone.logEvidence.value).magnitude
        <= alone.logEvidence.roundingBound)
  }

  @Test("an empty sequence has evidence 1 and no states") func empty() throws {
    var cases = try Cases(seed: 8, stream: 4)
    let sequence = try SwitchingSequence.random(&cases).system.observing([])
    for posterior in [SwitchingPosterior(of: sequence), try .enumerated(of: sequence)] {
      #expect(posterior.logEvidence.value == 0 && posterior.stateMarginals.isEmpty)
    }
    #expect(SwitchingPosterior.pathCount(of: sequence) == 1)
  }

  @Test("progress counts whole paths") func progress() throws {
    var cases = try Cases(seed: 8, stream: 5)
    let random = try SwitchingSequence.random(modes: 2...2, states: 1...1, steps: 4...4, &cases)
    let sequence = try random.system.observing(
      Array(repeating: random.observations[0], count: 13))
    var seen: [Double] = []
    let posterior = SwitchingPosterior(of: sequence) { seen.append($0) }
    #expect(seen == [4096, 8192])
    #expect(posterior.isFinite)
  }

  // Catches: progress that begins again with every sequence.
  @Test("progress of several sequences goes on") func progressOfAll() throws {
    var cases = try Cases(seed: 8, stream: 6)
    let random = try SwitchingSequence.random(modes: 2...2, states: 1...1, steps: 1...1, &cases)
    let sequence = try random.system.observing(
      Array(repeating: random.observations[0], count: 12))
    let seen = Mutex<[[Double]]>([])
    let request = ExactRequest { done, total in
      seen.withLock { $0.append([done, total]) }
    }
    _ = try ExactAnswers(of: [sequence, sequence], request)
    #expect(Set(seen.withLock { $0 }) == [[4096, 8192], [8192, 8192]])
  }

  // Catches: sizes of means that only the first state of the chain makes.
  @Test("a state that makes numbers large costs digits, though nobody was in it") func large()
    throws
  {
    func way(_ other: Double) throws -> String {
      let system = try SwitchingLinearDynamicalSystem(
        initialState: [0.5, 0.5], transition: [[0.5, 0.5], [0.5, 0.5]], initialMean: [1000],
        initialCovariance: [[1e-12]], states: [([[0.5]], [[1e-12]]), ([[other]], [[1e-12]])],
        emission: [[1]], emissionNoise: [[1]])
      return try ExactAnswers(of: [system.observing([[1000], [500], [250]])]).way
    }
    #expect(try !way(0.25).contains("32 digits"))
    #expect(try way(1000).contains("32 digits"))
  }

  @Test("a running logarithm of a sum is that of the whole list, in any order") func logTotal() {
    let terms: [Double] = [-700, -.infinity, 3, 2.5, 900, 899, -2000, 900]
    for order in [terms, terms.reversed(), terms.sorted()] {
      var total = LogTally<Double>()
      for term in order { total.add(term) }
      #expect((total.logTotal - logSumExp(terms)).magnitude <= 8 * Double.ulpOfOne * 900)
    }
    #expect(LogTally<Double>().logTotal == -.infinity)
    var broken = LogTally<Double>()
    for term in [Double.nan, 1] { broken.add(term) }
    #expect(broken.logTotal.isNaN)
  }
}
