import Approximate
import GSL
import LessonKit
import Models
import Networks
import Probability

/// The pinwheel, learned round by round: a round is a tour of all points in batches.
struct PinwheelTraining: Training {
  private var learner: StructuredLearner<LatentMixture>
  private let seed: UInt64
  private(set) var round: Int
  private var elbo: Double
  private var optimisers = (decoder: Adam(), recognition: Adam())
  /// The points.
  let points: [Vector]

  static let (arms, clusters, hidden, batch) = (5, 5, 12, 25)

  /// A training that has learned nothing.
  init(seed: UInt64) throws {
    points = try PinwheelTraining.points(seed)
    var choices = try Sampler(seed: seed, stream: 1)
    learner = try Pinwheel.learner(
      clusters: PinwheelTraining.clusters, hidden: PinwheelTraining.hidden, among: points, &choices)
    (self.seed, round, elbo) = (seed, 0, -.infinity)
  }

  private static func points(_ seed: UInt64) throws -> [Vector] {
    var choices = try Sampler(seed: seed, stream: 0)
    return try Pinwheel.points(arms: arms, each: 20, &choices)
  }

  mutating func advance() throws {
    var choices = try Sampler(seed: seed, stream: 2 + UInt64(round))
    // All steps get smaller as the rounds go by, so that the noise of single draws averages out.
    let share = 1 / (1 + Double(round) / 60)
    (optimisers.decoder.learningRate, optimisers.recognition.learningRate) = (
      0.01 * share, 0.01 * share
    )
    learner.naturalRate = 0.2 * share
    var order = Array(points.indices)
    for place in order.indices.dropLast() {
      order.swapAt(place, place + (try choices.choose(below: order.count - place)))
    }
    var total = 0.0
    let batches = stride(from: 0, to: order.count, by: PinwheelTraining.batch)
    let weight = Double(points.count) / Double(PinwheelTraining.batch)
    for start in batches {
      let batch = order[start..<min(order.count, start + PinwheelTraining.batch)].map { points[$0] }
      total += try learner.step(batch, weight: weight, &optimisers, &choices)
    }
    elbo = total / Double(points.count / PinwheelTraining.batch)
    round += 1
  }

  /// The ELBO as the last round's draws estimate it.
  var measures: [(name: String, value: any Quantity)] { [("ELBO, one draw a point", elbo)] }

  var state: [String: [Double]] {
    [
      "seed": [Double(seed)], "round": [Double(round)], "elbo": [elbo.isFinite ? elbo : 0],
      "decoder": learner.decoder.flat, "recognition": learner.recognition.flat,
      "globals": learner.eta, "decoderMemory": optimisers.decoder.memory,
      "recognitionMemory": optimisers.recognition.memory,
    ]
  }

  /// The training that had reached a state.
  init?(resuming state: [String: [Double]]) throws {
    guard let seed = state["seed"]?.first.flatMap({ UInt64(exactly: $0) }),
      let round = state["round"]?.first.flatMap({ Int(exactly: $0) }),
      let elbo = state["elbo"]?.first, let decoder = state["decoder"],
      let recognition = state["recognition"], let globals = state["globals"]
    else { return nil }
    try self.init(seed: seed)
    guard decoder.count == learner.decoder.parameterCount,
      recognition.count == learner.recognition.parameterCount, globals.count == learner.eta.count,
      (try? learner.structure.globals(globals)) != nil,
      let memory = state["decoderMemory"], let other = state["recognitionMemory"],
      PinwheelTraining.fits(memory, decoder.count), PinwheelTraining.fits(other, recognition.count),
      optimisers.decoder.resume(memory), optimisers.recognition.resume(other)
    else { return nil }
    learner.decoder.assign(decoder)
    learner.recognition.assign(recognition)
    learner.eta = globals
    (self.round, self.elbo) = (round, elbo)
  }
}

extension PinwheelTraining {
  /// Whether there are two numbers a weight, or none before the first step.
  private static func fits(_ memory: [Double], _ count: Int) -> Bool {
    memory.count == 2 || memory.count == 2 * count + 2
  }

  /// Points beside what the model makes, all clusters and each of two.
  func page(_ context: RunContext) throws -> [Block] {
    let globals = try learner.structure.globals(learner.eta)
    let counts = globals.weights.concentration
    let total = counts.reduce(0, +)
    var choices = try Sampler(seed: context.seed, stream: 3)
    let clusters = counts.indices.sorted { counts[$0] > counts[$1] }
    var panels: [Drawing.Cloud.Panel] = [.init("the data", points.map(PinwheelTraining.outcome))]
    var samples: [[Vector]] = []
    for k in clusters {
      let number = Int((100 * counts[k] / total).rounded())
      samples.append(
        try (0..<max(1, number)).map { _ in try sample(globals.components[k], &choices) })
    }
    panels.append(.init("the model", samples.joined().map(PinwheelTraining.outcome)))
    panels += samples.prefix(2).enumerated().map { place, cluster in
      .init(
        "cluster \(place + 1), weight \(Format.fixed(counts[clusters[place]] / total, decimals: 2))",
        cluster.map(PinwheelTraining.outcome))
    }
    let mean = points.reduce(Vector(zeros: 2)) { $0 + $1 } / Double(points.count)
    let picture = Drawing.cloud(
      "Pinwheel after \(round) rounds: data, model, and two of its clusters", panels,
      exact: (mean[0], mean[1]), axes: ("y₁", "y₂"), kind: .sampled,
      caption: """
        Each cluster is a Gaussian in the latent plane. What bends it is the decoder, which all share. The \
        exact value marked is the mean of the data.
        """)
    return [.picture { _ in picture }]
  }

  private static func outcome(_ y: Vector) -> Drawing.Cloud.Outcome { .init(y[0], y[1], 0.01) }

  /// A point of a cluster, decoded, without the noise of the pixels.
  private func sample(
    _ component: NormalInverseWishart, _ choices: inout Sampler
  ) throws -> Vector {
    let scale = component.scale.flatMap { $0.map { $0 / component.dof } }
    let root = try LinearAlgebra.cholesky(order: 2, scale)
    let noise = [choices.standardNormal(), choices.standardNormal()]
    let x = Vector([
      component.mean[0] + root[0] * noise[0],
      component.mean[1] + root[2] * noise[0] + root[3] * noise[1],
    ])
    return learner.decoder.mean(x)
  }
}

/// The long form.
let pinwheelCourse = TrainingCourse(
  id: "pinwheel", title: "A pinwheel by bent clusters", rounds: 600,
  begin: { try PinwheelTraining(seed: $0) }, resume: { try PinwheelTraining(resuming: $0) })
