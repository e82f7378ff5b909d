import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("State spaces: lost digits are measured, and 32 taken where they must be")
struct LostDigitsTests {
  /// [[1, ρ …], [ρ, 1 …]] with 1 − ρ = 10^−exponent: its condition is about 10^exponent.
  static func correlated(_ size: Int, exponent: Int, scale: Double = 1) -> [[Double]] {
    let rest = pow(10, -Double(exponent))
    return (0..<size).map { i in (0..<size).map { scale * ($0 == i ? 1 : 1 - rest) } }
  }

  /// A random sequence whose three covariances are strongly correlated.
  static func hard(
    _ cases: inout Cases, exponent: Int, steps: ClosedRange<Int> = 1...8
  ) throws -> LinearDynamicalSequence {
    let sequence = try LinearDynamicalSequence.random(
      states: 1...3, outputs: 1...3, steps: steps, &cases)
    let system = sequence.system
    let (n, m) = (system.stateCount, system.outputCount)
    return LinearDynamicalSequence(
      system: LinearDynamicalSystem(
        checkedMean: system.initialMean,
        initialCovariance: correlated(n, exponent: exponent), dynamics: system.dynamics,
        dynamicsNoise: correlated(n, exponent: exponent, scale: 0.1), emission: system.emission,
        emissionNoise: correlated(m, exponent: exponent, scale: 0.5)),
      checkedObservations: sequence.observations)
  }

  // Catches: a formula of the messages that was written down wrong a second time.
  @Test("Ordinary models: messages with 32 digits say what those with 16 say") func ordinary()
    throws
  {
    for index in 0..<60 {
      var cases = try Cases(seed: 31, stream: UInt64(index))
      let sequence = try LinearDynamicalSequence.random(
        states: 1...4, outputs: 1...3, steps: 1...12, &cases)
      let (plain, doubled) = (
        StateSpacePosterior(of: sequence), StateSpacePosterior(doubled: sequence)
      )
      let dimension = Double(sequence.system.stateCount + sequence.system.outputCount)
      #expect(doubled.distance(to: plain) <= 64 * dimension * dimension * Double.ulpOfOne)
    }
  }

  // Catches: digits that are lost in the 32-digit messages themselves.
  @Test("Nearly singular models: messages with 32 digits say what the dense law says") func dense()
    throws
  {
    for index in 0..<40 {
      var cases = try Cases(seed: 32, stream: UInt64(index))
      let sequence = try Self.hard(&cases, exponent: index % 14)
      let dense = try StateSpacePosterior.dense(of: sequence)
      #expect(StateSpacePosterior(doubled: sequence).distance(to: dense) <= 1e-12, "\(index)")
    }
  }

  // Catches: a measure that is no bound: a term forgotten, a factor too small.
  @Test("No answer of doubles is farther off than its measure", arguments: [0, 3, 6, 9, 12])
  func bound(exponent: Int) throws {
    var needed = 0
    for index in 0..<40 {
      var cases = try Cases(seed: 33, stream: UInt64(100 * exponent + index))
      let sequence = try Self.hard(&cases, exponent: exponent)
      let (plain, error) = StateSpacePosterior.measured(of: sequence)
      let off = StateSpacePosterior(doubled: sequence).distance(to: plain)
      #expect(off <= error, "\(exponent), \(index)")
      if error > StateSpacePosterior.promised { needed += 1 }
    }
    // Ordinary models are answered with 16 digits; the nearly singular ones are not.
    #expect(exponent > 0 || needed == 0)
    #expect(exponent < 9 || needed > 0)
  }

