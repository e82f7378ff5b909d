import Approximate
import GSL
import LessonKit
import Models
import Networks
import Probability

/// A turning dot, learned round by round: a round is a tour of all sequences.
struct DotTraining: Training {
  private var learner: StructuredLearner<LatentDynamics>
  private let seed: UInt64
  private(set) var round: Int
  private var elbo: Double
  /// The sequences.
  let sequences: [[Vector]]

  static let (count, steps, hidden) = (6, 18, 16)

  /// A training that has learned nothing.
  init(seed: UInt64) throws {
    var choices = try Sampler(seed: seed, stream: 1)
    sequences = (0..<DotTraining.count).map { _ in
      TurningDot.sequence(from: 2 * Double.pi * choices.uniform(), steps: DotTraining.steps)
    }
    learner = try TurningDot.learner(hidden: DotTraining.hidden, &choices)
    (self.seed, round, elbo) = (seed, 0, -.infinity)
  }

  mutating func advance() throws {
    var choices = try Sampler(seed: seed, stream: 2 + UInt64(round))
    var optimisers = (decoder: Adam(learningRate: 0.01), recognition: Adam(learningRate: 0.01))
    var total = 0.0
    for sequence in sequences {
      total += try learner.step(
        sequence, weight: Double(DotTraining.count), &optimisers, &choices)
    }
    elbo = total / Double(DotTraining.count)
    round += 1
  }

  /// The ELBO as the last round's draws estimate it.
  var measures: [(name: String, value: any Quantity)] { [("ELBO, one draw an image", elbo)] }

  var state: [String: [Double]] {
    [
      "seed": [Double(seed)], "round": [Double(round)], "elbo": [elbo.isFinite ? elbo : 0],
      "decoder": learner.decoder.flat, "recognition": learner.recognition.flat,
      "globals": learner.eta,
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
      (try? learner.structure.globals(globals)) != nil
    else { return nil }
    learner.decoder.assign(decoder)
    learner.recognition.assign(recognition)
    learner.eta = globals
    (self.round, self.elbo) = (round, elbo)
  }
}

extension DotTraining {
  /// Images that were not shown beside those that the chain expects, and how far off they are.
  func page(_ context: RunContext) throws -> [Block] {
    let all = TurningDot.sequence(from: 0.4, steps: DotTraining.steps + 6)
    let seen = Array(all.prefix(DotTraining.steps))
    let expected = try TurningDot.predicted(learner, after: seen, steps: 6)
    func image(_ pixels: Vector) -> Drawing.Image {
      Drawing.Image(columns: TurningDot.side, pixels.array.map { max(0, $0) })
    }
    let comes = (0..<6).map { place in
      let pixels = all[DotTraining.steps + place].array
      return Drawing.Image("+\(place + 1)", columns: TurningDot.side, pixels)
    }
    let round = round
    let picture = Drawing.images(
      "The dot after \(round) rounds: what comes, and what the chain expects",
      [comes, expected.map(image)], names: ["comes", "expected"], kind: .sampled,
      caption:
        "Steps are counted from the last image that was shown; expectations are not corrected by what comes."
    )
    return [.picture { _ in picture }]
  }
}

/// The long form.
let dotCourse = TrainingCourse(
  id: "dot", title: "A dot that turns, by a chain of pairs", rounds: 300,
  begin: { try DotTraining(seed: $0) }, resume: { try DotTraining(resuming: $0) })
