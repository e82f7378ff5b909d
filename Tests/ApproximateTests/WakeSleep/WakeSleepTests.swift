import Approximate
import Exact
import GSL
import Models
import Probability
import Testing

/// Machines of several shapes with data.
private func draw(_ seed: UInt64) throws -> (machine: HelmholtzMachine, data: BitPatterns) {
  var cases = try Cases(seed: seed, stream: 7)
  let shapes = [[1, 2], [2, 2], [1, 2, 2], [2, 1, 1, 2], [3, 2]]
  let machine = try HelmholtzMachine.random(units: shapes[Int(seed) % shapes.count], &cases)
  let p = try cases.real(from: 0.1, to: 0.6)
  return (
    machine,
    try BitPatterns(
      [[true, false], [false, false], [true, true]], probabilities: [p, 0.3, 0.7 - p])
  )
}

private func expectEqual(
  _ found: [ExactValue], _ exact: [ExactValue], _ what: Comment,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.count == exact.count, sourceLocation: sourceLocation)
  for (a, b) in zip(found, exact) {
    #expect(
      abs(a.value - b.value) <= 4 * (a.roundingBound + b.roundingBound) + 1e-15, what,
      sourceLocation: sourceLocation)
  }
}

@Suite("Wake-sleep, every outcome run") struct WakeSleepTests {
  @Test("Wake climbs the ELBO, sleep descends KL(p‖q) over dreams", arguments: 1...10)
  func phases(_ seed: UInt64) throws {
    let (machine, data) = try draw(seed)
    let exact = try ExactHelmholtz(of: machine, data)
    expectEqual(try machine.expectedWake(data), exact.average(\.elboGradient), "wake")
    let dreams = try ExactHelmholtz(dreamsOf: machine)
    expectEqual(
      try machine.expectedSleep(), dreams.average(\.inclusiveGradient).map { -$0 }, "sleep")
  }

  @Test(
    "Reweighted: K = 1 is the wake step and moves no φ; the shares agree with the program itself")
  func reweighted() throws {
    let (machine, data) = try draw(3)
    let one = try machine.expectedReweighted(data, samples: 1)
    expectEqual(one.wake, try machine.expectedWake(data), "K = 1")
    #expect(one.recognition.allSatisfy { abs($0.value) < 1e-14 })
    let two = try machine.expectedReweighted(data, samples: 2)
    var whole: [ExactValue] = []
    for (pattern, weight) in zip(data.patterns, data.probabilities) {
      let means = try exactMeans { choices in
        let step = try machine.reweighted(pattern, samples: 2, &choices)
        return step.wake + step.recognition + [step.bound]
      }
      whole =
        whole.isEmpty
        ? means.map { ExactValue(weight) * $0 }
        : zip(whole, means).map { $0 + ExactValue(weight) * $1 }
    }
    expectEqual(two.wake + two.recognition + [two.bound], whole, "K = 2")
  }

  // Catches: a table that takes a unit of an outer block for one of the inner, or a layer for another.
  @Test(
    "The sums over layers are the programs over every dream",
    arguments: [[1, 2], [2, 1, 3], [1, 1, 2, 2], [2, 13], [1, 14]])
  func sums(_ units: [Int]) throws {
    var cases = try Cases(seed: UInt64(units.reduce(0, +)), stream: 9)
    let machine = try HelmholtzMachine.random(units: units, &cases)
    let dreams = try machine.expectedSleep().map(\.value)
    let printed = try exactMeans { try machine.sleepOnSquaredError(&$0) }.map(\.value)
    let exact = exactInclusiveGradient(ofDreamsOf: machine)
    for (found, wanted) in [
      (machine.summedSleep(.delta), dreams), (machine.summedSleep(.squaredError), printed),
      (exact.map(\.value), dreams.map { -$0 }),
    ] {
      #expect(found.count == wanted.count)
      for (a, b) in zip(found, wanted) { #expect(abs(a - b) <= 1e-13) }
    }
    #expect(exact.allSatisfy { $0.roundingBound < 1e-11 })
  }

  // Catches: bags of draws that are visited without an end.
  @Test("As many bags of draws are visited as are allowed") func cap() throws {
    var cases = try Cases(seed: 3, stream: 9)
    let machine = try HelmholtzMachine.random(units: [2, 1], &cases)
    let data = try BitPatterns([[true]], probabilities: [1])
    // Two of four settings, in any order.
    _ = try machine.expectedReweighted(data, samples: 2, limits: ChoiceLimits(outcomes: 10))
    #expect(throws: ChoiceError.tooManyOutcomes(atLeast: 10, cap: 9)) {
      try machine.expectedReweighted(data, samples: 2, limits: ChoiceLimits(outcomes: 9))
    }
  }

