import GSL
import LessonKit
import Probability
import Verification

/// Derivation `directions`: one mode for two experts, and when the direction stops to matter.
enum DirectionsDerivation {
  /// What one does when a law is fitted to another: the direction decides.
  struct Parts: Sendable {
    /// The rate of the one Poisson law closest to the mixture in KL(mixture‖Poisson).
    var bestRate: @Sendable (Experts) -> Double
    /// KL(p‖Poisson(λ)) as E_p[log p(y) + log y!] − E_p[y] log λ + λ.
    var divergenceAtRate: @Sendable (_ rate: Double, Experts) throws -> Double
    /// The negative binomial law of the mixture's mean and variance.
    var bestNegativeBinomial: @Sendable (Experts) -> NegativeBinomialLaw
    /// KL(q‖p), the direction that variational inference minimises.
    var exclusive: @Sendable (_ q: [Double], _ p: [Double]) -> Double
    /// KL(p‖q), the direction that maximum likelihood minimises.
    var inclusive: @Sendable (_ q: [Double], _ p: [Double]) -> Double
  }

  typealias Check = LessonKit.Check<Parts, Experts>

  static let checks: [Check] = [
    onlyTheMeanIsAsked, splitsAtTheMean, smallestAtTheMean, noneFits, twoParametersFitBetter,
    directionsAgree, bestIsTheMean, gapOfDirections, everyLawAllowsTheData,
  ]
}

// MARK: The best rate, step by step

extension DirectionsDerivation {
  static let onlyTheMeanIsAsked = Check(
    "only-the-mean-is-asked",
    "KL(p‖Poisson(λ)) = E_p[log p(y) + log y!] − E_p[y] log λ + λ",
    because: "log Poisson(y | λ) = y log λ − λ − log y!", as: .step
  ) { parts, experts in
    .equal(
      try experts.divergence(fromPoissonOfRate: experts.rate),
      try parts.divergenceAtRate(experts.rate, experts),
      rounding: termsCancel(experts))
  }

  static let splitsAtTheMean = Check(
    "splits-at-the-mean",
    "E_p[log p(y) + log y!] − E_p[y] log λ + λ"
      + " = KL(p‖Poisson(E_p[y])) + KL(Poisson(E_p[y])‖Poisson(λ))",
    because: "the same form at λ = E_p[y] is taken away: a Poisson divergence is left", as: .step
  ) { parts, experts in
    let best = parts.bestRate(experts)
    return .equal(
      try experts.divergence(fromPoissonOfRate: experts.rate),
      try experts.divergence(fromPoissonOfRate: best)
        + ExactValue(
          PoissonLaw(rate: best).kullbackLeibler(from: PoissonLaw(rate: experts.rate))))
  }

  private static func termsCancel(_ experts: Experts) -> Rounding {
    .of(
      size: 4 * (experts.rates.low + experts.rates.high),
      because: "E_p[log y!] and E_p[y] log λ, each below the rates times log 22, cancel")
  }

  static let smallestAtTheMean = Check(
    "smallest-at-the-mean",
    "KL(p‖Poisson(E_p[y])) + KL(Poisson(E_p[y])‖Poisson(λ)) ≥ KL(p‖Poisson(E_p[y]))",
    because: "a divergence is never negative: no λ is better than the mean", as: .step
  ) { parts, experts in
    let (mean, rate) = (ExactValue(experts.mean), ExactValue(experts.rate))
    return .atLeast(
      try parts.divergenceAtRate(experts.rate, experts), try experts.divergenceAtTheMean(),
      gap: mean * (mean / rate).logarithm - mean + rate,
      rounding: termsCancel(experts))
  }
}

// MARK: One law for two experts

extension DirectionsDerivation {
  static let bestIsTheMean = Check(
    "best-single-poisson", "d/dλ KL(p‖Poisson(λ)) = 0  at  λ = E_p[y]",
    because: "KL = E_p[log p(y)] − E_p[y] log λ + λ + E_p[log y!], so the slope is 1 − E_p[y]/λ",
    claims: ["A-192"]
  ) { parts, experts in
    // The slope at λ vanishes: λ times the expected score must give back λ.
    .equal(
      parts.bestRate(experts), try experts.expectation { count, _ in ExactValue(Double(count)) })
  }

