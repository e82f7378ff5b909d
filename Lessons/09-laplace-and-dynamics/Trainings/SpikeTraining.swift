import Approximate
import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability

/// Spike counts of five cells on a wheel, learned by a sequential autoencoder: a round is a tour of all sequences.
struct SpikeTraining: Training {
  private var learner: SpikeAutoencoder
  private var optimiser = Adam(learningRate: 0.02)
  private let seed: UInt64
  private(set) var round: Int
  private var elbo: Double
  /// The sequences that it learns from, and others that it does not see.
  let seen, kept: [Matrix]
  /// What set the others going.
  let starts: [Double]

  static let (steps, cells, units) = (14, 5, 4)
  /// How many sequences are learned from, and how many are kept back.
  static let (learned, keptBack) = (24, 4)

  /// The network that makes the counts: a turn by 40 degrees a step, which tanh keeps in bounds.
  static let wheel = RecurrentSpikes(
    start: Linear(weights: Matrix([[1.4], [-0.9]]), bias: Vector([0.3, 0.5])),
    step: Linear(
      weights: Matrix([
        [1.25 * cos(2 * Double.pi / 9), -1.25 * sin(2 * Double.pi / 9)],
        [1.25 * sin(2 * Double.pi / 9), 1.25 * cos(2 * Double.pi / 9)],
      ]), bias: Vector(zeros: 2)),
    readout: Linear(
      weights: Matrix(
        (0..<cells).map { cell in
          let angle = 2 * Double.pi * Double(cell) / Double(cells)
          return [1.6 * cos(angle), 1.6 * sin(angle)]
        }), bias: Vector(repeating: 0.2, count: cells)))

  /// A training that has learned nothing.
  init(seed: UInt64) throws {
    var choices = try Sampler(seed: seed, stream: 1)
    var (sequences, starts): ([Matrix], [Double]) = ([], [])
    for _ in 0..<(SpikeTraining.learned + SpikeTraining.keptBack) {
      let g = choices.standardNormal()
      starts.append(g)
      sequences.append(
        try SpikeTraining.wheel.sample(from: g, steps: SpikeTraining.steps, &choices))
    }
    seen = Array(sequences.prefix(SpikeTraining.learned))
    kept = Array(sequences.dropFirst(SpikeTraining.learned))
    self.starts = Array(starts.dropFirst(SpikeTraining.learned))
    func map(_ outputs: Int, _ inputs: Int, _ size: Double = 1) throws -> Linear {
      let scale = size / Double(inputs).squareRoot()
      var numbers: [Double] = []
      for _ in 0..<(outputs * inputs) { numbers.append(scale * choices.standardNormal()) }
      return Linear(
        weights: Matrix(rows: outputs, columns: inputs, numbers), bias: Vector(zeros: outputs))
    }
    let (units, cells) = (SpikeTraining.units, SpikeTraining.cells)
    learner = SpikeAutoencoder(
      generator: RecurrentSpikes(
        start: try map(units, 1), step: try map(units, units, 1.5), readout: try map(cells, units)),
      encoder: Perceptron(
        hidden: try map(8, SpikeTraining.steps * cells), output: try map(2, 8, 0.3)))
    (self.seed, round, elbo) = (seed, 0, -.infinity)
  }

  mutating func advance() throws {
    var choices = try Sampler(seed: seed, stream: 2 + UInt64(round))
    elbo = try learner.step(seen, &optimiser, &choices)
    round += 1
  }

  /// The ELBO as the last round's draws estimate it.
  var measures: [(name: String, value: any Quantity)] { [("ELBO, one draw a sequence", elbo)] }

  var state: [String: [Double]] {
    [
      "seed": [Double(seed)], "round": [Double(round)], "elbo": [elbo.isFinite ? elbo : 0],
      "learner": learner.flat, "optimiser": optimiser.memory,
    ]
  }