  @Test("The bound with K draws rises with K and stays under log p(x)")
  func bounds() throws {
    let (machine, data) = try draw(5)
    let exact = try ExactHelmholtz(of: machine, data)
    let bounds = try (1...3).map { try machine.expectedReweighted(data, samples: $0).bound.value }
    #expect(abs(bounds[0] - exact.average(\.elbo).value) < 1e-12)
    #expect(bounds[0] < bounds[1] && bounds[1] < bounds[2])
    #expect(bounds[2] < exact.average(\.logEvidence).value)
  }

  @Test("Means for states: the step climbs its own objective, which may exceed log p(x)")
  func means() throws {
    let (machine, data) = try draw(2)
    let step = machine.averageWakeWithMeans(data).map(\.value)
    func objective(_ machine: HelmholtzMachine) -> Double {
      zip(data.patterns, data.probabilities).reduce(0) {
        $0 + $1.1 * machine.meanFieldObjective($1.0)
      }
    }
    for i in step.indices {
      var along = step.map { _ in 0.0 }
      along[i] = 1e-4
      let up = objective(try machine.moved(generative: along))
      let down = objective(try machine.moved(generative: along, by: -1))
      #expect(abs((up - down) / 2e-4 - step[i]) < 1e-7)
    }
    let erratum = try HelmholtzMachine(
      generative: SigmoidBeliefNetwork(bias: [0], layers: [.init(weights: [[6]], bias: [-2])]),
      recognition: RecognitionNetwork(layers: [.init(weights: [[0]], bias: [0])], observedUnits: 1))
    let exact = try ExactRecognition(of: erratum, [true])
    #expect(abs(erratum.meanFieldObjective([true]) - -0.31326168751822) < 1e-13)
    #expect(abs(exact.logEvidence.value - -0.59673151016283) < 1e-13)
    #expect(abs(exact.elbo.value - -1.07253896948039) < 1e-13)
  }
}

/// Flips decided by numbers that are given in another order than they are asked for.
private struct Numbers: DiscreteChoicesProtocol {
  var numbers: [Double]
  mutating func flip(_ probability: Double) throws(ChoiceError) -> Bool {
    guard !numbers.isEmpty else { throw .nothingToChoose }
    return numbers.removeFirst() < probability
  }
  mutating func choose(_ probabilities: [Double]) throws(ChoiceError) -> Int {
    throw .nothingToChoose
  }
  mutating func choose(below count: Int) throws(ChoiceError) -> Int { throw .nothingToChoose }
}

@Suite("Wake-sleep on batches") struct WakeSleepTrainingTests {
  /// Catches: a phase that uses weights of before or after its time, a layer that reads another, a row
  /// that is filled up with more than zeros, a wrong 1/B.
  @Test(
    "The kernel makes the steps of the readable form from the same numbers",
    arguments: [[1, 2], [2, 3, 4], [12, 8, 16], [3, 9, 1, 17]])
  func kernel(_ units: [Int]) throws {
    var cases = try Cases(seed: 11, stream: UInt64(units.count))
    var sampler = try Sampler(seed: 5)
    let start = try HelmholtzMachine.random(units: units, &cases)
    let size = 5
    var training = try WakeSleepTraining(start, batchSize: size, rate: 0.3)
    var readable = start
    for _ in 0..<3 {
      let batch = (0..<size).map { _ in
        (0..<start.observedUnits).map { _ in sampler.uniform() < 0.5 }
      }
      // The kernel asks layer by layer for the whole batch, the readable form pattern by pattern.
      let upwards = Array(units.reversed().dropFirst())
      func draw(_ layers: [Int]) -> [[[Double]]] {
        layers.map { count in (0..<size).map { _ in (0..<count).map { _ in sampler.uniform() } } }
      }
      let (awake, asleep) = (draw(upwards), draw(units))
      var forKernel = (awake + asleep).flatMap { $0.flatMap(\.self) }[...]
      training.step(on: batch) { forKernel.popFirst() ?? 0.5 }
      #expect(forKernel.isEmpty)
      var choices = Numbers(
        numbers: [awake, asleep].flatMap { phase in
          (0..<size).flatMap { pattern in phase.flatMap { $0[pattern] } }
        })
      readable = try readable.trained(on: batch, rate: 0.3, &choices)
      #expect(choices.numbers.isEmpty)
    }
    let fast = try training.machine
    for (a, b) in zip(
      fast.generative.parameters + fast.recognition.parameters,
      readable.generative.parameters + readable.recognition.parameters)
    { #expect(abs(a - b) < 1e-12) }
  }
}
