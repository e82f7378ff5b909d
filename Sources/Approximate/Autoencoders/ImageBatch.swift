import GSL
import Kernels
import Probability

/// A batch of images on its way through both networks and back, with the room that this takes.
struct ImageBatch: Sendable {
  // x; h = tanh(x W₀ + b₀), (m, v) = h W₁ + b₁
  private var images: Grid
  private var encoded: Grid
  private var codes: Grid
  // ε, z = m + e^(v/2) ε
  private var noise: [Double]
  private var latents: Grid
  // k = tanh(z W₂ + b₂), l = k W₃ + b₃, σ(l), Σ_d log(1 + e^l_d), Σ_d x_d l_d
  private var decoded: Grid
  private var logits: Grid
  private var probabilities: Grid
  private var softplusSums: [Double]
  private var products: [Double]
  // Sums before tanh, slopes by l, k, z, (m, v) and h; transposes of W₁, W₂, W₃
  private var sums: Grid
  private var logitSlopes: Grid
  private var decodedSlopes: Grid
  private var latentSlopes: Grid
  private var codeSlopes: Grid
  private var encodedSlopes: Grid
  private var transposed: [Grid]
  private let shares: [Double]
  private let minusShares: [Double]

  init(size: Int, _ maps: [AffineGrid]) {
    func grid(_ columns: Int) -> Grid { Grid(rows: size, columns: columns) }
    let (hidden, code) = (maps[0].bias.count, maps[1].bias.count)
    let (other, pixels) = (maps[2].bias.count, maps[3].bias.count)
    (images, logits, probabilities, logitSlopes) =
      (grid(pixels), grid(pixels), grid(pixels), grid(pixels))
    (encoded, encodedSlopes) = (grid(hidden), grid(hidden))
    (decoded, decodedSlopes) = (grid(other), grid(other))
    sums = grid(hidden)
    (codes, codeSlopes) = (grid(code), grid(code))
    (latents, latentSlopes) = (grid(code / 2), grid(code / 2))
    noise = [Double](repeating: 0, count: size * (code / 2))
    softplusSums = [Double](repeating: 0, count: size)
    products = softplusSums
    shares = [Double](repeating: 1 / Double(size), count: size)
    minusShares = shares.map { -$0 }
    transposed = maps[1...3].map { Grid(rows: $0.weights.columns, columns: $0.weights.rows) }
  }

  mutating func take(_ all: Grid, _ chosen: ArraySlice<Int>) {
    images.takeRows(of: all, chosen)
  }

  mutating func drawNoise<Choices: RandomChoices>(_ choices: inout Choices) throws(ChoiceError) {
    for index in noise.indices { noise[index] = try choices.standardNormal() }
  }

  /// The loss: the mean over images of KL − log p(x | z).
  mutating func forward(_ maps: [AffineGrid]) -> Double {
    sums.setProduct(images, maps[0].weights, plus: maps[0].bias)
    encoded.setTanh(of: sums)
    codes.setProduct(encoded, maps[1].weights, plus: maps[1].bias)
    let (size, count) = (codes.rows, latents.columns)
    var divergence = 0.0
    let (codes, noise) = (codes.numbers, noise)
    latents.withNumbers { latents in
      for i in 0..<size {
        for d in 0..<count {
          let (mean, logVariance) = (codes[2 * i * count + d], codes[(2 * i + 1) * count + d])
          let deviation = exp(0.5 * logVariance)
          latents[i * count + d] = mean + deviation * noise[i * count + d]
          divergence += 0.5 * (mean * mean + deviation * deviation - 1 - logVariance)
        }
      }
    }
    decodedSlopes.setProduct(latents, maps[2].weights, plus: maps[2].bias)
    decoded.setTanh(of: decodedSlopes)
    logits.setProduct(decoded, maps[3].weights, plus: maps[3].bias)
    probabilities.setSigmoid(of: logits, softplusSums: &softplusSums)
    images.rowProducts(with: logits, into: &products)
    let logLikelihood = products.reduce(0, +) - softplusSums.reduce(0, +)
    return (divergence - logLikelihood) / Double(size)
  }

  /// The gradient of the loss, from the pixels back to the images.
  mutating func backward(_ maps: [AffineGrid], into gradient: inout [AffineGrid]) {
    for index in 1...3 { transposed[index - 1].setTransposed(of: maps[index].weights) }
    // ∂/∂l = (σ(l) − x)/B
    logitSlopes.setCombination(shares, probabilities, minusShares, images)
    gradient[3].weights.setProduct(transposing: decoded, logitSlopes)
    logitSlopes.columnSums(into: &gradient[3].bias)
    // ∂/∂k, and through tanh
    decodedSlopes.setProduct(logitSlopes, transposed[2])
    decodedSlopes.multiplyByTanhSlopes(at: decoded)
    gradient[2].weights.setProduct(transposing: latents, decodedSlopes)
    decodedSlopes.columnSums(into: &gradient[2].bias)
    latentSlopes.setProduct(decodedSlopes, transposed[1])
    pathAndDivergence()
    gradient[1].weights.setProduct(transposing: encoded, codeSlopes)
    codeSlopes.columnSums(into: &gradient[1].bias)
    encodedSlopes.setProduct(codeSlopes, transposed[0])
    encodedSlopes.multiplyByTanhSlopes(at: encoded)
    gradient[0].weights.setProduct(transposing: images, encodedSlopes)
    encodedSlopes.columnSums(into: &gradient[0].bias)
  }

  /// ∂/∂m = ∂/∂z + m/B,    ∂/∂v = ½ e^(v/2) ε ∂/∂z + ½ (e^v − 1)/B.
  private mutating func pathAndDivergence() {
    let (size, count, share) = (codes.rows, latents.columns, shares.first ?? 0)
    let (codes, noise, slopes) = (codes.numbers, noise, latentSlopes.numbers)
    codeSlopes.withNumbers { out in
      for i in 0..<size {
        for d in 0..<count {
          let (mean, logVariance) = (codes[2 * i * count + d], codes[(2 * i + 1) * count + d])
          let (slope, deviation) = (slopes[i * count + d], exp(0.5 * logVariance))
          out[2 * i * count + d] = slope + mean * share
          out[(2 * i + 1) * count + d] =
            0.5 * (deviation * noise[i * count + d] * slope + share * (deviation * deviation - 1))
        }
      }
    }
  }
}
