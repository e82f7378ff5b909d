import Exact
import LessonKit
import Models
import Probability

/// A number that moves in one of several ways, seen with noise, and a q(r) to start from.
struct SwitchProblem: Sendable {
  /// The system with what was seen.
  let sequence: SwitchingSequence
  /// q(r_t = k), a row a step: states that know nothing of each other.
  let start: [[Double]]

  init(
    initialState: [Double], transition: [[Double]], variance: Double, moves: [(Double, Double)],
    emission: Double, noise: Double, observations: [Double], start: [[Double]]
  ) throws {
    let system = try SwitchingLinearDynamicalSystem(
      initialState: initialState, transition: transition, initialMean: [0],
      initialCovariance: [[variance]],
      states: moves.map { (dynamics: [[$0]], dynamicsNoise: [[$1]]) }, emission: [[emission]],
      emissionNoise: [[noise]])
    sequence = try system.observing(observations.map { [$0] })
    self.start = start
  }

  private init(_ sequence: SwitchingSequence, start: [[Double]]) {
    (self.sequence, self.start) = (sequence, start)
  }

  /// The same system and data with another start.
  func starting(at start: [[Double]]) -> SwitchProblem {
    SwitchProblem(sequence, start: start)
  }

  /// A_k and Q_k.
  var moves: [(dynamics: Double, noise: Double)] {
    sequence.system.systems.map { ($0.dynamics[0][0], $0.dynamicsNoise[0][0]) }
  }

  /// The number that stands where nothing of the chain does.
  var first: LinearDynamicalSystem { sequence.system.systems[0] }

  /// y_t.
  var outputs: [Double] { sequence.observations.map { $0[0] } }

  /// The exact twin, over all paths.
  var table: SwitchingTable {
    get throws { try SwitchingTable(of: sequence) }
  }
}

extension SwitchProblem {
  /// Four steps: calm ones (k = 0), and wild ones (k = 1).
  static func fourSteps() throws -> SwitchProblem {
    try SwitchProblem(
      initialState: [0.5, 0.5], transition: [[0.9, 0.1], [0.2, 0.8]], variance: 1,
      moves: [(0.95, 0.01), (0.5, 1)], emission: 1, noise: 0.1, observations: [0.1, 0.2, 1.9, -1],
      start: Array(repeating: [0.5, 0.5], count: 4))
  }

  /// Two or three ways to move, two to four steps, nothing symmetric.
  static func random(_ cases: inout Cases) throws -> SwitchProblem {
    let (ways, steps) = (try cases.integer(2...3), try cases.integer(2...4))
    return try SwitchProblem(
      initialState: try cases.simplex(ways),
      transition: try (0..<ways).map { _ in try cases.simplex(ways) },
      variance: try cases.real(from: 0.5, to: 1),
      moves: try (0..<ways).map { _ in
        (try cases.real(from: -0.7, to: 0.8), try cases.real(from: 0.5, to: 1))
      }, emission: try cases.real(from: 0.5, to: 1.2), noise: try cases.real(from: 0.5, to: 1),
      observations: try cases.reals(steps, from: -2, to: 2),
      start: try (0..<steps).map { _ in try cases.simplex(ways) })
  }
}

extension SwitchProblem: Shown {
  /// The chain, what each of its states does, what was seen, and where q(r) starts.
  var givens: [Given] {
    let system = sequence.system
    return [
      Given("π_k", system.initialState), Given("B_jk", system.transition),
      Given("A_k", moves.map(\.dynamics)), Given("Q_k", moves.map(\.noise)),
      Given("mean and variance of z₀", [first.initialMean[0], first.initialCovariance[0][0]]),
      Given("C", first.emission[0][0]),
      Given("R", first.emissionNoise[0][0]), Given("y_t", outputs), Given("q(r_t)", start),
    ]
  }
}
