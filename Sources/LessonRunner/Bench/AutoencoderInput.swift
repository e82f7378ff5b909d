import Approximate
import Interchange
import JSONText
import Models
import Probability

/// What `vae-digits.json` holds: binary images, the sizes of two networks, and how they learn.
struct AutoencoderInput {
  /// Training before its first step.
  let training: BatchAutoencoder

  /// Reads the file, or refuses it with the place and the reason.
  init(_ file: JSONPlace) throws {
    let spec = try file.member("spec")
    _ = try spec.member("model").string(among: ["variational-autoencoder"])
    let pixels = try spec.member("pixels").integer(in: 1...(1 << 12))
    let hidden = try spec.member("hidden").integer(in: 1...(1 << 12))
    let latents = try spec.member("latent").integer(in: 1...(1 << 10))
    var images: [[Double]] = []
    for image in try spec.member("observations").array() {
      images.append(try image.integers(count: pixels, in: 0...1).map(Double.init))
    }
    var sampler = try Sampler(seed: 1)
    let networks = ImageAutoencoder(
      pixels: pixels, hidden: hidden, latents: latents, drawing: { sampler.standardNormal() })
    training = try BatchAutoencoder(
      networks, images: images, batchSize: try file.member("batchSize").integer(in: 1...(1 << 20)),
      learningRate: try file.member("learningRate").number())
  }
}