  // Catches: outputs and means that are taken to be without rounding, however large they are beside their noise.
  @Test("Outputs of 1e9 beside noise of 1: the measure knows what they are rounded by")
  func largeOutputs() throws {
    var (error, bound) = (0.0, 0.0)
    for index in 0..<30 {
      var cases = try Cases(seed: 37, stream: UInt64(index))
      let near = try LinearDynamicalSequence.random(states: 1...2, steps: 2...6, &cases)
      let system = near.system
      let far = LinearDynamicalSystem(
        checkedMean: try cases.reals(system.stateCount, from: 1e9, to: 2e9),
        initialCovariance: system.initialCovariance, dynamics: system.dynamics,
        dynamicsNoise: system.dynamicsNoise, emission: system.emission,
        emissionNoise: system.emissionNoise)
      var mean = far.initialMean
      var outputs: [[Double]] = []
      for output in near.observations {
        outputs.append(zip(product(far.emission, mean), output).map { $0 + $1 })
        mean = product(far.dynamics, mean)
      }
      let sequence = try far.observing(outputs)
      let (plain, measured) = StateSpacePosterior.measured(of: sequence)
      let off = StateSpacePosterior(doubled: sequence).distance(to: plain)
      #expect(off <= measured, "\(index): \(off), \(measured)")
      (error, bound) = (max(error, off), max(bound, measured))
    }
    #expect(error > 1e-9 && bound <= 1000 * error, "\(error), \(bound)")
  }

  // Catches: a mean that is carried as a number, far from where it ends.
  @Test("A start far away is answered with 32 digits") func farAway() throws {
    let system = try LinearDynamicalSystem(
      initialMean: [4.6e14], initialCovariance: [[1e30]], dynamics: [[1]], dynamicsNoise: [[0.01]],
      emission: [[1]], emissionNoise: [[0.25]])
    let sequence = try system.observing([[30.25], [30.5]])
    let found = try ExactAnswers(of: [sequence])
    #expect(found.way.hasSuffix("with 32 digits"))
    // As with no start at all: the second step is 30.25 + (0.26/0.51) 0.25, the first 0.25/0.26 of the way.
    let means = [30.25 + 0.25 / 0.51 * 0.25, 30.25 + 0.26 / 0.51 * 0.25]
    for (mean, want) in zip(found.posteriors[0].means, means) { #expect(abs(mean - want) <= 1e-9) }
    #expect(throws: ExactRefusal.lossy("observations[0]")) {
      try ExactAnswers(of: [sequence], ExactRequest(digits: .sixteen))
    }
    // Catches: the digits of the last sequence, said of all of them.
    let near = try LinearDynamicalSystem(
      initialMean: [0], initialCovariance: [[1]], dynamics: [[1]], dynamicsNoise: [[0.01]],
      emission: [[1]], emissionNoise: [[0.25]]
    ).observing([[0.25], [0.5]])
    #expect(try !ExactAnswers(of: [near]).way.contains("32 digits"))
    for both in [[sequence, near], [near, sequence]] {
      #expect(try ExactAnswers(of: both).way.hasSuffix("with 32 digits"))
    }
  }

  // Catches: a whole covariance that is never asked where messages of 16 digits are too far off to be compared with.
  @Test("Means of 1e17, moved: the whole covariance decides") func fallback() throws {
    let (mean, factor) = (1e17, 0.9)
    let system = try LinearDynamicalSystem(
      initialMean: [mean], initialCovariance: [[1]], dynamics: [[factor]], dynamicsNoise: [[1]],
      emission: [[1]], emissionNoise: [[1]])
    let sequence = try system.observing([[mean], [factor * mean]])
    let plain = StateSpacePosterior(of: sequence)
    #expect(StateSpacePosterior(doubled: sequence).distance(to: plain) > 0x1p-6)
    let found = try ExactAnswers(of: [sequence])
    #expect(found.way.hasSuffix("with 32 digits"))
    // The first output is as expected, the second off by what rounding took from 0.9 · 10^17.
    let rest = (DoubleDouble(factor) * DoubleDouble(mean) - DoubleDouble(factor * mean)).high
    let spread = factor * factor / 2 + 2
    let wanted = -0.5 * (2 * log(2 * Double.pi) + log(2 * spread) + rest * rest / spread)
    #expect(abs(rest) > 1 && abs(found.logEvidence[0] - wanted) <= 1e-9)
  }

  // Catches: states that are taken to vary no more than the first of them.
  @Test("Variances that grow on the way cost digits, however small the means") func growing() throws
  {
    func way(_ noise: Double) throws -> String {
      let system = try LinearDynamicalSystem(
        initialMean: [0], initialCovariance: [[1]], dynamics: [[1]], dynamicsNoise: [[noise]],
        emission: [[1]], emissionNoise: [[1]])
      return try ExactAnswers(of: [system.observing([[0.5], [-0.25], [0.75]])]).way
    }
    #expect(try !way(1).contains("32 digits"))
    #expect(try way(1e16).hasSuffix("with 32 digits"))
  }