  static let noneFits = Check(
    "none-fits", "min_λ KL(p‖Poisson(λ)) ≠ 0, at λ = E_p[y]",
    because:
      "p gives y = 0 more than the Poisson of its mean does; by Pinsker, KL ≥ 2 (difference)²",
    claims: ["A-192", "A-193"], as: .aside
  ) { parts, experts in
    let zeros = try experts.exactProbability(0).value - exp(-experts.mean)
    return .different(
      try parts.divergenceAtRate(parts.bestRate(experts), experts), 0.0,
      by: try experts.divergenceAtTheMean(), atLeast: 2 * zeros * zeros,
      rounding: termsCancel(experts))
  }

  static let everyLawAllowsTheData = Check(
    "every-law-allows-the-data", "Poisson(y | λ) ≠ 0  for y = 0, 1, 5, 14",
    because: "no Poisson excludes a finite set of counts: \"could not have\" is too strong",
    claims: [.against("A-193")], as: .aside, changing: { [Given("λ", $0.mean)] }
  ) { parts, experts in
    let data = [0, 1, 5, 14]
    let law = PoissonLaw(rate: parts.bestRate(experts))
    let logProbability = try data.sum { try law.exactLogProbability($0) }
    // λ^Σy e^(−4λ) / Π y!, with the mean for the rate.
    let factorials = try data.sum { ExactValue(try SpecialFunctions.logFactorial($0)) }
    let rate = ExactValue(experts.mean)
    let expected = 20 * rate.logarithm - 4 * rate - factorials
    return .different(
      logProbability.exponential, 0.0, by: expected.exponential, atLeast: 1e-40)
  }
}

// MARK: More parameters, two directions

extension DirectionsDerivation {
  /// What one more parameter buys.
  static let twoParametersFitBetter = Check(
    "two-parameters-fit-better", "KL(p‖NegBin(E_p[y], Var_p[y])) ≤ KL(p‖Poisson(E_p[y]))",
    because: "it has one hump as well, and a variance of its own", as: .consequence
  ) { parts, experts in
    let law = parts.bestNegativeBinomial(experts)
    return .atMost(
      try experts.divergence(from: law), try experts.divergenceAtTheMean(),
      gap: try experts.gainOfNegativeBinomial())
  }

  static let directionsAgree = Check(
    "ratio-tends-to-one", "KL(p‖p + hu) / KL(p + hu‖p) → 1  as h → 0",
    because: "both are ½h² Σ_z u(z)²/p(z) to second order, where no direction is left",
    claims: ["A-174"],
    changing: { [Given("p(z)", $0.table), Given("u(z)", $0.direction), Given("h", [4e-4, 2e-4])] }
  ) { parts, experts in
    let steps = [4e-4, 2e-4]
    let ratios = steps.map { h in
      let q = zip(experts.table, experts.direction).map { $0 + h * $1 }
      return parts.inclusive(q, experts.table) / parts.exclusive(q, experts.table)
    }
    // Second order: the ratio is 1 + ch(1 + rh) with |r| < 3, which moves the order by 1.44 rh.
    // Rounding: q is off by 1e-16, the divergences are 1e-9, ch is 5e-5: another 3e-3.
    return .tends(ratios, to: 1.0, steps: steps, order: 1, departure: 8e-3)
  }

  static let gapOfDirections = Check(
    "directions-differ", "KL(p + hu‖p) ≠ KL(p‖p + hu)  at h = 1",
    because: "q = p + u is far from p, and the direction is part of the name",
    changing: { [Given("p(z)", $0.table), Given("u(z)", $0.direction)] }
  ) { parts, experts in
    let p = experts.table
    let q = zip(p, experts.direction).map { $0 + $1 }
    let difference = zip(q, p).sum { pair in
      let (q, p) = (ExactValue(pair.0), ExactValue(pair.1))
      return (q + p) * (q / p).logarithm
    }
    // The ratios are 1 + .8 (1 − r) at the rare state and 1 − .8 r at the others: 3e-3 or more
    // for a rare probability r between .1 and .3.
    return .different(
      parts.exclusive(q, p), parts.inclusive(q, p), by: difference, atLeast: 1e-3)
  }
}
