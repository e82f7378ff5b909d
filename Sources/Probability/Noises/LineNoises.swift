import GSL

/// N(0, 1), on equally spaced points.
///
/// For an integrand that is analytic within a of the real line the spacing h leaves an error of the
/// order of e^(−2πa/h) (Trefethen and Weideman 2014).
public struct NormalNoise: NoiseLaw {
  /// The law; it has no parameters.
  public init() {}

  /// A draw.
  public func sample<Choices: RandomChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> Double { try choices.standardNormal() }

  /// h φ(ε_i).
  public func rule(level: Int) -> WeightedPoints<Double> {
    equallySpaced(level) { exp(-0.5 * $0 * $0) / sqrt(2 * Double.pi) }
  }
}

/// The law with density x² e^(−x²/2) / √(2π) on the line: a Maxwell length with a random sign.
public struct SignedMaxwellNoise: NoiseLaw {
  /// The law; it has no parameters.
  public init() {}

  /// The length of three normals, with the sign of the first.
  public func sample<Choices: RandomChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> Double {
    let (x, y, z) = (
      try choices.standardNormal(), try choices.standardNormal(), try choices.standardNormal()
    )
    return x < 0 ? -sqrt(x * x + y * y + z * z) : sqrt(x * x + y * y + z * z)
  }

  /// h x_i² φ(x_i).
  public func rule(level: Int) -> WeightedPoints<Double> {
    equallySpaced(level) { $0 * $0 * exp(-0.5 * $0 * $0) / sqrt(2 * Double.pi) }
  }
}

/// A number uniform between zero and one, by the rule of Gauss and Legendre.
public struct UniformNoise: NoiseLaw {
  /// The law; it has no parameters.
  public init() {}

  /// A draw.
  public func sample<Choices: RandomChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> Double { try choices.uniform() }

  /// The rule of 16, 19, 22, … points.
  public func rule(level: Int) throws -> WeightedPoints<Double> {
    let rule = try FixedRule.gaussLegendre(count: 16 + 3 * level, from: 0, to: 1)
    return WeightedPoints(zip(rule.nodes, rule.weights).map { ($0, $1) })
  }
}

private func equallySpaced(_ level: Int, _ density: (Double) -> Double) -> WeightedPoints<Double> {
  let spacing = RuleLevel.spacing(level, from: 0.22)
  let half = Int(RuleLevel.reach(level) / spacing)
  return WeightedPoints(
    (-half...half).map { i in (spacing * Double(i), spacing * density(spacing * Double(i))) })
}
