import GSL
public import Models
public import Probability

extension DiscreteZoo {
  static let straightThroughGumbel = DiscreteEstimator(
    "straight-through-gumbel", formula: "g_d(b) y_d(1 − y_d)/τ,  b = 1[y > ½];  J(y) g(z)/τ",
    papers: ["Jang 2017"], scope: [.independentBits, .classes], settings: [temperature],
    repetition: .averaged, bias: .biased("biased; the slope is taken at the wrong place"),
    integral: { problem, settings, limits in
      let temperature = try settings.number("temperature")
      guard case .bits = problem.law.kind else {
        let program = StraightThroughClasses(temperature: temperature)
        return ZooMoments(
          try settledMoments(limits: limits) { try program.estimate(problem, &$0) })
      }
      return try StraightThroughBits(temperature: temperature).moments(problem, limits)
    }
  ) { problem, settings throws(ZooError) in
    try requireFewClasses(problem)
    let temperature = try settings.number("temperature")
    guard case .bits = problem.law.kind else {
      return StraightThroughClasses(temperature: temperature)
    }
    return StraightThroughBits(temperature: temperature)
  }
}

/// The slope at the hard bit, times the softening of its latent; M latents for each bit.
///
/// ```
/// b ~ q,     r_d = |latent| given b_d, a logistic about the logit cut at 0,     y = σ(r_d/τ)
/// g_d(b) · (1/M) Σ_m y_dm (1 − y_dm)/τ
/// ```
/// With M = 1 it is straight-through Gumbel, b = 1[y > ½] and y from one noise. More latents of one b
/// average out their noise (Rao and Blackwell), and nothing else.
/// Reference: Jang, Gu and Poole 2017; Paulus, Maddison and Krause 2021.
public struct StraightThroughBits: PartedProgram {
  /// What it estimates the gradient of.
  public typealias Problem = DiscreteProblem
  let temperature: Double
  /// M.
  public var replicates = 1

  /// b.
  public func given<Choices: DiscreteChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> Int { try problem.law.sample(&choices) }

  /// One a bit.
  public func partCount(_ problem: DiscreteProblem) -> Int { problem.law.parameterCount }

  // listing: zoo straight-through-gumbel
  /// Component d, from one latent of bit d.
  public func part<Choices: RandomChoices>(
    _ index: Int, _ given: Int, _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let b = problem.law.points[given]
    let noise = LogisticSideNoise(logit: problem.law.logits[index], isOn: b[index] == 1)
    let r = try choices.draw(noise) / temperature
    let slope = problem.surface.slope(at: b)[index] * sigmoid(r) * sigmoid(-r) / temperature
    return b.indices.map { $0 == index ? slope : 0 }
  }
  // end of listing
}

/// The same for classes: the slope at the winner, pulled through the softmax of all.
public struct StraightThroughClasses: ZooProgram {
  let temperature: Double

  /// J(y) g(z)/τ.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let drawn = try choices.draw(
      PerturbedClassesNoise(logits: problem.law.logits, temperature: temperature))
    let slope = problem.surface.slope(at: problem.law.points[drawn.winner])
    return pulled(slope, through: drawn.relaxed).map { $0 / temperature }
  }
}
