import GSL
import LessonKit
import Probability

/// Two experts who disagree: a mixture of two Poisson laws, and a tilt for comparing directions.
struct Experts: Sendable {
  /// How much the first expert is believed.
  var weight = 0.6
  /// What each expert says.
  var rates = (low: 2.0, high: 9.0)
  /// λ, some rate of a single Poisson law.
  var rate = 3.0
  /// p, a table of three states.
  var table = [0.2, 0.5, 0.3]
  /// A direction of zero sum along which q leaves the table.
  var direction = [0.128, -0.08, -0.048]

  /// One says about 2, the other about 9.
  static let twoAndNine = Experts()

  /// Rates at least three apart, and a skewed direction.
  ///
  /// The rarest state gains and the others lose in proportion, so that the third order of the
  /// divergences never vanishes.
  static func random(_ cases: inout Cases) throws -> Experts {
    let low = try cases.real(from: 1, to: 3)
    let rare = try cases.real(from: 0.1, to: 0.3)
    let split = try cases.real(from: 0.3, to: 0.7)
    let table = [rare, (1 - rare) * split, (1 - rare) * (1 - split)]
    return Experts(
      weight: try cases.real(from: 0.3, to: 0.7),
      rates: (low, low + (try cases.real(from: 3, to: 8))),
      rate: low * (try cases.real(from: 1.1, to: 1.3)), table: table,
      direction: [0.8 * rare * (1 - rare), -0.8 * rare * table[1], -0.8 * rare * table[2]])
  }

  /// E[y] of the mixture.
  var mean: Double { weight * rates.low + (1 - weight) * rates.high }

  /// Var[y] of the mixture: the mean of the variances and the variance of the means.
  var variance: Double {
    let apart = rates.high - rates.low
    return mean + weight * (1 - weight) * apart * apart
  }
}

extension Experts: Shown {
  /// The mixture p(y), a rate λ, and a table p(z) with a direction u(z) that leaves it.
  var givens: [Given] {
    let (w, v) = (Format.short(weight, digits: 12), Format.short(1 - weight, digits: 12))
    let (low, high) = (Format.short(rates.low, digits: 12), Format.short(rates.high, digits: 12))
    return [
      Given("p(y)", words: "\(w) Poisson(y | \(low)) + \(v) Poisson(y | \(high))"),
      Given("λ", rate),
    ]
  }
}

// MARK: Series over the counts 0…120; beyond them less than 1e-60 is left

extension Experts {
  static let counts = 0...120

  /// p(y) of the mixture.
  func exactProbability(_ count: Int) throws -> ExactValue {
    let (first, second) = (ExactValue(weight), 1 - ExactValue(weight))
    return first * (try PoissonLaw(rate: rates.low).exactLogProbability(count).exponential)
      + second * (try PoissonLaw(rate: rates.high).exactLogProbability(count).exponential)
  }

  /// E[f(y)] under the mixture.
  func expectation(
    _ value: (_ count: Int, _ logProbability: ExactValue) throws -> ExactValue
  ) throws -> ExactValue {
    try Experts.counts.sum { count in
      let probability = try exactProbability(count)
      return probability * (try value(count, probability.logarithm))
    }
  }

  /// KL(mixture‖Poisson(λ)).
  func divergence(fromPoissonOfRate rate: Double) throws -> ExactValue {
    let law = PoissonLaw(rate: rate)
    return try expectation { count, logProbability in
      logProbability - (try law.exactLogProbability(count))
    }
  }

  /// E[log p(y) + log y!].
  func meanLogWithFactorial() throws -> ExactValue {
    try expectation { count, logProbability in
      logProbability + ExactValue(try SpecialFunctions.logFactorial(count))
    }
  }

  /// KL(mixture‖Poisson(λ)) = E[log p + log y!] − E[y] log λ + λ, at λ = E[y].
  func divergenceAtTheMean() throws -> ExactValue {
    let rate = ExactValue(mean)
    return try meanLogWithFactorial() - rate * rate.logarithm + rate
  }

  /// KL(mixture‖negative binomial).
  func divergence(from law: NegativeBinomialLaw) throws -> ExactValue {
    try expectation { count, logProbability in
      logProbability - (try law.logProbability(count))
    }
  }

  /// KL(negative binomial‖mixture).
  func divergence(of law: NegativeBinomialLaw) throws -> ExactValue {
    try Experts.counts.sum { count in
      let logQ = try law.logProbability(count)
      return logQ.exponential * (logQ - (try exactProbability(count).logarithm))
    }
  }

  /// E[log NegBin(y) − log Poisson(y)] at the mixture's mean and variance; log y! cancels.
  ///
  /// Γ(y + r)/Γ(r) is the product r (r + 1) … (r + y − 1).
  func gainOfNegativeBinomial() throws -> ExactValue {
    let (mean, variance) = (ExactValue(mean), ExactValue(variance))
    let size = mean * mean / (variance - mean)
    let success = mean / variance
    var rising: [ExactValue] = [0]
    for y in Experts.counts {
      rising.append(rising[y] + (size + ExactValue(Double(y))).logarithm)
    }
    return try expectation { count, _ in
      let y = ExactValue(Double(count))
      return rising[count] + size * success.logarithm + y * (1 - success).logarithm
        - y * mean.logarithm + mean
    }
  }

  /// KL(Poisson(λ)‖mixture), the other direction.
  func divergence(ofPoissonOfRate rate: Double) throws -> ExactValue {
    let law = PoissonLaw(rate: rate)
    return try Experts.counts.sum { count in
      let logQ = try law.exactLogProbability(count)
      return logQ.exponential * (logQ - (try exactProbability(count).logarithm))
    }
  }

  /// The rate between the experts with the smallest KL(Poisson(λ)‖mixture): a grid, ever finer.
  func bestExclusiveRate() throws -> Double {
    var (low, high) = (rates.low, rates.high)
    for _ in 0..<6 {
      let step = (high - low) / 40
      let grid = (0...40).map { low + step * Double($0) }
      let heights = try grid.map { try divergence(ofPoissonOfRate: $0).value }
      let best = heights.indices.min { heights[$0] < heights[$1] } ?? 0
      (low, high) = (grid[max(0, best - 1)], grid[min(40, best + 1)])
    }
    return (low + high) / 2
  }
}

extension PoissonLaw {
  /// log Poisson(y; λ).
  func exactLogProbability(_ count: Int) throws -> ExactValue {
    ExactValue(try SpecialFunctions.logPoisson(count: count, rate: rate))
  }
}
