import Networks
public import Probability

extension LatentMixture {
  /// A random prior over clusters on the line, all with the same prior.
  public static func random<Choices: DiscreteChoices>(
    components: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> LatentMixture {
    let component = try NormalInverseWishart.random(dimension: 1, &choices)
    return LatentMixture(
      MixtureParameters(
        checkedWeights: try choices.reals(components, from: 0.5, to: 3),
        components: Array(repeating: component, count: components)))
  }

  /// A random factor q(π, μ, Σ) over as many clusters on the line.
  public func randomGlobals<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> MixtureParameters {
    var components: [NormalInverseWishart] = []
    for _ in 0..<componentCount {
      components.append(try NormalInverseWishart.random(dimension: 1, &choices))
    }
    return MixtureParameters(
      checkedWeights: try choices.reals(componentCount, from: 0.5, to: 4), components: components)
  }
}

extension LatentDynamics {
  /// Random dynamics of one number.
  public static func random<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> LatentDynamics {
    LatentDynamics(
      checkedMean: [try choices.real(from: -1, to: 1)],
      covariance: [[try choices.real(from: 0.3, to: 2)]],
      parameters: try .random(&choices))
  }
}

extension LinearDecoder {
  /// A random decoder of numbers.
  public static func random<Choices: DiscreteChoices>(
    outputs: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> LinearDecoder {
    LinearDecoder(
      checkedWeights: Matrix(
        rows: outputs, columns: 1, try choices.reals(outputs, from: -1.2, to: 1.4)),
      bias: Vector(try choices.reals(outputs, from: -0.5, to: 0.5)),
      variances: Vector(try choices.reals(outputs, from: 0.3, to: 1.5)))
  }
}
