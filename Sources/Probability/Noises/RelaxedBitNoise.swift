import GSL

/// A relaxed bit y = σ((logit + Λ)/τ) with a logistic Λ.
///
/// Used through smooth functions of y on [0, 1], where the rule of Gauss of y's own law is the best
/// there is: n points are exact for all polynomials in y of degree 2n − 1. The orthogonal polynomials
/// of the law come from a fine grid by the procedure of Stieltjes, the points are the eigenvalues of
/// their three-term recurrence. Reference: Golub and Welsch 1969; Gautschi 2004, section 2.2.
public struct RelaxedBitNoise: NoiseLaw {
  /// The logit of the bit.
  public let logit: Double
  /// τ.
  public let temperature: Double

  /// The law of a relaxed bit.
  public init(logit: Double, temperature: Double) {
    self.logit = logit
    self.temperature = temperature
  }

  /// A draw.
  public func sample<Choices: RandomChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> Double {
    let u = try choices.uniform()
    return sigmoid((logit + log(u) - log(1 - u)) / temperature)
  }

  /// The rule with 6, 8, 10, … points.
  public func rule(level: Int) throws -> WeightedPoints<Double> {
    guard temperature >= Self.leastTemperature else {
      throw ChoiceError.noRule(
        "a relaxed bit has a rule for temperatures of at least \(Self.leastTemperature),"
          + " found \(temperature)")
    }
    return try gaussRule(of: grid, count: 6 + 2 * level)
  }

  /// What is colder has no law that differs from a bit's, and a grid without end.
  public static let leastTemperature = 1e-3

  /// The law on many equally spaced points of its noise, right to rounding.
  private var grid: [(point: Double, weight: Double)] {
    let spacing = 0.12 * min(1, temperature)
    let half = Int(45 / spacing)
    return (-half...half).map { i in
      let noise = spacing * Double(i)
      return (
        sigmoid((logit + noise) / temperature), spacing * sigmoid(noise) * sigmoid(-noise)
      )
    }
  }
}

/// The rule of Gauss for a law given by many weighted points; fewer points where the law has fewer.
func gaussRule(
  of law: [(point: Double, weight: Double)], count: Int
) throws(GSLError) -> WeightedPoints<Double> {
  func mean(_ values: [Double]) -> Double {
    CompensatedSum(zip(law, values).map { $0.weight * $1 }).value
  }
  // √b_k p_{k+1} = (x − a_k) p_k − √b_{k−1} p_{k−1}, orthonormal under the law.
  let x = law.map(\.point)
  var (previous, current) = (x.map { _ in 0.0 }, x.map { _ in 1.0 })
  var (centres, roots): ([Double], [Double]) = ([], [])
  for _ in 0..<count {
    let centre = mean(zip(x, current).map { $0 * $1 * $1 })
    centres.append(centre)
    let back = roots.last ?? 0
    let next = x.indices.map { (x[$0] - centre) * current[$0] - back * previous[$0] }
    let root = sqrt(mean(next.map { $0 * $0 }))
    guard root > 1e-13 else { break }
    roots.append(root)
    (previous, current) = (current, next.map { $0 / root })
  }
  let n = centres.count
  var matrix = [Double](repeating: 0, count: n * n)
  for k in 0..<n {
    matrix[k * n + k] = centres[k]
    guard k + 1 < n else { continue }
    matrix[k * n + k + 1] = roots[k]
    matrix[(k + 1) * n + k] = roots[k]
  }
  let points = try LinearAlgebra.symmetricEigen(order: n, matrix).values
  return WeightedPoints(points.map { ($0, 1 / sumOfSquares(at: $0, centres, roots)) })
}

/// Σ_k p_k(x)², whose reciprocal is the weight of a point.
private func sumOfSquares(at x: Double, _ centres: [Double], _ roots: [Double]) -> Double {
  var (previous, current, sum) = (0.0, 1.0, 1.0)
  for k in 0..<(centres.count - 1) {
    let back = k == 0 ? 0 : roots[k - 1]
    (previous, current) = (
      current, ((x - centres[k]) * current - back * previous) / roots[k]
    )
    sum += current * current
  }
  return sum
}
