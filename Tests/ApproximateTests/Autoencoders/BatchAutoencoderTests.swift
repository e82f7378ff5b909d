import Approximate
import Models
import Networks
import Probability
import Testing
import _Differentiation

@Suite("Autoencoders of images, on batches") struct BatchAutoencoderTests {
  private func networks(seed: UInt64) throws -> ImageAutoencoder {
    var sampler = try Sampler(seed: seed)
    return ImageAutoencoder(
      pixels: 9, hidden: 11, latents: 2, drawing: { 0.8 * sampler.standardNormal() })
  }

  private func images(_ count: Int, seed: UInt64) throws -> [[Double]] {
    var sampler = try Sampler(seed: seed)
    return try (0..<count).map { _ in
      try (0..<9).map { _ in try sampler.flip(0.4) ? 1 : 0 }
    }
  }

  // Catches: a slope, a sign or a layer of the hand-written gradient that is not the bound's.
  @Test("Loss and gradient are those of the bound that is differentiated", arguments: [1, 2, 3])
  func agreement(seed: UInt64) throws {
    let (networks, images) = (try networks(seed: seed), try images(5, seed: seed + 10))
    var batches = try BatchAutoencoder(
      networks, images: images, batchSize: 4, learningRate: 0.001)
    var sampler = try Sampler(seed: seed, stream: 7)
    let chosen = [4, 0, 2, 3]
    let loss = try batches.step(on: chosen[...], &sampler)

    var again = try Sampler(seed: seed, stream: 7)
    var (total, slopes) = (0.0, [Double](repeating: 0, count: networks.parameterCount))
    for index in chosen {
      let image = Vector(images[index])
      let noise = Vector([again.standardNormal(), again.standardNormal()])
      let (value, slope) = valueWithGradient(at: networks) {
        $0.bound(of: image, noise: noise)
      }
      total -= value / 4
      slopes = zip(slopes, networks.flat(slope)).map { $0 - $1 / 4 }
    }
    let rounding = 1e4 * Double.ulpOfOne
    #expect(abs(loss - total) <= rounding * abs(total))
    for (found, wanted) in zip(batches.lastGradient.flat, slopes) {
      #expect(abs(found - wanted) <= rounding * (1 + abs(wanted)))
    }
    // The first step of Adam is the rate in every component that has a slope.
    var adam = Adam(learningRate: 0.001)
    var moved = networks
    moved.add(adam.step(up: slopes.map { -$0 }))
    for (found, wanted) in zip(batches.networks.flat, moved.flat) {
      #expect(abs(found - wanted) <= 1e-9)
    }
  }

  // Catches: a batch that reads beyond the images.
  @Test("A batch has from one to all images", arguments: [0, 6, -1])
  func batchSize(size: Int) throws {
    let error = #expect(throws: ModelError.self) {
      _ = try BatchAutoencoder(
        try networks(seed: 1), images: try images(5, seed: 2), batchSize: size, learningRate: 0.01)
    }
    #expect(error?.description == "batchSize: expected a number from 1 to 5, found \(size)")
  }

  // Catches: a state that loses something on the way.
  @Test("Going on from a state is going on") func resumes() throws {
    let (networks, images) = (try networks(seed: 1), try images(9, seed: 2))
    var whole = try BatchAutoencoder(networks, images: images, batchSize: 4, learningRate: 0.01)
    var sampler = try Sampler(seed: 3)
    try whole.epoch(&sampler)
    var resumed = try BatchAutoencoder(
      whole.networks, images: images, batchSize: 4, learningRate: 0.01)
    let isTaken = resumed.resume(memory: whole.memoryNumbers, time: whole.time)
    #expect(isTaken)
    var one = try Sampler(seed: 4)
    var other = try Sampler(seed: 4)
    try whole.epoch(&one)
    try resumed.epoch(&other)
    #expect(whole.networks.flat == resumed.networks.flat)
    let isTakenFromLess = resumed.resume(memory: [1], time: 1)
    #expect(!isTakenFromLess)
  }
}
