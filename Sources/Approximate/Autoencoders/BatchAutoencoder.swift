import GSL
import Kernels
package import Models
import Networks
package import Probability

/// Training of an `ImageAutoencoder` on mini-batches, with its gradient written out by hand.
///
/// The fast form of `ImageAutoencoder.bound`: the loss of a step is minus the mean of that bound over
/// the images of the batch, one noise each, and Adam goes down it. Layers: 0 and 1 encode, 2 and 3
/// decode. A step allocates nothing but the noise.
package struct BatchAutoencoder: Sendable {
  /// B, images a step.
  package let batchSize: Int
  /// The step size of Adam.
  package let learningRate: Double
  /// The number of steps taken.
  package private(set) var time = 0
  private let images: Grid
  private var maps: [AffineGrid]
  private var gradient: [AffineGrid]
  private var memory: [AffineMemory]
  private var batch: ImageBatch

  /// Training before its first step, on images of one size with pixels from 0 to 1.
  package init(
    _ networks: ImageAutoencoder, images: [[Double]], batchSize: Int, learningRate: Double
  ) throws(ModelError) {
    let pixels = networks.decoder.output.bias.count
    guard batchSize > 0, batchSize <= images.count else {
      throw ModelError(
        "batchSize", "expected a number from 1 to \(images.count), found \(batchSize)")
    }
    for (index, image) in images.enumerated() where image.count != pixels {
      throw ModelError("images[\(index)]", "expected \(pixels) entries, found \(image.count)")
    }
    self.images = Grid(rows: images.count, columns: pixels, images.flatMap(\.self))
    self.batchSize = batchSize
    self.learningRate = learningRate
    maps = [
      networks.encoder.hidden, networks.encoder.output, networks.decoder.hidden,
      networks.decoder.output,
    ].map(AffineGrid.init)
    gradient = maps.map(\.zeros)
    memory = maps.map(AffineMemory.init)
    batch = ImageBatch(size: batchSize, maps)
  }

  /// The networks as they are now.
  package var networks: ImageAutoencoder {
    ImageAutoencoder(
      encoder: Perceptron(hidden: maps[0].linear, output: maps[1].linear),
      decoder: Perceptron(hidden: maps[2].linear, output: maps[3].linear))
  }

  /// The last estimate of the gradient of the loss, in the shape of the networks.
  package var lastGradient: ImageAutoencoder {
    ImageAutoencoder(
      encoder: Perceptron(hidden: gradient[0].linear, output: gradient[1].linear),
      decoder: Perceptron(hidden: gradient[2].linear, output: gradient[3].linear))
  }

  /// One pass over the images in a random order, without the few that fill no batch; the mean loss.
  @discardableResult
  package mutating func epoch<Choices: RandomChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> Double {
    var order = Array(0..<images.rows)
    for last in stride(from: order.count - 1, to: 0, by: -1) {
      order.swapAt(last, try choices.choose(below: last + 1))
    }
    let batches = images.rows / batchSize
    var total = 0.0
    for number in 0..<batches {
      let chosen = order[(number * batchSize)..<((number + 1) * batchSize)]
      total += try step(on: chosen, &choices)
    }
    return total / Double(batches)
  }

  /// One step of Adam down the gradient on some images, B of them; the loss before it.
  package mutating func step<Choices: RandomChoices>(
    on chosen: ArraySlice<Int>, _ choices: inout Choices
  ) throws(ChoiceError) -> Double {
    batch.take(images, chosen)
    try batch.drawNoise(&choices)
    let loss = batch.forward(maps)
    batch.backward(maps, into: &gradient)
    time += 1
    for index in maps.indices {
      memory[index].descend(
        &maps[index], along: gradient[index], rate: learningRate, time: time)
    }
    return loss
  }

  /// What Adam remembers, in one list.
  package var memoryNumbers: [Double] { memory.flatMap(\.flat) }

  /// Goes on from what Adam remembered after `time` steps; false if the list does not fit.
  package mutating func resume(memory list: [Double], time: Int) -> Bool {
    var (memory, place) = (memory, 0)
    for index in memory.indices {
      guard memory[index].take(list, &place) else { return false }
    }
    guard place == list.count, time >= 0 else { return false }
    self.memory = memory
    self.time = time
    return true
  }
}
