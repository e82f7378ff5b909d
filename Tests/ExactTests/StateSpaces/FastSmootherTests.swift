import GSL
import Kernels
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Linear dynamical systems: the fast route against the messages") struct FastSmootherTests {
  /// A random sequence whose three covariances are scaled by powers of ten.
  static func scaled(
    _ cases: inout Cases, start: ClosedRange<Int>, noise: ClosedRange<Int>, view: ClosedRange<Int>
  ) throws -> LinearDynamicalSequence {
    let sequence = try LinearDynamicalSequence.random(
      states: 1...4, outputs: 1...3, steps: 1...40, &cases)
    let system = sequence.system
    func scaled(_ matrix: [[Double]], by exponents: ClosedRange<Int>) throws -> [[Double]] {
      let factor = pow(10, Double(try cases.integer(exponents)))
      return matrix.map { $0.map { factor * $0 } }
    }
    return LinearDynamicalSequence(
      system: LinearDynamicalSystem(
        checkedMean: system.initialMean,
        initialCovariance: try scaled(system.initialCovariance, by: start),
        dynamics: system.dynamics, dynamicsNoise: try scaled(system.dynamicsNoise, by: noise),
        emission: system.emission, emissionNoise: try scaled(system.emissionNoise, by: view)),
      checkedObservations: sequence.observations)
  }

  /// The largest |got − want| / max(1, |want|) over evidence, means and covariances.
  static func distance(_ got: StateSpacePosterior, _ want: StateSpacePosterior) -> Double {
    let pairs = zip(SmootherTests.numbers(got), SmootherTests.numbers(want))
    return pairs.reduce(0) { max($0, ($1.0 - $1.1).magnitude / max(1, $1.1.magnitude)) }
  }

  /// What the kernel may be off by: 8 (n + m)² roundings in every number, each grown by the loss.
  static func allowed(_ sequence: LinearDynamicalSequence, loss: Double) -> Double {
    let dimension = Double(sequence.system.stateCount + sequence.system.outputCount)
    return 8 * dimension * dimension * loss * Double.ulpOfOne
  }

  @Test("every shape from 1 to 9 states and outputs, the kernel's registers full or not")
  func shapes() throws {
    for states in 1...9 {
      for outputs in 1...9 {
        var cases = try Cases(seed: 21, stream: UInt64(16 * states + outputs))
        let sequence = try LinearDynamicalSequence.random(
          states: states...states, outputs: outputs...outputs, steps: 1...12, &cases)
        let slow = StateSpacePosterior(of: sequence)
        let fast = StateSpacePosterior.fast(of: sequence)
        guard let kernel = StateSmoother(StateSpacePosterior.smootherProblem(sequence)) else {
          #expect(states > StateSmoother.mostStates)
          #expect(fast == slow)
          continue
        }
        #expect(states <= StateSmoother.mostStates)
        let allowed = Self.allowed(sequence, loss: kernel.loss)
        #expect(Self.distance(fast, slow) <= allowed, "\(states) states, \(outputs) outputs")
        for t in 0..<sequence.length {
          #expect(fast.covariance(at: t) == transposed(fast.covariance(at: t)))
        }
      }
    }
  }

  @Test("where the kernel's loss is granted it keeps nine digits; elsewhere the messages answer")
  func scales() throws {
    for (decades, leastAnswers) in [(0, 150), (2, 120), (6, 50)] {
      var (granted, refused) = (0, 0)
      for index in 0..<160 {
        var cases = try Cases(seed: 23, stream: UInt64(1000 * decades + index))
        let range = -decades...decades
        let sequence = try Self.scaled(&cases, start: range, noise: range, view: range)
        let slow = StateSpacePosterior(of: sequence)
        let fast = StateSpacePosterior.fast(of: sequence)
        guard let kernel = StateSmoother(StateSpacePosterior.smootherProblem(sequence)),
          kernel.loss <= StateSpacePosterior.allowedLoss
        else {
          refused += 1
          #expect(fast == slow)
          continue
        }
        granted += 1
        let distance = Self.distance(fast, slow)
        #expect(distance <= Self.allowed(sequence, loss: kernel.loss))
        #expect(distance <= 1e-9, "what an oracle promises")
      }
      // Neither branch may go untested.
      #expect(granted >= leastAnswers)
      #expect(decades == 0 || refused > 0)
    }
  }

  @Test("without the measure of lost digits, wrong answers would pass") func measure() throws {
    let sequence = try SmootherTests.diffuse.sequence
    let kernel = try #require(StateSmoother(StateSpacePosterior.smootherProblem(sequence)))
    let slow = StateSpacePosterior(of: sequence)
    #expect(kernel.loss > StateSpacePosterior.allowedLoss)
    let off = zip(kernel.covariances, slow.covariances).reduce(0) {
      max($0, ($1.0 - $1.1).magnitude)
    }
    #expect(off > 1e-3)
    #expect(StateSpacePosterior.fast(of: sequence) == slow)
  }

  @Test("numbers that leave the doubles: an answer from the messages, or none that is finite")
  func range() throws {
    let tiny = try LinearDynamicalSystem(
      initialMean: [0], initialCovariance: [[1e-300]], dynamics: [[0.5]], dynamicsNoise: [[0]],
      emission: [[1]], emissionNoise: [[1e-300]]
    ).observing([[1e-150], [0], [2e-150]])
    let posterior = StateSpacePosterior.fast(of: tiny)
    #expect(posterior.isFinite)
    // In units of 1e-150 the same system is an ordinary one, with three densities of other units.
    let plain = try LinearDynamicalSystem(
      initialMean: [0], initialCovariance: [[1]], dynamics: [[0.5]], dynamicsNoise: [[0]],
      emission: [[1]], emissionNoise: [[1]]
    ).observing([[1], [0], [2]])
    let want = StateSpacePosterior(of: plain)
    let shift = 3 * 150 * log(10)
    #expect(
      (posterior.logEvidence.value - want.logEvidence.value - shift).magnitude
        <= 64 * Double.ulpOfOne * shift)
    #expect((posterior.means[0] / want.means[0] * 1e150 - 1).magnitude <= 64 * Double.ulpOfOne)

    // The state fades by 10⁻³⁰ a step: its variance leaves the doubles, its deviation does not yet.
    let fading = try LinearDynamicalSystem(
      initialMean: [3], initialCovariance: [[1]], dynamics: [[1e-30]], dynamicsNoise: [[0]],
      emission: [[1]], emissionNoise: [[1]]
    ).observing([[1], [0.5], [2], [-1], [0], [0], [0], [0], [0]])
    #expect(StateSmoother(StateSpacePosterior.smootherProblem(fading)) == nil)
    let faded = StateSpacePosterior.fast(of: fading)
    // N(1; 3, 2), then standard normal densities of what is seen.
    let alone = -0.5 * (2 + log(2) + 0.25 + 4 + 1 + 9 * log(2 * Double.pi))
    #expect((faded.logEvidence.value - alone).magnitude <= faded.logEvidence.roundingBound)
    #expect((faded.means[0] - 2).magnitude <= 64 * Double.ulpOfOne)
    #expect((faded.covariances[0] - 0.5).magnitude <= 64 * Double.ulpOfOne)
    #expect((faded.means[8] / 2e-240 - 1).magnitude <= 64 * Double.ulpOfOne)

    let growing = try LinearDynamicalSystem(
      initialMean: [1], initialCovariance: [[1]], dynamics: [[1e100]], dynamicsNoise: [[0]],
      emission: [[1]], emissionNoise: [[1]]
    ).observing([[0], [0], [0], [0], [0]])
    #expect(!StateSpacePosterior.fast(of: growing).isFinite)
  }

  @Test("five thousand steps, with noise of the dynamics of rank one and of rank none")
  func long() throws {
    for noise in [[[0.04, 0.02], [0.02, 0.01]], [[0, 0], [0, 0]]] as [[[Double]]] {
      let system = try LinearDynamicalSystem(
        initialMean: [1, -1], initialCovariance: [[1, 0.2], [0.2, 2]],
        dynamics: [[0.8, 0.6], [-0.6, 0.8]], dynamicsNoise: noise, emission: [[1, 0.5]],
        emissionNoise: [[0.3]])
      var sampler = try Sampler(seed: 12)
      let outputs = try system.sample(length: 5000, &sampler).observations
      let sequence = try system.observing(outputs)
      let (fast, slow) = (StateSpacePosterior.fast(of: sequence), StateSpacePosterior(of: sequence))
      let kernel = try #require(StateSmoother(StateSpacePosterior.smootherProblem(sequence)))
      #expect(kernel.loss <= StateSpacePosterior.allowedLoss)
      // A rotation keeps what it turns, roundings too: they add up over the steps.
      #expect(Self.distance(fast, slow) <= 5000 * Self.allowed(sequence, loss: kernel.loss))
      #expect(Self.distance(fast, slow) <= 1e-9)
    }
  }
}
