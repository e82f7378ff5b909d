import GSL
package import Models
package import Networks
package import Probability

/// Bent arms around a centre, and a structured autoencoder that learns them.
///
/// ```
/// r ~ 1 + 0.3 N(0, 1)    s ~ 0.08 N(0, 1)    (r, s) turned by 2π k/K + ¼ e^r
/// ```
/// Reference for the data: Johnson et al 2016, section 5.1.
package enum Pinwheel {
  /// Points with the arm that each is of.
  package static func points<Choices: RandomChoices>(
    arms: Int, each: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Vector] {
    var points: [Vector] = []
    for _ in 0..<each {
      for arm in 0..<arms {
        let along = 1 + 0.3 * (try choices.standardNormal())
        let aside = 0.08 * (try choices.standardNormal())
        let angle = 2 * Double.pi * Double(arm) / Double(arms) + 0.25 * exp(along)
        points.append(
          Vector([
            along * cos(angle) - aside * sin(angle), along * sin(angle) + aside * cos(angle),
          ]))
      }
    }
    return points
  }

  /// A learner that has learned nothing: the latent plane is the plane of the data.
  package static func learner<Choices: RandomChoices>(
    clusters: Int, hidden: Int, among points: [Vector], _ choices: inout Choices
  ) throws -> StructuredLearner<LatentMixture> {
    let prior = try NormalInverseWishart(
      mean: [0, 0], kappa: 0.1, dof: 5, scale: [[0.5, 0], [0, 0.5]])
    let structure = LatentMixture(
      try MixtureParameters(
        weights: try DirichletLaw(concentration: Array(repeating: 1, count: clusters)),
        components: Array(repeating: prior, count: clusters)))
    var components: [NormalInverseWishart] = []
    for centre in try centres(clusters, among: points, &choices) {
      components.append(
        try NormalInverseWishart(mean: centre.array, kappa: 10, dof: 12, scale: [[1, 0], [0, 1]]))
    }
    let start = try MixtureParameters(
      weights: try DirichletLaw(concentration: Array(repeating: 10, count: clusters)),
      components: components)
    let decoder = NetworkDecoder(
      line: Linear(weights: Matrix(identity: 2), bias: Vector(zeros: 2)),
      bend: try small(2, hidden, 2, &choices), logVariance: log(0.02))
    let recognition = PotentialNetwork(
      line: Linear(
        weights: Matrix([[30, 0], [0, 30], [0, 0], [0, 0]]), bias: Vector([0, 0, 30, 30])),
      bend: try small(2, hidden, 4, &choices))
    return StructuredLearner(
      structure, decoder: decoder, recognition: recognition, eta: start.naturalParameters,
      naturalRate: 0.2)
  }

  /// Points far from each other: each next one is drawn in proportion to the squared distance from the
  /// nearest that was drawn (Arthur and Vassilvitskii 2007).
  private static func centres<Choices: RandomChoices>(
    _ count: Int, among points: [Vector], _ choices: inout Choices
  ) throws(ChoiceError) -> [Vector] {
    var centres = [points[try choices.choose(below: points.count)]]
    while centres.count < count {
      let weights = points.map { point in
        centres.map { (point - $0).dot(point - $0) }.min() ?? 0
      }
      var left = (try choices.uniform()) * weights.reduce(0, +)
      var place = 0
      while place + 1 < points.count, left >= weights[place] {
        left -= weights[place]
        place += 1
      }
      centres.append(points[place])
    }
    return centres
  }

  /// A network with weights of an ordinary size in front and small ones behind.
  package static func small<Choices: RandomChoices>(
    _ inputs: Int, _ hidden: Int, _ outputs: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> Perceptron {
    var numbers: [Double] = []
    for _ in 0..<(hidden * (inputs + outputs)) { numbers.append(try choices.standardNormal()) }
    let front = Matrix(rows: hidden, columns: inputs, Array(numbers[..<(hidden * inputs)]))
    let back = Matrix(
      rows: outputs, columns: hidden, numbers[(hidden * inputs)...].map { 0.1 * $0 })
    return Perceptron(
      hidden: Linear(
        weights: (1 / Double(inputs).squareRoot()) * front, bias: Vector(zeros: hidden)),
      output: Linear(weights: back, bias: Vector(zeros: outputs)))
  }
}
