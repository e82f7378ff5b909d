import GSL

/// Points for the integral of a density on the half-line that is analytic inside it.
///
/// ```
/// r = exp(t − e^(−t)),     dr = r (1 + e^(−t)) dt,     t equally spaced
/// ```
/// The points crowd towards zero, so that neither a logarithm at the end nor a rise within a
/// hundredth of it costs any order. Reference: Takahasi and Mori 1974, "Double exponential formulas".
func halfLine(
  level: Int, reach: Double, density: (Double) -> Double
) -> [(point: Double, weight: Double)] {
  let spacing = RuleLevel.spacing(level, from: 0.15)
  let first = Int((-4.2 / spacing).rounded(.down))
  let last = Int((log(max(2, reach) + 1) / spacing).rounded(.up))
  return (first...last).map { i in
    let t = spacing * Double(i)
    let r = exp(t - exp(-t))
    return (r, spacing * r * (1 + exp(-t)) * density(r))
  }
}

/// |ε| of a normal ε: half of N(0, 1).
public struct HalfNormalNoise: NoiseLaw {
  /// The law; it has no parameters.
  public init() {}

  /// A length.
  public func sample<Choices: RandomChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> Double { abs(try choices.standardNormal()) }

  /// 2 φ(r) on the half-line.
  public func rule(level: Int) -> WeightedPoints<Double> {
    WeightedPoints(
      halfLine(level: level, reach: RuleLevel.reach(level)) { r in
        2 * exp(-0.5 * r * r) / sqrt(2 * Double.pi)
      })
  }
}

/// The law with density r e^(−r²/2): the length of two normals.
public struct RayleighNoise: NoiseLaw {
  /// The law; it has no parameters.
  public init() {}

  /// A length.
  public func sample<Choices: RandomChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> Double {
    hypot(try choices.standardNormal(), try choices.standardNormal())
  }

  /// r e^(−r²/2) on the half-line.
  public func rule(level: Int) -> WeightedPoints<Double> {
    WeightedPoints(
      halfLine(level: level, reach: RuleLevel.reach(level)) { r in r * exp(-0.5 * r * r) })
  }
}

/// Two normals whose ranks stand half a circle apart: Φ⁻¹(u) and Φ⁻¹(u + ½ mod 1), the lower first.
///
/// With r = −Φ⁻¹(u) for u < ½ the upper one is Φ⁻¹(u + ½), whose tail is Φ(r) − ½; it has a logarithm
/// at r = 0.
public struct OppositeNormalsNoise: NoiseLaw {
  /// The law; it has no parameters.
  public init() {}

  /// A pair.
  public func sample<Choices: RandomChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let r = max(abs(try choices.standardNormal()), Double.leastNormalMagnitude)
    do { return [-r, try opposite(r)] } catch { throw .generator(error) }
  }

  /// 2 φ(r) on the half-line.
  public func rule(level: Int) throws -> WeightedPoints<[Double]> {
    WeightedPoints(
      try halfLine(level: level, reach: RuleLevel.reach(level)) { r in
        2 * exp(-0.5 * r * r) / sqrt(2 * Double.pi)
      }.map { ([-$0.point, try opposite($0.point)], $0.weight) })
  }

  private func opposite(_ r: Double) throws(GSLError) -> Double {
    try SpecialFunctions.normalUpperQuantile(0.5 * SpecialFunctions.erf(r / sqrt(2)).value)
  }
}

/// How far the noisy logit of a bit is from zero, given on which side: r = |logit + Λ|.
///
/// ```
/// density σ(r − m) σ(m − r) / σ(m),     m = logit of a bit that is on, −logit of one that is off
/// ```
/// A sampler inverts it: with a uniform v and α = v σ(m) + σ(−m), r = m + log α − log(1 − α).
public struct LogisticSideNoise: NoiseLaw {
  /// m.
  public let logit: Double

  /// The side of a bit that is on or off.
  public init(logit: Double, isOn: Bool) { self.logit = isOn ? logit : -logit }

  /// A distance.
  public func sample<Choices: RandomChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> Double {
    let v = try choices.uniform()
    let (above, below) = (v * sigmoid(logit) + sigmoid(-logit), (1 - v) * sigmoid(logit))
    return max(0, logit + log(above) - log(below))
  }

  /// The density on the half-line.
  public func rule(level: Int) -> WeightedPoints<Double> {
    WeightedPoints(
      halfLine(level: level, reach: 40 + 3 * Double(level) + max(0, logit)) { r in
        sigmoid(r - logit) * sigmoid(logit - r) / sigmoid(logit)
      })
  }
}