  // Catches: a misfit from which noise of outputs that were not seen is taken away.
  @Test("The misfit is no less than it is, whatever was not seen") func misfit() throws {
    for noise in [1e-6, 1e-2, 1, 1e6] {
      let system = try LinearDynamicalSystem(
        initialMean: [0], initialCovariance: [[1]], dynamics: [[0.5]], dynamicsNoise: [[0.75]],
        emission: [[1]], emissionNoise: [[noise]])
      for deviations in [0.5, 3, 30] {
        let y = deviations * sqrt(1 + noise)
        let sequence = try system.observing(partly: [[y], nil, nil, nil])
        let errors = StateSpaceErrors([system], sequence.observations, seen: sequence.seen)
        let logEvidence = StateSpacePosterior(of: sequence).logEvidence.value
        #expect(
          errors.misfit(atLogEvidence: logEvidence) >= deviations * deviations * (1 - 1e-9))
      }
    }
  }
}

extension LostDigitsTests {
  /// The sequence with gaps: a step, or some of its outputs.
  private func withGaps(
    _ sequence: LinearDynamicalSequence, _ cases: inout Cases
  ) throws -> [[Double?]?] {
    try sequence.observations.map { output in
      if try cases.integer(0...4) == 0 { return nil }
      return try output.map { try cases.integer(0...3) == 0 ? nil : $0 }
    }
  }

  // Catches: a missing output taken for a zero, or left in the noise of the others.
  @Test("What was not observed: by messages of either kind, and by the dense law") func gaps()
    throws
  {
    var seenPartly = 0
    for index in 0..<60 {
      var cases = try Cases(seed: 34, stream: UInt64(index))
      let whole = try LinearDynamicalSequence.random(
        states: 1...3, outputs: 2...3, steps: 2...8, &cases)
      let sequence = try whole.system.observing(partly: try withGaps(whole, &cases))
      if !sequence.isComplete { seenPartly += 1 }
      let dense = try StateSpacePosterior.dense(of: sequence)
      #expect(StateSpacePosterior(of: sequence).distance(to: dense) <= 1e-12)
      #expect(StateSpacePosterior(doubled: sequence).distance(to: dense) <= 1e-13)
      #expect(StateSpacePosterior.fast(of: sequence).distance(to: dense) <= 1e-12)
    }
    #expect(seenPartly > 40)
  }

  @Test("Nothing missing: the same sequence to the last bit; all missing: what was known before")
  func extremes() throws {
    var cases = try Cases(seed: 35, stream: 0)
    let whole = try LinearDynamicalSequence.random(states: 2...2, steps: 3...3, &cases)
    #expect(try whole.system.observing(partly: whole.observations) == whole)
    let unseen = try whole.system.observing(partly: [nil])
    let posterior = StateSpacePosterior(of: unseen)
    #expect(posterior.logEvidence.value == 0)
    #expect(posterior.means == whole.system.initialMean)
    #expect(try StateSpacePosterior.dense(of: unseen).logEvidence.value == 0)
  }

  // Catches: a gap of a switching system that one route sees and the other does not.
  @Test("Gaps of switching systems, by the tree and by dense laws, with either kind of digits")
  func switchingGaps() throws {
    for index in 0..<20 {
      var cases = try Cases(seed: 36, stream: UInt64(index))
      let whole = try SwitchingSequence.random(modes: 2...2, steps: 2...4, &cases)
      let gaps = try whole.observations.map { output in
        try output.map { try cases.integer(0...2) == 0 ? nil : $0 }
      }
      let sequence = try whole.system.observing(partly: gaps)
      let want = try SwitchingPosterior.enumerated(of: sequence)
      for got in [SwitchingPosterior(of: sequence), SwitchingPosterior(doubled: sequence)] {
        #expect(abs(got.logEvidence.value - want.logEvidence.value) <= 1e-12)
        for (g, w) in zip(got.stateMarginals.joined(), want.stateMarginals.joined()) {
          #expect(abs(g - w) <= 1e-12)
        }
      }
    }
  }
}
