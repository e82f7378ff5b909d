import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("State spaces: noise that is a covariance but for rounding")
struct IndefiniteNoiseTests {
  /// A random sequence whose noise is F·Fᵀ, less a share of one of its variances.
  static func lacking(_ share: Double, _ cases: inout Cases) throws -> LinearDynamicalSequence {
    let sequence = try LinearDynamicalSequence.random(
      states: 2...3, outputs: 1...2, steps: 2...5, &cases)
    let system = sequence.system
    let n = system.stateCount
    let factor = try (0..<n).map { _ in try cases.reals(1, from: 0.2, to: 1) }
    var noise = factor.map { row in factor.map { row[0] * $0[0] } }
    noise[n - 1][n - 1] *= 1 - share
    return LinearDynamicalSequence(
      system: LinearDynamicalSystem(
        checkedMean: system.initialMean, initialCovariance: system.initialCovariance,
        dynamics: system.dynamics, dynamicsNoise: noise, emission: system.emission,
        emissionNoise: system.emissionNoise),
      checkedObservations: sequence.observations)
  }

  // Catches: a bound that is none, that forgets the misfit or the variances, or that is out of proportion.
  @Test("Messages leave out what dense laws keep: the bound is true, and within a thousand of it")
  func bound() throws {
    for exponent in [6, 8, 10] {
      var (error, bound) = (0.0, 0.0)
      for index in 0..<30 {
        var cases = try Cases(seed: 91, stream: UInt64(100 * exponent + index))
        let sequence = try Self.lacking(pow(10, -Double(exponent)), &cases)
        let doubt = try #require(NoiseDoubt(DrivenSequence(sequence)))
        let messages = StateSpacePosterior(doubled: sequence)
        let off = messages.distance(to: try .dense(of: sequence))
        let allowed = doubt.error(of: messages)
        // To first order in what is missing, and to the digits of the numbers that are compared.
        #expect(
          off <= allowed * (1 + 100 * pow(10, -Double(exponent))) + 4 * Double.ulpOfOne,
          "\(exponent) \(index): \(off), \(allowed)")
        (error, bound) = (max(error, off), max(bound, allowed))
        let (own, other) = (
          DoubledChainLaw(DrivenSequence(sequence)).filtered(),
          try DenseStateLaw(DrivenSequence(sequence)).filtered()
        )
        for (law, wanted) in zip(own.filtered + own.predicted, other.filtered + other.predicted) {
          for (entry, want) in zip(law.covariance, wanted.covariance) {
            #expect(abs(entry - want) <= allowed * (1 + 1e-3) * max(1, abs(want)) + 1e-15)
          }
        }
      }
      #expect(bound <= 1000 * error && error > 0, "\(exponent): \(bound) \(error)")
    }
  }

  // Catches: a covariance that is taken for none, so that it is measured for nothing, or refused.
  @Test("A covariance lacks nothing, singular or not")
  func nothing() throws {
    for index in 0..<20 {
      var cases = try Cases(seed: 92, stream: UInt64(index))
      let sequence = try LinearDynamicalSequence.random(steps: 2...3, &cases)
      #expect(NoiseDoubt(DrivenSequence(sequence)) == nil)
    }
    for noise in [[[0.0, 0], [0, 0]], [[0.5, 0.25], [0.25, 0.125]], [[9, 3], [3, 1]]] {
      #expect(DoubledCovarianceFactor(of: noise).unexplained == [0, 0])
    }
    // The second variance is short of 1/9 by what a double is.
    let ninths = DoubledCovarianceFactor(of: [[1, 1.0 / 3], [1.0 / 3, (1.0 / 9).nextDown]])
    #expect(ninths.unexplained[0] == 0 && ninths.unexplained[1] > 1e-18)
  }

  /// A noise with determinant below zero, in units of 10¹⁶, seen across its direction, and log p(y) with the entries
  /// as they stand, to forty digits from the dense law in arithmetic of eighty; nil where there is no such law.
  struct Sharp: Sendable {
    let noise: [[Double]]
    let emission: [Double]
    let second: Double
    let logEvidence: Double?
  }

  static let sharp = [
    // What messages said of these, without a doubt: −26.4795, −26.4539 and −22.4386.
    Sharp(
      noise: [[1.6e15, 3.6e15], [3.6e15, 8.099999999999999e15]], emission: [9, -4], second: 3,
      logEvidence: -26.30355219723743222685023388864701900191),
    Sharp(
      noise: [[4e14, 1.8e15], [1.8e15, 8.099999999999999e15]], emission: [9, -2], second: 3,
      logEvidence: -26.36998286914062814651167170019430493629),
    Sharp(
      noise: [[3.6e15, 1.8e15], [1.8e15, 8.99999999999992e14]], emission: [3, -6], second: 1,
      logEvidence: nil),
  ]

  // Catches: numbers that rounding of a covariance decides, answered by one route or by both.
  @Test("Beside noise of outputs of 1e-18 it is refused by every kind and route", arguments: sharp)
  func refused(_ sharp: Sharp) throws {
    let (start, dynamics) = ([[1.0, 0], [0, 1]], [[1, 0.5], [0, 1]])
    let outputs = [[1], [sharp.second], [2]]
    let plain = try LinearDynamicalSystem(
      initialMean: [0, 1], initialCovariance: start, dynamics: dynamics,
      dynamicsNoise: sharp.noise, emission: [sharp.emission], emissionNoise: [[1e-18]])
    let driven = try DrivenLinearSystem(
      initialMean: [0, 1], initialCovariance: start, dynamics: .constant(dynamics),
      dynamicsNoise: .steps([[[1, 0], [0, 1]], sharp.noise]),
      emission: .constant([sharp.emission]), emissionNoise: .constant([[1e-18]]),
      dynamicsOffset: .constant([1, 0]))
    let switching = try SwitchingLinearDynamicalSystem(
      initialState: [0.5, 0.5], transition: [[0.5, 0.5], [0.5, 0.5]], initialMean: [0, 1],
      initialCovariance: start,
      states: [(dynamics, [[1, 0], [0, 1]]), (dynamics, sharp.noise)],
      emission: [sharp.emission], emissionNoise: [[1e-18]])
    let reason =
      ": expected a positive semidefinite matrix; what it lacks of one decides observations[0]"
    func refusal(_ ask: () throws -> Any) -> String {
      do { return "\(try ask())" } catch { return "\(error)" }
    }
    for route in ExactRoute.allCases {
      let request = ExactRequest(route: route)
      let sequence = try plain.observing(outputs)
      let ofPlain = refusal { try ExactAnswers(of: [sequence], request).posteriors }
      let ofDriven = refusal {
        try ExactAnswers(ofDriven: [try driven.observing(partly: outputs)], request).posteriors
      }
      let ofSwitching = refusal {
        try ExactAnswers(of: [try switching.observing(outputs)], request).posteriors
      }
      let ofBeliefs = refusal {
        try switching.observing(outputs).beliefs(request, at: "observations[0]")
      }
      let ofMoments = refusal {
        try switching.observing(outputs).stateMoments(request, at: "observations[0]")
      }
      // A dense law that is singular is refused without a name of the noise; one that is named is named as here.
      for answer in [ofBeliefs, ofMoments] {
        let isNamed = answer == "states[1].dynamicsNoise" + reason
        let isSingular = route == .bruteForce && answer.hasPrefix("observations[0]: ")
        #expect(isNamed || isSingular, "\(answer)")
      }
      // A dense law that is none is singular, which is said first.
      let isLaw = route == .structured || sharp.logEvidence != nil
      #expect(ofPlain == "dynamicsNoise" + reason || !isLaw, "\(ofPlain)")
      #expect(ofDriven.hasPrefix("dynamicsNoise.steps[1]" + reason) || !isLaw, "\(ofDriven)")
      #expect(ofSwitching.hasPrefix("states[1].dynamicsNoise" + reason) || !isLaw, "\(ofSwitching)")
      for answer in [ofPlain, ofDriven, ofSwitching] where !isLaw {
        #expect(answer.hasPrefix("observations[0]: ") || answer.hasSuffix(reason), "\(answer)")
      }
    }
    // The dense law keeps what messages leave out, and so has the digits of the entries as they stand.
    if let wanted = sharp.logEvidence {
      let sequence = try plain.observing(outputs)
      let dense = try StateSpacePosterior.dense(of: sequence).logEvidence.value
      #expect(abs(dense - wanted) <= 1e-9)
      #expect(abs(StateSpacePosterior(doubled: sequence).logEvidence.value - wanted) > 1e-3)
    }
  }

  /// A walk whose steps are pushed by a random force, observed at four times: its answers to forty digits.
  struct Walk: Sendable {
    let step: Double
    let noise: [[Double]]
    let emissionNoise: Double
    let logEvidence: Double
    let means: [Double]
  }

  static let walks = [
    Walk(
      step: 0.9, noise: [[0.164025, 0.36450000000000005], [0.36450000000000005, 0.81]],
      emissionNoise: 1,
      logEvidence: -5.979074056882836770789503840830180009499,
      means: [
        -0.06732561386727273701355307757133734979858,
        0.5281853924052888252939965591468955687128,
        0.2745534824583738054794344408867887342156,
        0.2315459327628145805822327591070897632913,
        0.430608265403876413267374234378794326615,
        0.1152424737827467503164514343858931766541,
        0.5294894798722952608314126030028743408847,
        0.1044935583692951263814217197921449874954,
      ]),
    Walk(
      step: 0.9, noise: [[0.164025, 0.36450000000000005], [0.36450000000000005, 0.81]],
      emissionNoise: 1e-18,
      logEvidence: -3.179283730908384832696640240038669058411,
      means: [
        0.1000000000000000067765732836825518714456,
        0.6183537167143725511481529979996678918811,
        0.299999999999999983728720891340151613934,
        -0.1739092722699280616870990008608041923516,
        0.200000000000000017039902063524904410632,
        -0.04831294995229431316634085427501198545026,
        0.4999999999999999979059188845781747921757,
        0.7149796166189610171935316457325071662166,
      ]),
    Walk(
      step: 0.1,
      noise: [
        [2.5000000000000005e-05, 0.0005000000000000001],
        [0.0005000000000000001, 0.010000000000000002],
      ], emissionNoise: 1e-09,
      logEvidence: -4932.077356609833712482031614744571931155,
      means: [
        0.100013399770128660124644267070178974976,
        5.327780316945556738348244361789404900389,
        0.299958568071798436870218420013843562779,
        -1.328876950912160852485133895819526550739,
        0.2000427075237801215819271593188678479398,
        -0.6694402600482067020030413831216934792517,
        0.4999853245342793872041966103692543445664,
        6.668292600258192486550524848910088871884,
      ]),
  ]

  // Catches: an answer that is refused although what its noise lacks is nothing beside that of the outputs.
  @Test("A walk with a velocity, its noise indefinite by rounding, is answered to nine digits")
  func walk() throws {
    for walk in Self.walks {
      // The determinant is below zero, exactly.
      #expect(DoubledCovarianceFactor(of: walk.noise).unexplained != [0, 0])
      let sequence = try LinearDynamicalSystem(
        initialMean: [0, 1], initialCovariance: [[1, 0], [0, 1]],
        dynamics: [[1, walk.step], [0, 1]], dynamicsNoise: walk.noise, emission: [[1, 0]],
        emissionNoise: [[walk.emissionNoise]]
      ).observing([[0.1], [0.3], [0.2], [0.5]])
      for route in ExactRoute.allCases {
        let request = ExactRequest(route: route)
        for answers in [
          try ExactAnswers(of: [sequence], request),
          try ExactAnswers(ofDriven: [DrivenSequence(sequence)], request),
        ] {
          let found = answers.posteriors[0]
          let pairs = zip([found.logEvidence.value] + found.means, [walk.logEvidence] + walk.means)
          for (got, want) in pairs { #expect(abs(got - want) <= 1e-9 * max(1, abs(want))) }
        }
      }
    }
  }

  // Catches: paths of a switching system that what noise lacks tells apart; a tree that is refused for nothing.
  @Test("Of a chain and of one path: what is answered is answered alike by both routes")
  func alike() throws {
    var (answered, refused) = (0, 0)
    for index in 0..<24 {
      var cases = try Cases(seed: 93, stream: UInt64(index))
      let sequence = try Self.lacking(pow(10, -Double(6 + index % 12)), &cases)
      let still = SwitchingLinearDynamicalSystem(
        checkedInitialState: [0.5, 0.5], transition: [[0.5, 0.5], [0.25, 0.75]],
        systems: [sequence.system, sequence.system])
      let switching = try still.observing(sequence.observations)
      let messages = SwitchingPosterior(doubled: switching)
      let dense = try SwitchingPosterior.enumerated(of: switching)
      let off = abs(messages.logEvidence.value - dense.logEvidence.value)
      do throws(ExactRefusal) {
        try switching.requireCovariances(for: messages, at: "x")
        answered += 1
        #expect(off <= StateSpacePosterior.promised, "\(index)")
      } catch { refused += 1 }
    }
    #expect(answered >= 6 && refused >= 6, "\(answered) \(refused)")
  }
}
