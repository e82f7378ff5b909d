/// A law of noise: a sampler draws from it, and quadrature puts weighted points in its place.
///
/// ```
/// E h(ε) ≈ Σ_i w_i h(ε_i),     Σ_i w_i ≈ 1
/// ```
/// A program that draws a noise by its law has one text for both. Where the noise is used through a
/// kink or a threshold, the law is one that has its end there, so that rules of high order converge.
public protocol NoiseLaw: Sendable, Hashable {
  /// What is drawn.
  associatedtype Outcome: Sendable
  /// A draw.
  func sample<Choices: RandomChoices>(_ choices: inout Choices) throws(ChoiceError) -> Outcome
  /// The points and weights of a level, each level finer and wider than the one below.
  func rule(level: Int) throws -> WeightedPoints<Outcome>
}

/// Points with weights that stand for a law.
public struct WeightedPoints<Outcome: Sendable>: Sendable {
  /// The points.
  public let points: [Outcome]
  /// Their weights, all above zero.
  public let weights: [Double]

  /// The points of positive weight.
  public init(_ nodes: [(point: Outcome, weight: Double)]) {
    let kept = nodes.filter { $0.weight > 0 }
    points = kept.map(\.point)
    weights = kept.map(\.weight)
  }
}

/// Refuses a rule of more points than a quadrature would visit.
func requireFewPoints(_ count: Int) throws(ChoiceError) {
  guard count <= mostPoints else { throw .tooManyOutcomes(atLeast: count, cap: mostPoints) }
}

/// The most points that a quadrature visits at any level.
let mostPoints = 4_000_000

/// What a level means: how fine and how wide.
enum RuleLevel {
  /// The spacing of points, 0.8 times as wide at each level.
  static func spacing(_ level: Int, from first: Double) -> Double {
    var spacing = first
    for _ in 0..<level { spacing *= 0.8 }
    return spacing
  }

  /// How many standard deviations are covered; e^(−38²/2) is the smallest double.
  static func reach(_ level: Int) -> Double { min(38, 9.5 + Double(level)) }
}
