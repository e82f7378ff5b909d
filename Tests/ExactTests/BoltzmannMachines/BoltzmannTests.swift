import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Restricted Boltzmann machines: the smaller side against all settings")
struct BoltzmannTests {
  struct Problem: Sendable {
    var machine: RestrictedBoltzmannMachine
    var visible: [Bool]
  }

  static func draw(_ cases: inout Cases) throws -> Problem {
    let (visible, hidden) = (try cases.integer(0...4), try cases.integer(0...4))
    var setting: [Bool] = []
    for _ in 0..<visible { setting.append(try cases.flip(0.5)) }
    return Problem(
      machine: try .random(visible: visible, hidden: hidden, &cases), visible: setting)
  }

  static func numbers(_ partition: BoltzmannPartition, _ posterior: BoltzmannPosterior) -> [Double]
  {
    [partition.logPartition.value] + partition.visibleMeans + partition.hiddenMeans
      + partition.pairMeans.joined() + [posterior.logEvidence.value] + posterior.hiddenMarginals
  }

  static let smallerSide = Route<Problem>("the smaller side") { problem in
    let partition = BoltzmannPartition(of: problem.machine)
    return numbers(partition, BoltzmannPosterior(of: problem.machine, problem.visible, partition))
  }
  static let settings = Route<Problem>("all settings") { problem in
    let partition = BoltzmannPartition.enumerated(of: problem.machine)
    return numbers(partition, .enumerated(of: problem.machine, problem.visible, partition))
  }
  static let turned = Route<Problem>("the sides exchanged without their means") { problem in
    let partition = BoltzmannPartition(of: problem.machine.transposed)
    return numbers(partition, BoltzmannPosterior(of: problem.machine, problem.visible, partition))
  }

  // Catches: a side that is taken for the other, a factor 1 + e^u without its 1.
  @Test("log Z, its slopes and the posterior are those of the sum over all settings")
  func agreement() throws {
    try expectAgreement(
      Self.smallerSide, Self.settings,
      faultsInOne: [Self.turned, Self.smallerSide.offByAPercent()],
      faultsInOther: [Self.settings.offByAPercent()], roundings: 200, draw: Self.draw)
  }

  // Catches: a mean that is not the slope it is said to be.
  @Test("The means are the slopes of log Z")
  func slopes() throws {
    for stream in 0..<10 {
      var cases = try Cases(seed: 3, stream: UInt64(stream))
      let machine = try Self.draw(&cases).machine
      let partition = BoltzmannPartition(of: machine)
      func moved(_ step: Double, _ unit: Int, _ other: Int) throws -> Double {
        var weights = machine.weights
        weights[unit][other] += step
        let moved = try RestrictedBoltzmannMachine(
          visibleBias: machine.visibleBias, hiddenBias: machine.hiddenBias, weights: weights)
        return BoltzmannPartition(of: moved).logPartition.value
      }
      for unit in machine.visibleBias.indices {
        for other in machine.hiddenBias.indices {
          let difference = (try moved(1e-4, unit, other) - moved(-1e-4, unit, other)) / 2e-4
          #expect(abs(difference - partition.pairMeans[unit][other]) <= 1e-7)
        }
      }
    }
  }

  // Catches: a draw that is not from the posterior, an explanation of the prior, an entropy in bits.
  @Test("Explanation, samples and entropy are those of all hidden settings")
  func questions() throws {
    for stream in 0..<30 {
      var cases = try Cases(seed: 5, stream: UInt64(stream))
      let problem = try Self.draw(&cases)
      let (machine, visible) = (problem.machine, problem.visible)
      let partition = BoltzmannPartition(of: machine)
      let twin = VisitedStates<[Bool]>(of: machine, visible, partition)
      try expectSameLaw(HiddenUnitLaw(of: machine, visible, partition), twin, "\(stream)")
    }
  }

  // Catches: a unit that may as well be off, on in the explanation.
  @Test("Of settings that are equal the one with fewer units on explains")
  func ties() throws {
    let machine = try RestrictedBoltzmannMachine(
      visibleBias: [0, 1], hiddenBias: [0, -1, 0], weights: [[1, 1, -1], [0, 2, 1]])
    let partition = BoltzmannPartition(of: machine)
    for (visible, hidden) in [
      ([false, false], [false, false, false]), ([true, true], [true, true, false]),
    ] {
      let twin = VisitedStates<[Bool]>(of: machine, visible, partition)
      #expect(HiddenUnitLaw(of: machine, visible, partition).explanation?.state == hidden)
      #expect(try twin.explanation?.state == hidden)
    }
  }
}
