import GSL

/// Interprets continuous noise by cells, with a bound on the error that holds, not one that hopes.
///
/// The law of a noise ε is cut into cells; each cell is replaced by its conditional mean m_i with
/// its probability p_i. Within a cell f(ε) = f(m) + f′(m)(ε − m) + ½f″(·)(ε − m)², and the linear
/// term has mean zero, so for |f″| ≤ M
/// ```
/// |E f(ε) − Σ p_i f(m_i)| ≤ ½ M Σ p_i Var(ε | cell i) = ½ M (E ε² − Σ p_i m_i²).
/// ```
/// For a convex f the rule is Jensen's inequality cell by cell, hence a lower bound. With several
/// noises the bounds add up, one curvature a noise: they are replaced one at a time.
public struct CellQuadrature: RandomChoicesProtocol, OutcomeInterpreter, ~Copyable {
  private var choices: Exhaustive
  private let normalCells: NoiseCells
  private let uniformCells: NoiseCells
  /// The curvature-free error of the noises drawn in this run: ½ Σ over noises of the mean variance.
  private(set) var halfCellVariance = 0.0

  init(choices: consuming Exhaustive, normal: NoiseCells, uniform: NoiseCells) {
    self.choices = choices
    normalCells = normal
    uniformCells = uniform
  }

  var probability: Double { choices.probability }
  var depth: Int { choices.depth }

  mutating func restart() {
    choices.restart()
    halfCellVariance = 0
  }

  mutating func advance() throws(ChoiceError) -> Bool { try choices.advance() }

  /// True with the given probability, exactly.
  public mutating func flip(_ probability: Double) throws(ChoiceError) -> Bool {
    try choices.flip(probability)
  }

  /// An index drawn with the given probabilities, exactly.
  public mutating func choose(_ probabilities: [Double]) throws(ChoiceError) -> Int {
    try choices.choose(probabilities)
  }

  /// An index below `count`, exactly.
  public mutating func choose(below count: Int) throws(ChoiceError) -> Int {
    try choices.choose(below: count)
  }

  /// The conditional mean of a cell of the uniform law.
  public mutating func uniform() throws(ChoiceError) -> Double {
    halfCellVariance += uniformCells.halfVariance
    return uniformCells.means[try choices.choose(uniformCells.probabilities)]
  }

  /// The conditional mean of a cell of N(0, 1).
  public mutating func standardNormal() throws(ChoiceError) -> Double {
    halfCellVariance += normalCells.halfVariance
    return normalCells.means[try choices.choose(normalCells.probabilities)]
  }
}

/// A law cut into cells: probabilities, conditional means, half the mean variance within cells.
struct NoiseCells: Sendable {
  let probabilities: [Double]
  let means: [Double]
  let halfVariance: Double

  /// The uniform law on [0, 1] in equal cells.
  static func uniform(_ count: Int) -> NoiseCells {
    let width = 1 / Double(count)
    return NoiseCells(
      probabilities: [Double](repeating: width, count: count),
      means: (0..<count).map { (Double($0) + 0.5) * width }, halfVariance: width * width / 24)
  }

  /// N(0, 1) in cells of equal width on ±9 and two tails.
  ///
  /// A cell [a, b] has probability Φ(b) − Φ(a) and mean (φ(a) − φ(b)) / (Φ(b) − Φ(a)).
  static func normal(_ count: Int) throws(GSLError) -> NoiseCells {
    let reach = 9.0
    let width = 2 * reach / Double(count - 2)
    var edges: [Double] = [-.infinity]
    for cell in 0...(count - 2) { edges.append(-reach + Double(cell) * width) }
    edges.append(.infinity)
    var probabilities: [Double] = []
    var means: [Double] = []
    for (low, high) in zip(edges, edges.dropFirst()) {
      let probability = try standardNormalProbability(from: low, to: high)
      probabilities.append(probability)
      means.append((standardNormalDensity(low) - standardNormalDensity(high)) / probability)
    }
    let total = probabilities.reduce(0, +)
    let spread = zip(probabilities, means).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
    // E ε² = 1; rounding of the two sums is added so that the bound stays a bound.
    let half = 0.5 * (abs(1 - spread) + abs(1 - total) + Double(count) * Double.ulpOfOne)
    return NoiseCells(probabilities: probabilities, means: means, halfVariance: half)
  }
}

private func standardNormalDensity(_ x: Double) -> Double {
  x.isInfinite ? 0 : exp(-0.5 * x * x) / sqrt(2 * Double.pi)
}

/// Φ(b) − Φ(a) from the tail that loses no digits.
private func standardNormalProbability(from low: Double, to high: Double) throws(GSLError) -> Double
{
  if low >= 0 {
    return try SpecialFunctions.normalUpper(low) - SpecialFunctions.normalUpper(high)
  }
  return try SpecialFunctions.normalLower(high) - SpecialFunctions.normalLower(low)
}

/// E[f] of a program with continuous noise, with an error bound from the caller's curvature bound.
///
/// - Parameters:
///   - curvature: a bound on |∂²f/∂ε²| along each noise, everywhere.
///   - cells: the number of cells a noise is cut into.
///   - limits: the caps on outcomes and choices.
///   - program: the program; its discrete choices are enumerated exactly.
/// - Returns: the mean over the cells, with the bound on its distance from the true mean.
/// - Throws: what the program throws, or `ChoiceError` where it cannot be interpreted.
public func quadratureMean(
  curvature: Double, cells: Int = 512, limits: ChoiceLimits = ChoiceLimits(),
  of program: (inout CellQuadrature) throws -> Double
) throws -> QuadratureValue {
  guard cells >= 4 else { throw ChoiceError.tooFewCells(found: cells, needed: 4) }
  var choices = CellQuadrature(
    choices: Exhaustive(limits: limits), normal: try NoiseCells.normal(cells),
    uniform: NoiseCells.uniform(cells))
  var sums = MomentSums()
  var error = CompensatedSum()
  let coverage = try visitAll(&choices, limits: limits) { choices in
    let value = try program(&choices)
    try sums.add([value], weight: choices.probability)
    error.add(choices.probability * choices.halfCellVariance)
  }
  let moments = try sums.moments(coverage)
  return QuadratureValue(
    moments.mean[0], errorBound: curvature * error.value + moments.meanBound[0])
}
