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
    return [
      .picture { _ in reconstructions(networks) }, .picture { _ in latentGrid(networks) },
    ]
  }

  /// Digits and what the networks make of them.
  private func reconstructions(_ networks: ImageAutoencoder) -> Picture {
    let chosen = [0, 1, 2, 3]
    let panels = chosen.flatMap { index in
      let image = Digits.binary[index]
      let code = networks.encoder(Vector(image)).array
      let again = sigmoid(networks.decoder(Vector(Array(code.prefix(2))))).array
      return [
        panel("\(Digits.labels[index])", image), panel("again", again),
      ]
    }
    return Drawing.grid(
      "Images, and what is decoded from the means of their codes", panels, decimals: 1,
      kind: .sampled, caption: "Two numbers carry each image; the blur is what they do not carry.")
  }

  /// The latent square, decoded.
  private func latentGrid(_ networks: ImageAutoencoder) -> Picture {
    let places = [-1.5, 0, 1.5]
    let panels = places.flatMap { second in
      places.map { first in
        panel("(\(first), \(second))", sigmoid(networks.decoder([first, second])).array)
      }
    }
    return Drawing.grid(
      "The decoder over the latent square", panels, decimals: 1, kind: .sampled,
      caption: "Each panel is decoded from the z in its name: probabilities of ink.")
  }

  private func panel(_ name: String, _ image: [Double]) -> Drawing.Panel {
    let numbers = (0..<8).map(String.init)
    return Drawing.Panel(
      name, rows: numbers, columns: numbers,
      values: (0..<8).map { row in Array(image[(8 * row)..<(8 * row + 8)]) })
  }
}

/// The course `lessons train 06/digits`.
let digitsCourse = TrainingCourse(
  id: "digits", title: "Two latents for 1,797 handwritten digits", rounds: 200,
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
        caption: "Minus the mean of the sampled bound, an epoch a bar.")
    }
  ] + (try training.page(context))
}

/// Epochs on the page.
let shortRun = 12
