import GSL
import LessonKit
import Probability
import Verification

/// Two experts who disagree: a mixture of two Poisson laws, and a tilt for comparing directions.
struct Experts: Sendable {
  var weight = 0.6
  var rates = (low: 2.0, high: 9.0)
  /// A table and a direction of zero sum along which q leaves it.
  var table = [0.2, 0.5, 0.3]
  var direction = [0.128, -0.08, -0.048]

  static func random(_ cases: inout Cases) throws -> Experts {
    let low = try cases.real(from: 1, to: 3)
    // The rarest state gains and the others lose in proportion: a skewed direction, for which
    // the third order never vanishes.
    let rare = try cases.real(from: 0.1, to: 0.3)
    let split = try cases.real(from: 0.3, to: 0.7)
    let table = [rare, (1 - rare) * split, (1 - rare) * (1 - split)]
    return Experts(
      weight: try cases.real(from: 0.3, to: 0.7),
      rates: (low, low + (try cases.real(from: 3, to: 8))), table: table,
      direction: [0.8 * rare * (1 - rare), -0.8 * rare * table[1], -0.8 * rare * table[2]])
  }

  /// E[y] of the mixture.
  var mean: Double { weight * rates.low + (1 - weight) * rates.high }

  /// log p(y) of the mixture.
  func logProbability(_ count: Int) throws -> Double {
    logAddExp(
      log(weight) + (try SpecialFunctions.logPoisson(count: count, rate: rates.low).value),
      log(1 - weight) + (try SpecialFunctions.logPoisson(count: count, rate: rates.high).value))
  }

  /// KL(mixture‖Poisson(λ)), summed over the counts; beyond 120 less than 1e-60 is left.
  func divergence(fromPoissonOfRate rate: Double) throws -> Double {
    var sum = CompensatedSum()
    for count in 0...120 {
      let logP = try logProbability(count)
      sum.add(
        exp(logP) * (logP - (try SpecialFunctions.logPoisson(count: count, rate: rate).value)))
    }
    return sum.value
  }

  /// KL(Poisson(λ)‖mixture), the other direction, by the same series.
  func divergence(ofPoissonOfRate rate: Double) throws -> Double {
    var sum = CompensatedSum()
    for count in 0...120 {
      let logQ = try SpecialFunctions.logPoisson(count: count, rate: rate).value
      sum.add(exp(logQ) * (logQ - (try logProbability(count))))
    }
    return sum.value
  }

  /// The rate between the experts with the smallest KL(Poisson(λ)‖mixture): a grid, ever finer.
  func bestExclusiveRate() throws -> Double {
    var (low, high) = (rates.low, rates.high)
    for _ in 0..<6 {
      let step = (high - low) / 40
      let grid = (0...40).map { low + step * Double($0) }
      let heights = try grid.map { try divergence(ofPoissonOfRate: $0) }
      let best = heights.indices.min { heights[$0] < heights[$1] } ?? 0
      (low, high) = (grid[max(0, best - 1)], grid[min(40, best + 1)])
    }
    return (low + high) / 2
  }
}

/// What one does when a law is fitted to another: the direction decides.
struct Fitting: Sendable {
  /// The rate of the one Poisson law closest to the mixture in KL(mixture‖Poisson).
  var bestRate: @Sendable (Experts) throws -> Double = { $0.mean }
  /// KL(q‖p), the direction that variational inference minimises.
  var exclusive: @Sendable ([Double], [Double]) -> Double = { q, p in
    Probability.kullbackLeibler(of: q, from: p)
  }
  /// KL(p‖q), the direction that maximum likelihood minimises.
  var inclusive: @Sendable ([Double], [Double]) -> Double = { q, p in
    Probability.kullbackLeibler(of: p, from: q)
  }
}

extension Page {
  /// One mode for two experts, and when the direction stops to matter.
  static let directions: Exercise<Fitting, Experts> = Exercise(
    Sheet(
      id: "directions", title: "Two directions, and what no direction can mend", task: "",
      hints: [], example: Experts(), draw: { try Experts.random(&$0) }, lines: []),
    answer: Fitting(),
    derivation: [bestIsTheMean, noneFits, everyLawAllowsTheData, directionsAgree, gapOfDirections],
    mistakes: [
      Mistake(
        "fits-the-tallest-peak", "the rate of the heavier component in place of the mean",
        with {
          $0.bestRate = { $0.weight > 0.5 ? $0.rates.low : $0.rates.high }
        }),
      Mistake(
        "averages-the-logs", "the geometric mean of the rates",
        with {
          $0.bestRate = { experts in
            exp(
              experts.weight * log(experts.rates.low) + (1 - experts.weight)
                * log(experts.rates.high))
          }
        }),
      Mistake(
        "uses-one-direction-for-both", "KL(q‖p) under both names", source: "E-076",
        with { $0.inclusive = $0.exclusive }),
      Mistake(
        "exchanges-the-directions", "each direction under the other's name", source: "E-076",
        with { fitting in
          let exclusive = fitting.exclusive
          fitting.exclusive = fitting.inclusive
          fitting.inclusive = exclusive
        }),
    ])

