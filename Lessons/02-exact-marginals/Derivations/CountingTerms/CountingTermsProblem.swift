import GSL
import Models
import Probability

/// Factors whose weights are multiples of a unit, a count, and a mixture beside them.
struct CountingTermsProblem: Sendable {
  /// z_d ~ Bern(b_d), y ~ Poisson(exp Σ_d w_d z_d).
  var model: PoissonFactorModel
  /// u, of which the weights are multiples.
  var unit: Double
  /// m_d = w_d / u.
  var multiples: [Int]
  /// y.
  var count: Int
  /// A mixture of Poisson laws.
  var mixture: PoissonMixture
  /// The rate of both Poisson latents.
  var rate: Double

  /// Five switches with 32 states and 14 totals.
  static func example() throws -> CountingTermsProblem {
    let multiples = [1, 2, 2, 3, 5]
    return CountingTermsProblem(
      model: try PoissonFactorModel(
        prior: [0.1, 0.4, 0.5, 0.7, 0.2], weights: multiples.map { 0.15 * Double($0) }),
      unit: 0.15, multiples: multiples, count: 3, mixture: .threeRates, rate: 1.3)
  }

  static func random(_ cases: inout Cases) throws -> CountingTermsProblem {
    let unit = try cases.real(from: 0.15, to: 0.35)
    let (model, multiples) = try PoissonFactorModel.random(
      factors: try cases.integer(2...5), unit: unit, &cases)
    return CountingTermsProblem(
      model: model, unit: unit, multiples: multiples, count: try cases.integer(1...6),
      mixture: try .random(components: try cases.integer(2...4), &cases),
      rate: try cases.real(from: 0.5, to: 2))
  }

  /// The first two factors alone.
  func firstTwo() throws -> PoissonFactorModel {
    try PoissonFactorModel(
      prior: Array(model.prior.prefix(2)), weights: Array(model.weights.prefix(2)))
  }

  /// Other factors with weights u m_d.
  func with(prior: [Double], unit: Double, multiples: [Int]) throws -> CountingTermsProblem {
    var other = self
    (other.unit, other.multiples) = (unit, multiples)
    other.model = try PoissonFactorModel(
      prior: prior, weights: multiples.map { unit * Double($0) })
    return other
  }

  /// π_k Poisson(y; λ_k), one term of a mixture.
  static func joint(_ mixture: PoissonMixture, _ component: Int, _ count: Int) -> ExactValue {
    ExactValue(mixture.weights[component])
      * poisson(count, rate: ExactValue(mixture.rates[component]))
  }

  /// E(z_1, z_2) = −log p(y, z_1, z_2) + constants on ℕ².
  ///
  /// ```
  /// z_1, z_2 ~ Poisson(λ),   y ~ Poisson(e^s),   s = .3 z_1 + .5 z_2 − 1
  /// E = e^s − y s − (z_1 + z_2) log λ + log z_1! + log z_2!
  /// ```
  func energy(_ z1: Int, _ z2: Int) -> Double {
    let score = 0.3 * Double(z1) + 0.5 * Double(z2) - 1
    return exp(score) - Double(count) * score - Double(z1 + z2) * log(rate)
      + logFactorials[z1] + logFactorials[z2]
  }

  /// −log p(z_1, z_2) for rates λ and 2 λ where z_1 + z_2 = y, infinite elsewhere.
  func energyOfParts(_ z1: Int, _ z2: Int) -> Double {
    guard z1 + z2 == count else { return .infinity }
    let one = poisson(z1, rate: ExactValue(rate))
    let other = poisson(z2, rate: 2 * ExactValue(rate))
    return -(one * other).logarithm.value
  }
}

/// log n! for n < 30.
private let logFactorials: [Double] = (0..<30).reduce(into: []) { table, n in
  table.append((table.last ?? 0) + log(Double(max(1, n))))
}
