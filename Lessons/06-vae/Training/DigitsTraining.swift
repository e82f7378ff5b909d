import Approximate
import LessonKit
import Networks
import Probability

/// A variational autoencoder with two latents on the digits, an epoch a round.
struct DigitsTraining: Training {
  private var batches: BatchAutoencoder
  private let seed: UInt64
  private(set) var round: Int
  private(set) var loss: Double

  static let hidden = 128
  static let latents = 2

  /// The networks of a seed before the first epoch.
  init(seed: UInt64) throws {
    var sampler = try Sampler(seed: seed)
    let networks = ImageAutoencoder(
      pixels: Digits.pixels, hidden: DigitsTraining.hidden, latents: DigitsTraining.latents,
      drawing: { sampler.standardNormal() })
    batches = try BatchAutoencoder(
      networks, images: Digits.binary, batchSize: 64, learningRate: 0.001)
    self.seed = seed
    round = 0
    loss = .nan
  }

  /// The training that had reached a state; nil if the numbers are none.
  init?(state: [String: [Double]]) throws {
    guard let numbers = state["numbers"], numbers.count == 4, let weights = state["weights"],
      let memory = state["memory"], let seed = UInt64(exactly: numbers[0]),
      let round = Int(exactly: numbers[1]), let time = Int(exactly: numbers[3])
    else { return nil }
    try self.init(seed: seed)
    var networks = batches.networks
    guard networks.parameterCount == weights.count else { return nil }
    networks.assign(weights)
    batches = try BatchAutoencoder(
      networks, images: Digits.binary, batchSize: 64, learningRate: 0.001)
    guard batches.resume(memory: memory, time: time) else { return nil }
    self.round = round
    loss = numbers[2]
  }

  /// One pass over the images, from a seed of its own.
  mutating func advance() throws {
    var sampler = try Sampler(seed: seed, stream: UInt64(round + 1))
    loss = try batches.epoch(&sampler)
    round += 1
  }

  var measures: [(name: String, value: any Quantity)] { [("loss", loss)] }

  /// Weights, Adam's memory, and where it stands.
  var state: [String: [Double]] {
    [
      "weights": batches.networks.flat, "memory": batches.memoryNumbers,
      "numbers": [Double(seed), Double(round), loss, Double(batches.time)],
    ]
  }

  /// What has been learned, as pictures.
  func page(_ context: RunContext) throws -> [Block] {
    let networks = batches.networks
    let samples = try samples(networks, seed: context.seed)
    return [
      .picture { _ in reconstructions(networks) }, .picture { _ in samples },
      .picture { _ in latentGrid(networks) },
    ]
  }

  /// The first image of each digit, and what the networks make of it.
  private func reconstructions(_ networks: ImageAutoencoder) -> Picture {
    let chosen = (0...7).compactMap { Digits.labels.firstIndex(of: $0) }
    let again = chosen.map { index in
      let code = networks.encoder(Vector(Digits.binary[index])).array
      return image(networks.decoder(Vector(Array(code.prefix(2)))))
    }
    return Drawing.images(
      "Images, and what is decoded from the means of their codes",
      [chosen.map { Drawing.Image(columns: 8, Digits.binary[$0]) }, again],
      names: ["x", "x̂"], kind: .sampled,
      caption: "x̂ is decoded from two numbers; what they do not carry is lost.")
  }

  /// Draws of z, decoded; and x drawn pixel by pixel from the same.
  private func samples(_ networks: ImageAutoencoder, seed: UInt64) throws -> Picture {
    var sampler = try Sampler(seed: seed, stream: 1 << 40)
    var (means, draws): ([Drawing.Image], [Drawing.Image]) = ([], [])
    for _ in 0..<8 {
      let z = Vector([sampler.standardNormal(), sampler.standardNormal()])
      let ink = sigmoid(networks.decoder(z)).array
      means.append(Drawing.Image(columns: 8, ink))
      draws.append(
        Drawing.Image(columns: 8, ink.map { sampler.uniform() < $0 ? 1 : 0 }))
    }
    return Drawing.images(
      "The model's own images: z drawn from the prior", [means, draws],
      names: ["x̂", "x"], kind: .sampled,
      caption: "x̂: probabilities of ink; x: every pixel drawn from them.")
  }

  /// The latent square, decoded.
  private func latentGrid(_ networks: ImageAutoencoder) -> Picture {
    let places = (0..<8).map { -2 + 4 * Double($0) / 7 }
    let rows = places.reversed().map { second in
      places.map { first in image(networks.decoder([first, second])) }
    }
    return Drawing.images(
      "The decoder over the latent square", rows,
      axes: ("z₂ from 2 to −2", "z₁ from −2 to 2"), kind: .sampled,
      caption: "Each image is decoded from the z of its place: probabilities of ink.")
  }

  private func image(_ logits: Vector) -> Drawing.Image {
    Drawing.Image(columns: 8, sigmoid(logits).array)
  }
}

/// The course `lessons train 06/digits`.
let digitsCourse = TrainingCourse(
  id: "digits", title: "Two latents for 1,797 handwritten digits", rounds: 1000,
  begin: { try DigitsTraining(seed: $0) }, resume: { try DigitsTraining(state: $0) })

/// A short run of the same.
@Sendable func digitsPages(_ context: RunContext) throws -> [Block] {
  var training = try DigitsTraining(seed: 1)
  var losses: [Double] = []
  for _ in 0..<shortRun {
    try training.advance()
    losses.append(training.loss)
  }
  let shown = losses
  return [
    .picture { _ in
      Drawing.sparkline(
        "Loss of the first epochs", shown, kind: .sampled,
        caption:
          "Minus the mean of the sampled bound, an epoch a bar; lowest value left, highest right.")
    }
  ] + (try training.page(context))
}

/// Epochs on the page.
let shortRun = 12
