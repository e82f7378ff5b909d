import Approximate
import GSL
import LessonKit
import Networks
import Probability

extension ImageDerivation {
  /// The derivation, the code that trains, and the ways to get it wrong.
  static let derivation = Derivation<Parts, ImageProblem>(
    id: "image", title: "The bound of an image, and a step on two", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      On networks as small as these every part of a step can be compared with sums that are written out: the \
      bound, the loss of a batch, and the slopes by codes and pixels.
      """)

  static let answer = Parts(
    bound: { problem, index in
      networks(problem).bound(
        of: Vector(problem.images[index]), noise: Vector([problem.noises[index]]))
    },
    step: { problem in
      var training = try BatchAutoencoder(
        networks(problem), images: problem.images, batchSize: problem.images.count,
        learningRate: 0.001)
      var choices = GivenNormals(problem.noises)
      let loss = try training.step(on: [0, 1], &choices)
      let gradient = training.lastGradient
      return Step(
        loss: loss, code: gradient.encoder.output.bias.array,
        pixels: gradient.decoder.output.bias.array)
    })

  private static func networks(_ problem: ImageProblem) -> ImageAutoencoder {
    ImageAutoencoder(encoder: problem.encoder, decoder: problem.decoder)
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "averages-the-pixels", "the mean over pixels against the whole divergence",
      source: "AntixK/PyTorch-VAE, models/vanilla_vae.py", \.bound,
      from: { right in
        { problem, index in
          0.5 * (try right(problem, index)) - 0.5 * problem.divergence(index)
        }
      }),
    Mistake(
      "rewards-the-divergence", "+ KL(q‖p(z))", source: "erratum E-012", \.bound,
      from: { right in
        { problem, index in try right(problem, index) + 2 * problem.divergence(index) }
      }),
    Mistake(
      "reads-the-other-image", "an image is decoded from the code of the other, as after a shuffle",
      \.bound
    ) { problem, index in
      let other = 1 - index
      return zip(problem.images[index], problem.decoded(other).probabilities).reduce(
        -problem.divergence(other)
      ) { $0 + log($1.0 == 1 ? $1.1 : 1 - $1.1) }
    },
    Mistake(
      "sums-the-images", "a sum over the batch, so that the step grows with it", \.step,
      from: { right in
        { problem in
          var step = try right(problem)
          step.loss *= 2
          step.code = step.code.map { 2 * $0 }
          step.pixels = step.pixels.map { 2 * $0 }
          return step
        }
      }),
    Mistake(
      "detaches-the-draw", "the code feels the divergence alone: decoding the draw is detached",
      source: "izmailovpavel/understandingbdl #8", \.step,
      from: { right in
        { problem in
          var step = try right(problem)
          step.code = problem.meanOfCodeSlopes { problem.divergenceSlopes($0) }
          return step
        }
      }),
  ]
}
