import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Exact answers about a Helmholtz machine") struct ExactRecognitionTests {
  /// Catches: a wrong sign, a wrong weight, a layer whose slopes stand in another's place.
  @Test("Every gradient is the slope of its value", arguments: 1...6)
  func gradients(_ seed: UInt64) throws {
    var cases = try Cases(seed: seed, stream: 5)
    let shapes = [[2, 2], [1, 3], [1, 2, 2], [2, 0, 1], [3, 1]]
    let machine = try HelmholtzMachine.random(units: shapes[Int(seed) % shapes.count], &cases)
    let x = try (0..<machine.observedUnits).map { _ in try cases.flip(0.5) }
    let exact = try ExactRecognition(of: machine, x)
    for i in machine.generative.parameters.indices {
      func at(_ move: Double) throws -> ExactRecognition {
        var along = machine.generative.parameters.map { _ in 0.0 }
        along[i] = move
        return try ExactRecognition(of: try machine.moved(generative: along), x)
      }
      #expect(
        abs(try slope { try at($0).logEvidence.value } - exact.likelihoodGradient[i].value) < 1e-9)
      #expect(abs(try slope { try at($0).elbo.value } - exact.elboGradient[i].value) < 1e-9)
    }
    for i in machine.recognition.parameters.indices {
      func at(_ move: Double) throws -> ExactRecognition {
        var along = machine.recognition.parameters.map { _ in 0.0 }
        along[i] = move
        return try ExactRecognition(of: try machine.moved(recognition: along), x)
      }
      #expect(
        abs(try slope { try at($0).exclusive.value } - exact.exclusiveGradient[i].value) < 1e-9)
      #expect(
        abs(try slope { try at($0).inclusive.value } - exact.inclusiveGradient[i].value) < 1e-9)
    }
  }

  /// Central differences of two widths, their leading error cancelled twice.
  private func slope(_ value: (Double) throws -> Double) throws -> Double {
    func central(_ h: Double) throws -> Double { (try value(h) - value(-h)) / (2 * h) }
    let (a, b, c) = (try central(4e-3), try central(2e-3), try central(1e-3))
    let (first, second) = ((4 * b - a) / 3, (4 * c - b) / 3)
    return (16 * second - first) / 15
  }

  @Test("The bound, the divergences and the evidence belong together")
  func identities() throws {
    var cases = try Cases(seed: 9, stream: 0)
    let machine = try HelmholtzMachine.random(units: [2, 2, 3], &cases)
    let x = [true, false, true]
    let exact = try ExactRecognition(of: machine, x)
    let evidence = try BeliefNetworkPosterior(enumerating: machine.generative, x).logEvidence
    #expect(abs(exact.logEvidence.value - evidence.value) < 1e-13)
    #expect(abs(exact.elbo.value + exact.exclusive.value - evidence.value) < 1e-13)
    #expect(exact.inclusive.value > 0)
    let dreams = try ExactHelmholtz(dreamsOf: machine)
    #expect(abs(dreams.weights.reduce(0, +) - 1) < 1e-13)
    #expect(abs(dreams.divergenceOfData.value) < 1e-13)
  }

  @Test("KL(data‖model) with layers summed out is that of all settings")
  func divergence() throws {
    var cases = try Cases(seed: 4, stream: 0)
    let machine = try HelmholtzMachine.random(units: [1, 3, 3], &cases)
    let data = try BitPatterns(
      [[true, false, true], [false, false, true]], probabilities: [0.3, 0.7])
    let layered = try exactDivergence(of: data, from: machine.generative)
    let whole = try ExactHelmholtz(of: machine, data).divergenceOfData
    #expect(abs(layered.value - whole.value) < 1e-12)
  }

  @Test("Weights of ±300 neither overflow nor lose the gradient")
  func wideWeights() throws {
    let machine = try HelmholtzMachine(
      generative: SigmoidBeliefNetwork(
        bias: [0, 0], layers: [.init(weights: [[-300], [300]], bias: [-800])]),
      recognition: RecognitionNetwork(
        layers: [.init(weights: [[500, -500]], bias: [-900, 900])], observedUnits: 1))
    let exact = try ExactRecognition(of: machine, [true])
    #expect(abs(exact.elbo.value + exact.exclusive.value - exact.logEvidence.value) < 1e-9)
    #expect((exact.likelihoodGradient + exact.exclusiveGradient).allSatisfy { $0.value.isFinite })
  }
}
