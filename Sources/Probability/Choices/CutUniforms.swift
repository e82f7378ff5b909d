import GSL

/// Visits every outcome of choices and of uniforms that a program uses as a polynomial between cuts.
///
/// ```
/// E g(u) = Σ_pieces (b − a) Σ_i w_i g(a + (b − a) x_i)
/// ```
/// with the points x_i and weights w_i of Gauss and Legendre on (0, 1): n of them are exact for degree
/// 2n − 1, so that degree + 1 points integrate g and g² without error. Nothing is approximated; a noise
/// of another kind is refused.
public struct CutUniforms: RandomChoicesProtocol, OutcomeInterpreter, ~Copyable {
  private var choices: Exhaustive

  init(limits: ChoiceLimits) { choices = Exhaustive(limits: limits) }

  var probability: Double { choices.probability }
  var depth: Int { choices.depth }
  mutating func restart() { choices.restart() }
  mutating func advance() throws(ChoiceError) -> Bool { try choices.advance() }

  /// True with the given probability.
  public mutating func flip(_ probability: Double) throws(ChoiceError) -> Bool {
    try choices.flip(probability)
  }
  /// An index drawn with the given probabilities.
  public mutating func choose(_ probabilities: [Double]) throws(ChoiceError) -> Int {
    try choices.choose(probabilities)
  }
  /// An index below `count`.
  public mutating func choose(below count: Int) throws(ChoiceError) -> Int {
    try choices.choose(below: count)
  }
  /// Refused: a uniform without cuts may be used in any way.
  public mutating func uniform() throws(ChoiceError) -> Double { throw .continuousNoise }
  /// Refused.
  public mutating func standardNormal() throws(ChoiceError) -> Double { throw .continuousNoise }

  /// A point of a piece.
  public mutating func uniform(cutAt cuts: [Double], degree: Int) throws(ChoiceError) -> Double {
    let edges = [0] + cuts.filter { $0 > 0 && $0 < 1 }.sorted() + [1]
    let pieces = zip(edges, edges.dropFirst()).filter { $0.0 < $0.1 }
    let piece = pieces[try choices.choose(pieces.map { $0.1 - $0.0 })]
    guard let rule = gaussLegendre[max(0, degree)] else { throw .continuousNoise }
    let place = try choices.choose(rule.map(\.weight))
    return piece.0 + (piece.1 - piece.0) * rule[place].point
  }
}

/// The rules on (0, 1) with degree + 1 points.
private let gaussLegendre: [Int: [(point: Double, weight: Double)]] = [
  0: [(0.5, 1)],
  1: [(0.5 - 0.5 / sqrt(3), 0.5), (0.5 + 0.5 / sqrt(3), 0.5)],
  2: [
    (0.5 - 0.5 * sqrt(0.6), 5.0 / 18), (0.5, 8.0 / 18), (0.5 + 0.5 * sqrt(0.6), 5.0 / 18),
  ],
]

/// The exact moments of a program of choices and cut uniforms.
public func exactMomentsWithUniforms(
  limits: ChoiceLimits = ChoiceLimits(),
  of program: (inout CutUniforms) throws -> [Double]
) throws -> ExactMoments {
  var choices = CutUniforms(limits: limits)
  var sums = MomentSums()
  let coverage = try visitAll(&choices, limits: limits) { choices in
    try sums.add(try program(&choices), weight: choices.probability)
  }
  return try sums.moments(coverage)
}
