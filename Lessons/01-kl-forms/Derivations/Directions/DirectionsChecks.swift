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
    /// KL(q‖p), the direction that variational inference minimises.
    var exclusive: @Sendable (_ q: [Double], _ p: [Double]) -> Double
    /// KL(p‖q), the direction that maximum likelihood minimises.
    var inclusive: @Sendable (_ q: [Double], _ p: [Double]) -> Double
  }

  typealias Check = LessonKit.Check<Parts, Experts>

  static let checks: [Check] = [
    bestIsTheMean, noneFits, everyLawAllowsTheData, directionsAgree, gapOfDirections,
  ]
}

// MARK: One law for two experts

extension DirectionsDerivation {
  static let bestIsTheMean = Check(
    "best-single-poisson", "d/dλ KL(mixture‖Poisson(λ)) = 0  at  λ = E[y]",
    because: "KL = E[log p] − E[y] log λ + λ + E[log y!], so the slope is 1 − E[y]/λ",
    claims: ["A-192"]
  ) { parts, experts in
    // The slope at λ vanishes: λ times the expected score must give back λ.
    .equal(
      parts.bestRate(experts), try experts.expectation { count, _ in ExactValue(Double(count)) })
  }

  static let noneFits = Check(
    "none-fits", "min_λ KL(mixture‖Poisson(λ)) ≠ 0, at λ = E[y]",
    because:
      "KL ≥ 2 TV² (Pinsker), and e^−λ is convex: no Poisson of that mean has so many zeros",
    claims: ["A-192", "A-193"]
  ) { parts, experts in
    let zeros = try experts.exactProbability(0).value - exp(-experts.mean)
    return .different(
      try experts.divergence(fromPoissonOfRate: parts.bestRate(experts)), 0.0,
      by: try experts.divergenceAtTheMean(), atLeast: 2 * zeros * zeros)
  }

  static let everyLawAllowsTheData = Check(
    "every-law-allows-the-data", "Poisson(y | λ) ≠ 0  for y = 0, 1, 5, 14",
    because: "no Poisson law excludes a finite set of counts: 'could not have' is too strong",
    claims: ["A-193"]
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

// MARK: Two directions

extension DirectionsDerivation {
  static let directionsAgree = Check(
    "ratio-tends-to-one", "KL(p‖p + hδ) / KL(p + hδ‖p) → 1  as h → 0",
    because: "both are ½h² Σ δ²/p + O(h³): only the third order knows the direction",
    claims: ["A-174"]
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
    "directions-differ", "KL(q‖p) ≠ KL(p‖q)  at h = 1",
    because: "the difference is Σ (q + p) log q/p; the direction is part of the name"
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