  private static func with(_ change: (inout Fitting) -> Void) -> Fitting {
    var fitting = Fitting()
    change(&fitting)
    return fitting
  }

  private static var bestIsTheMean: Line<Fitting, Experts> {
    Line(
      "best-single-poisson", "d/dλ KL(mixture‖Poisson(λ)) = 0  at  λ = E[y]",
      because: "KL = E[log p] − E[y] log λ + λ + E[log y!], so the slope is 1 − E[y]/λ",
      claims: ["A-192"]
    ) { fitting, experts in
      // The slope at λ vanishes: λ times the expected score must give back λ.
      var expected = CompensatedSum()
      for count in 0...120 {
        expected.add(exp(try experts.logProbability(count)) * Double(count))
      }
      return .equal(
        try fitting.bestRate(experts), expected.value, terms: 1024, magnitude: 20)
    }
  }

  private static var noneFits: Line<Fitting, Experts> {
    Line(
      "none-fits", "min_λ KL(mixture‖Poisson(λ)) ≠ 0, at λ = E[y]",
      because:
        "KL ≥ 2 TV² (Pinsker), and e^−λ is convex: no Poisson of that mean has so many zeros",
      claims: ["A-192", "A-193"]
    ) { fitting, experts in
      let rate = try fitting.bestRate(experts)
      // E[log p] and E[log y!] by series; the Poisson part in closed form.
      var rest = CompensatedSum()
      for count in 0...120 {
        let logP = try experts.logProbability(count)
        rest.add(exp(logP) * (logP + (try SpecialFunctions.logFactorial(count).value)))
      }
      let mean = experts.mean
      let zeros = exp(try experts.logProbability(0)) - exp(-mean)
      return .different(
        try experts.divergence(fromPoissonOfRate: rate), 0,
        by: rest.value - mean * log(mean) + mean, atLeast: 2 * zeros * zeros, terms: 4096,
        magnitude: 40)
    }
  }

  private static var everyLawAllowsTheData: Line<Fitting, Experts> {
    Line(
      "every-law-allows-the-data", "Poisson(y | λ) ≠ 0  for y = 0, 1, 5, 14",
      because: "no Poisson law excludes a finite set of counts: 'could not have' is too strong",
      claims: ["A-193"]
    ) { fitting, experts in
      let rate = try fitting.bestRate(experts)
      let data = [0, 1, 5, 14]
      let probability = try data.reduce(1.0) { product, count in
        product * exp(try SpecialFunctions.logPoisson(count: count, rate: rate).value)
      }
      // λ^Σy e^(−4λ) / Π y!, with the mean for the rate.
      let factorials = try data.reduce(0.0) {
        $0 + (try SpecialFunctions.logFactorial($1).value)
      }
      let expected = exp(20 * log(experts.mean) - 4 * experts.mean - factorials)
      return .different(probability, 0, by: expected, atLeast: 1e-40, terms: 4096)
    }
  }

  private static var directionsAgree: Line<Fitting, Experts> {
    Line(
      "ratio-tends-to-one", "KL(p‖p + hδ) / KL(p + hδ‖p) → 1  as h → 0",
      because: "both are ½h² Σ δ²/p + O(h³): only the third order knows the direction",
      claims: ["A-174"]
    ) { fitting, experts in
      let steps = [4e-4, 2e-4]
      let ratios = steps.map { h in
        let q = zip(experts.table, experts.direction).map { $0 + h * $1 }
        return fitting.inclusive(q, experts.table) / fitting.exclusive(q, experts.table)
      }
      // Second order: the ratio is 1 + ch(1 + rh) with |r| < 3, which moves the order by 1.44 rh.
      // Rounding: q is off by 1e-16, the divergences are 1e-9, ch is 5e-5: another 3e-3.
      return .tends(ratios, to: 1, steps: steps, order: 1, departure: 8e-3)
    }
  }

  private static var gapOfDirections: Line<Fitting, Experts> {
    Line(
      "directions-differ", "KL(q‖p) ≠ KL(p‖q)  at h = 1",
      because: "the difference is Σ (q + p) log q/p; the direction is part of the name"
    ) { fitting, experts in
      let q = zip(experts.table, experts.direction).map { $0 + $1 }
      let p = experts.table
      let difference = zip(q, p).reduce(0) { $0 + ($1.0 + $1.1) * log($1.0 / $1.1) }
      // The ratios are 1 + .8 (1 − r) at the rare state and 1 − .8 r at the others: 3e-3 or more
      // for a rare probability r between .1 and .3.
      return .different(
        fitting.exclusive(q, p), fitting.inclusive(q, p), by: difference, atLeast: 1e-3, terms: 64,
        magnitude: 1)
    }
  }
}
