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
