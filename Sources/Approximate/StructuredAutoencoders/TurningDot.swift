import GSL
package import Models
package import Networks
package import Probability

/// Images of a dot that turns on a circle, and a structured autoencoder that learns to expect it.
package enum TurningDot {
  /// The side of an image.
  package static let side = 6

  /// A dot at an angle: each pixel falls off with its distance from the dot.
  package static func image(angle: Double) -> Vector {
    let centre = 0.5 * Double(side - 1)
    let (x, y) = (centre + 1.8 * cos(angle), centre + 1.8 * sin(angle))
    return Vector(
      (0..<side * side).map { pixel in
        let (dx, dy) = (Double(pixel % side) - x, Double(pixel / side) - y)
        return exp(-0.5 * (dx * dx + dy * dy) / 0.64)
      })
  }

  /// A sequence of images that begins at an angle and turns by a twelfth of a circle a step.
  package static func sequence(from angle: Double, steps: Int) -> [Vector] {
    (0..<steps).map { image(angle: angle + 2 * Double.pi * Double($0) / 12) }
  }

  /// A learner that has learned nothing.
  package static func learner<Choices: RandomChoices>(
    hidden: Int, _ choices: inout Choices
  ) throws -> StructuredLearner<LatentDynamics> {
    let prior = try MatrixNormalInverseWishart(
      mean: [[0.9, 0], [0, 0.9]], kappa: [[1, 0], [0, 1]], dof: 6, scale: [[0.3, 0], [0, 0.3]])
    let structure = try LatentDynamics(
      initialMean: [0, 0], initialCovariance: [[1, 0], [0, 1]], parameters: prior)
    let pixels = side * side
    func line(_ outputs: Int, _ inputs: Int) throws(ChoiceError) -> Linear {
      var numbers: [Double] = []
      for _ in 0..<(outputs * inputs) {
        numbers.append((try choices.standardNormal()) / Double(inputs).squareRoot())
      }
      return Linear(
        weights: Matrix(rows: outputs, columns: inputs, numbers), bias: Vector(zeros: outputs))
    }
    var decoderLine = try line(pixels, 2)
    decoderLine.weights = 0.1 * decoderLine.weights
    var recognitionLine = try line(4, pixels)
    recognitionLine.bias = Vector([0, 0, 4, 4])
    return StructuredLearner(
      structure,
      decoder: NetworkDecoder(
        line: decoderLine, bend: try Pinwheel.small(2, hidden, pixels, &choices),
        logVariance: log(0.05)),
      recognition: PotentialNetwork(
        line: recognitionLine, bend: try Pinwheel.small(pixels, hidden, 4, &choices)),
      eta: prior.naturalParameters, naturalRate: 0.1)
  }

  /// The images that the chain expects after those of a sequence, each from the state before it times M.
  package static func predicted(
    _ learner: StructuredLearner<LatentDynamics>, after seen: [Vector], steps: Int
  ) throws -> [Vector] {
    let bound = try learner.bound(seen)
    let dynamics = Matrix(bound.globals.mean)
    var state = bound.local.states[seen.count - 1].mean
    return (0..<steps).map { _ in
      state = dynamics.times(state)
      return learner.decoder.mean(state)
    }
  }
}