  /// The training that had reached a state.
  init?(resuming state: [String: [Double]]) throws {
    guard let seed = state["seed"]?.first.flatMap({ UInt64(exactly: $0) }),
      let round = state["round"]?.first.flatMap({ Int(exactly: $0) }),
      let elbo = state["elbo"]?.first,
      let numbers = state["learner"], let memory = state["optimiser"]
    else { return nil }
    try self.init(seed: seed)
    guard numbers.count == learner.parameterCount, optimiser.resume(memory) else { return nil }
    learner.assign(numbers)
    (self.round, self.elbo) = (round, elbo)
  }
}

// MARK: What it has learned

extension SpikeTraining {
  /// m and e^s of q(g) for a sequence.
  func code(_ counts: Matrix) -> (mean: Double, deviation: Double) {
    let code = learner.encoder(counts.flattened())
    return (code[0], exp(code[1]))
  }

  /// E_q of something of g and of the noise that made it, by the trapezoid rule.
  private func mean(_ counts: Matrix, _ f: (_ g: Double, _ noise: Double) -> Double) -> Double {
    let (mean, deviation) = code(counts)
    return (-32...32).reduce(0) { sum, node in
      let u = 0.25 * Double(node)
      return sum + 0.25 * exp(-0.5 * u * u) / sqrt(2 * Double.pi) * f(mean + deviation * u, u)
    }
  }

  /// The rates that q(g) expects, a row a step.
  func rates(_ counts: Matrix) -> [[Double]] {
    (0..<counts.rows).map { t in
      (0..<counts.columns).map { cell in
        mean(counts) { g, _ in
          exp(learner.generator.logRates(from: g, steps: t + 1)[t][cell])
        }
      }
    }
  }

  /// log p(y) of the sequences that were kept back, under both networks, and the bound.
  func page(_ context: RunContext) throws -> [Block] {
    let rows = kept.enumerated().map { number, counts -> [Table.Cell] in
      [
        .given(number + 1),
        .number(
          InitialStatePosterior(of: counts, under: SpikeTraining.wheel).logEvidence, digits: 5),
        .number(
          InitialStatePosterior(of: counts, under: learner.generator).logEvidence, digits: 5),
        .number(
          LowerBound(mean(counts) { _, noise in learner.elbo(of: counts, noise: noise) }), digits: 5
        ),
      ]
    }
    let round = round
    let table = Table(
      title: "Sequences that were not learned from, after \(counted(round))",
      columns: ["sequence", "log p(y), the wheel", "log p(y), learned", "ELBO, learned"], rows: rows
    )
    let counts = kept[0]
    let truth = SpikeTraining.wheel.logRates(from: starts[0], steps: SpikeTraining.steps)
      .map { $0.map(exp) }
    let expected = rates(counts)
    let cells = 0..<SpikeTraining.cells
    let largest = (truth + expected).joined().reduce(1, max)
    func image(_ name: String, _ value: (Int, Int) -> Double) -> Drawing.Image {
      Drawing.Image(
        name, columns: SpikeTraining.steps,
        cells.flatMap { cell in
          (0..<SpikeTraining.steps).map { min(1, max(0, value($0, cell) / largest)) }
        })
    }
    let picture = Drawing.images(
      "Five cells over time: what was counted, and rates",
      [
        [
          image("counts") { counts[$0, $1] }, image("true rates") { truth[$0][$1] },
          image("inferred") { expected[$0][$1] },
        ]
      ], kind: .sampled,
      caption: "The first sequence of the table. A row is a cell, time goes to the right.")
    return [.table { _ in table }, .picture { _ in picture }]
  }

  private func counted(_ rounds: Int) -> String { rounds == 1 ? "1 round" : "\(rounds) rounds" }
}

/// The long form.
let spikeCourse = TrainingCourse(
  id: "spikes", title: "Spikes of a wheel, by where it started", rounds: 400,
  begin: { try SpikeTraining(seed: $0) }, resume: { try SpikeTraining(resuming: $0) })
