import Approximate
import Exact
import LessonKit
import Models
import Probability

/// A Helmholtz machine that learns patterns, with the exact divergence beside it.
struct PatternTraining: Training {
  /// What it learns.
  let source: PatternSource
  /// The seed of everything random.
  let seed: UInt64
  /// Rounds made.
  private(set) var round: Int
  /// KL(D‖p) after each round, the first before any.
  private(set) var divergences: [Double]
  private var training: WakeSleepTraining
  /// The machine as it is now.
  private(set) var machine: HelmholtzMachine

  /// Steps of a round.
  static let steps = 1000
  /// Patterns of a step.
  static let batch = 16

  /// A machine of small random weights.
  init(_ source: PatternSource, seed: UInt64) throws {
    var sampler = try Sampler(seed: seed, stream: 5)
    let machine = try HelmholtzMachine.nearlyBlank(
      units: source.hidden + [source.rows * source.columns], &sampler)
    try self.init(source, from: machine, seed: seed)
  }

  /// A machine that somebody made.
  init(_ source: PatternSource, from machine: HelmholtzMachine, seed: UInt64) throws {
    try self.init(source, seed: seed, round: 0, machine, divergences: [])
    divergences = [try divergence()]
  }

  private init(
    _ source: PatternSource, seed: UInt64, round: Int, _ machine: HelmholtzMachine,
    divergences: [Double]
  ) throws {
    self.source = source
    self.seed = seed
    self.round = round
    self.machine = machine
    self.divergences = divergences
    training = try WakeSleepTraining(
      machine, batchSize: Self.batch, rate: Self.rate(after: round))
  }

  /// A thousand steps.
  mutating func advance() throws {
    var sampler = try Sampler(seed: seed, stream: 100 + UInt64(round))
    training.rate = Self.rate(after: round)
    for _ in 0..<Self.steps {
      var batch: [[Bool]] = []
      for _ in 0..<Self.batch { batch.append(try source.data.sample(&sampler)) }
      training.step(on: batch, &sampler)
    }
    machine = try training.machine
    round += 1
    divergences.append(try divergence())
  }

  /// η: a third at first, and less as the rounds go by.
  private static func rate(after round: Int) -> Double { 0.3 / (1 + Double(round) / 20) }

  private func divergence() throws -> Double {
    try exactDivergence(of: source.data, from: machine.generative).value
  }

  /// KL(D‖p), exact.
  var measures: [(name: String, value: any Quantity)] {
    [("KL(D‖p)", divergences.last ?? .nan)]
  }

  /// Everything that is needed to go on.
  var state: [String: [Double]] {
    [
      "seed": [Double(seed)], "round": [Double(round)], "divergences": divergences,
      "generative": machine.generative.parameters, "recognition": machine.recognition.parameters,
    ]
  }

  /// The training that had reached a state; nil where the numbers are not of this machine.
  static func resumed(
    _ source: PatternSource, _ state: [String: [Double]]
  ) throws -> PatternTraining? {
    guard let seed = state["seed"]?.first, seed >= 0, seed < 0x1p53,
      let round = state["round"]?.first, round >= 0, round < 0x1p31,
      let divergences = state["divergences"], divergences.count == Int(round) + 1,
      let theta = state["generative"], let phi = state["recognition"]
    else { return nil }
    var sampler = try Sampler(seed: 1)
    let shape = try HelmholtzMachine.nearlyBlank(
      units: source.hidden + [source.rows * source.columns], &sampler)
    guard let generative = try? shape.generative.with(parameters: theta),
      let recognition = try? shape.recognition.with(parameters: phi)
    else { return nil }
    return try PatternTraining(
      source, seed: UInt64(seed), round: Int(round),
      try HelmholtzMachine(generative: generative, recognition: recognition),
      divergences: divergences)
  }
}

extension HelmholtzMachine {
  /// Weights of a tenth of a standard normal, biases of zero but hidden units that are seldom on.
  fileprivate static func nearlyBlank(
    units: [Int], _ sampler: inout Sampler
  ) throws -> HelmholtzMachine {
    func layer(_ rows: Int, _ columns: Int, bias: Double) -> SigmoidBeliefNetwork.Layer {
      var weights: [[Double]] = []
      for _ in 0..<rows {
        var row: [Double] = []
        for _ in 0..<columns { row.append(0.1 * sampler.standardNormal()) }
        weights.append(row)
      }
      return .init(weights: weights, bias: Array(repeating: bias, count: columns))
    }
    let down = zip(units, units.dropFirst()).enumerated().map { number, pair in
      layer(pair.0, pair.1, bias: number + 2 < units.count ? -1 : 0)
    }
    let upwards = Array(units.reversed())
    let up = zip(upwards, upwards.dropFirst()).map { layer($0.0, $0.1, bias: 0) }
    return try HelmholtzMachine(
      generative: SigmoidBeliefNetwork(
        bias: Array(repeating: 0, count: units.first ?? 0), layers: down),
      recognition: RecognitionNetwork(layers: up, observedUnits: units.last ?? 0))
  }
}

/// The trainings that the lesson offers.
let trainings: [TrainingCourse] = [
  course("bars", rounds: 400) { try .bars() }, course("shifter", rounds: 200) { try .shifter() },
]

private func course(
  _ id: String, rounds: Int, _ source: @escaping @Sendable () throws -> PatternSource
) -> TrainingCourse {
  TrainingCourse(
    id: id, title: (try? source().title) ?? id, rounds: rounds,
    begin: { try PatternTraining(try source(), seed: $0) },
    resume: { try PatternTraining.resumed(try source(), $0) })
}
