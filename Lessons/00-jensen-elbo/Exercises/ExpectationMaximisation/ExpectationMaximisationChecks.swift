import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `expectation-maximisation`: the two halves of a sweep, and what sweeps gain.
enum ExpectationMaximisationExercise {
  /// What is written, and what is given: F, and sweeps of the two steps.
  struct Parts: Sendable {
    /// The E-step: r_nk = p(z_n = k | x_n, θ), a list a datum.
    var responsibilities: @Sendable (BernoulliMixture, _ data: [[Double]]) -> [[Double]]
    /// The M-step: the θ that maximises E_q[log p(x, z | θ)]; the mixture is where θ was.
    var maximised:
      @Sendable (BernoulliMixture, _ responsibilities: [[Double]], _ data: [[Double]]) throws
        -> BernoulliMixture
    /// Where a number of sweeps ends, each from where the last one ended.
    var sweeps: @Sendable (BernoulliMixture, Int, _ data: [[Double]]) throws -> BernoulliMixture
    /// F(q, θ), the ELBO of all data.
    var freeEnergy:
      @Sendable (BernoulliMixture, _ responsibilities: [[Double]], _ data: [[Double]]) -> Double
  }

  typealias Check = LessonKit.Check<Parts, BitsProblem>

  static let checks: [Check] = [
    isBayesRule, matchesMoments, tightAfterE, mStepRaises, boundOfTheNext, neverFalls,
    gainsExactly, rowsSumToOne, pointsUphill, stationary, twoSweeps, freeEnergyMoves,
  ]
}

// MARK: Both steps

extension ExpectationMaximisationExercise {
  static let mStepRaises = Check(
    "m-step-raises", "F(r, θ) ≤ F(r, θ′(r))",
    because: "θ′(r) maximises F with r held still", as: .step
  ) { parts, problem in
    let (mixture, data) = (problem.mixture, problem.data)
    let rows = parts.responsibilities(mixture, data)
    let best = try parts.maximised(mixture, rows, data)
    return .atMost(
      parts.freeEnergy(mixture, rows, data), parts.freeEnergy(best, rows, data),
      gap: gainOfMStep(mixture, posteriors(mixture, data), data))
  }

  static let boundOfTheNext = Check(
    "bound-of-the-next", "F(r, θ′(r)) ≤ log p(x|θ′(r))",
    because: "F is a bound for every θ; at θ′(r) the posterior is no longer r", as: .step
  ) { parts, problem in
    let (mixture, data) = (problem.mixture, problem.data)
    let rows = parts.responsibilities(mixture, data)
    let best = try parts.maximised(mixture, rows, data)
    return .atMost(
      parts.freeEnergy(best, rows, data), exactLogEvidence(of: best, data),
      gap: exactDivergence(posteriors(mixture, data), posteriors(best, data)))
  }

  static let freeEnergyMoves = Check(
    "old-parameters-cannot-climb",
    "printed: E_q[log p(x, z|θ_old)] + H(q) ≠ F(q, θ′(q))",
    because: "what is printed has no θ in it; what it cannot see is the M-step's gain",
    claims: [.against("A-145")], as: .erratum
  ) { parts, problem in
    let (mixture, q, data) = (problem.mixture, problem.responsibilities, problem.data)
    let best = try parts.maximised(mixture, q, data)
    let count = Double(data.count)
    let share = Tally(q).counts[0].value / count - mixture.weights[0]
    // Pinsker: N KL(π′‖π) ≥ 2 N (π′_1 − π_1)².
    return .different(
      parts.freeEnergy(mixture, q, data), parts.freeEnergy(best, q, data),
      by: -gainOfMStep(mixture, q, data), atLeast: 2 * count * share * share)
  }

  static let twoSweeps = Check(
    "two-sweeps", "log p(x|θ₂) ≥ log p(x|θ₀),  by the sum of all gains",
    because: "each sweep's rise is known exactly, and none is negative", claims: ["A-006"]
  ) { parts, problem in
    let data = problem.data
    var mixture = problem.mixture
    var gains: ExactValue = 0
    for _ in 0..<2 {
      let exact = posteriors(mixture, data)
      gains += gainOfMStep(mixture, exact, data)
      mixture = try parts.sweeps(mixture, 1, data)
      gains += exactDivergence(exact, posteriors(mixture, data))
    }
    return .atLeast(
      exactLogEvidence(of: try parts.sweeps(problem.mixture, 2, data), data),
      exactLogEvidence(of: problem.mixture, data), gap: gains)
  }

  static let neverFalls = Check(
    "evidence-never-falls",
    "log p(x|θ′(r)) = log p(x|θ) + [F(r, θ′(r)) − F(r, θ)] + Σ_n KL(r_n‖r′_n)",
    because: "the M-step's gain and the gap that it opens: neither is negative",
    claims: ["A-006"], as: .consequence
  ) { parts, problem in
    let (mixture, data) = (problem.mixture, problem.data)
    let best = try parts.maximised(mixture, parts.responsibilities(mixture, data), data)
    let exact = posteriors(mixture, data)
    let rise = gainOfMStep(mixture, exact, data) + exactDivergence(exact, posteriors(best, data))
    return .equal(
      exactLogEvidence(of: best, data), exactLogEvidence(of: mixture, data) + rise)
  }
}

// MARK: The E-step

extension ExpectationMaximisationExercise {
  static let rowsSumToOne = Check(
    "rows-sum-to-one", "Σ_k r_nk = 1", because: "each datum came from some component"
  ) { parts, problem in
    let rows = parts.responsibilities(problem.mixture, problem.data)
    return .equal(rows.map { $0.reduce(0, +) }, problem.data.map { _ in 1.0 })
  }

  static let isBayesRule = Check(
    "bayes-rule", "r_nk = p(z_n = k | x_n, θ)",
    because: "the posterior is joint over evidence, datum by datum", claims: ["A-010"], as: .step
  ) { parts, problem in
    let rows = parts.responsibilities(problem.mixture, problem.data)
    return .equal(rows, posteriors(problem.mixture, problem.data))
  }

  static let tightAfterE = Check(
    "tight-after-the-e-step", "log p(x|θ) = F(r, θ)",
    because: "r is the posterior: nothing lies between the bound and the log-evidence",
    claims: ["A-006", "A-268"], as: .step
  ) { parts, problem in
    let (mixture, data) = (problem.mixture, problem.data)
    return .equal(
      exactLogEvidence(of: mixture, data),
      parts.freeEnergy(mixture, parts.responsibilities(mixture, data), data))
  }

  static let pointsUphill = Check(
    "same-slope-as-the-evidence", "∂F(r, θ)/∂p_kd = ∂ log p(x|θ)/∂p_kd",
    because: "two smooth functions that touch, one below the other, share their slope",
    claims: ["A-268"]
  ) { parts, problem in
    let rows = parts.responsibilities(problem.mixture, problem.data)
    let p = problem.mixture.probabilities
    let slopes = p.indices.flatMap { k in
      p[k].indices.map { d in
        zip(rows, problem.data).reduce(0) { sum, pair in
          sum + pair.0[k] * (pair.1[d] == 1 ? 1 / p[k][d] : -1 / (1 - p[k][d]))
        }
      }
    }
    return .equal(
      slopes, problem.mixture.exactGradientOfLogEvidence(problem.data).flatMap { $0 },
      rounding: .of(
        size: p.joined().reduce(0) { max($0, 1 / $1, 1 / (1 - $1)) },
        because: "data with the bit on and off pull both ways, each by 1/p or 1/(1 − p) at most"))
  }
}

// MARK: The M-step

extension ExpectationMaximisationExercise {
  static let matchesMoments = Check(
    "moments-match", "N π′_k = N_k   and   N_k p′_kd = Σ_n q_nk x_nd",
    because: "the slope of F is zero, π summing to one: new parameters repeat the weighted counts",
    claims: ["A-006"], as: .step
  ) { parts, problem in
    let tally = Tally(problem.responsibilities)
    let best = try parts.maximised(problem.mixture, problem.responsibilities, problem.data)
    let count = ExactValue(Double(problem.data.count))
    let expected = best.weights.indices.map { k in
      [count * ExactValue(best.weights[k])]
        + best.probabilities[k].map { tally.counts[k] * ExactValue($0) }
    }
    let seen = best.weights.indices.map { k in
      [tally.counts[k]]
        + problem.data[0].indices.map { d in
          tally.counts[k] * tally.mean(k, problem.data.map { $0[d] })
        }
    }
    return .equal(expected, seen)
  }

  static let gainsExactly = Check(
    "m-step-gain", "F(q, θ′(q)) − F(q, θ) = N KL(π′‖π) + Σ_k N_k Σ_d KL(p′_kd‖p_kd)",
    because: "what any M-step gains is the divergence of the new parameters from the old",
    claims: ["A-006"], as: .consequence
  ) { parts, problem in
    let (mixture, q, data) = (problem.mixture, problem.responsibilities, problem.data)
    let best = try parts.maximised(mixture, q, data)
    return .equal(
      parts.freeEnergy(best, q, data) - parts.freeEnergy(mixture, q, data),
      gainOfMStep(mixture, q, data),
      rounding: .of(
        size: -exactFreeEnergy(mixture, q, data).value,
        because: "two bounds are subtracted, each a sum of log joints"))
  }

  /// In log-odds F has slope 0 and curvatures −N_k p(1 − p); its third derivatives are smaller.
  static let stationary = Check(
    "m-step-is-stationary", "F(q, θ′(q) + h) → F(q, θ′(q)),  of order h²",
    because: "at a maximum the first-order term is gone; h is a step in every log-odds",
    claims: ["A-006"]
  ) { parts, problem in
    let (q, data) = (problem.responsibilities, problem.data)
    let best = try parts.maximised(problem.mixture, q, data)
    let sizes = [0x1p-9, 0x1p-10]
    let values = try sizes.map { parts.freeEnergy(try moved(best, by: $0), q, data) }
    // |F‴/F″| ≤ 1 in log-odds, so the order shown is 2 ± h/(3 · 2 log 2) and rounding.
    return .tends(
      values, to: parts.freeEnergy(best, q, data), steps: sizes, order: 2, departure: 1e-3)
  }

  /// N KL(π′‖π) + Σ_k N_k Σ_d KL(p′_kd‖p_kd), where p′ are the weighted means.
  private static func gainOfMStep(
    _ old: BernoulliMixture, _ q: [[Double]], _ data: [[Double]]
  ) -> ExactValue {
    let tally = Tally(q)
    let gains = old.probabilities.indices.sum { k -> ExactValue in
      let divergences = old.probabilities[k].indices.sum { d -> ExactValue in
        let on = tally.mean(k, data.map { $0[d] })
        let off = tally.mean(k, data.map { 1 - $0[d] })
        let p = ExactValue(old.probabilities[k][d])
        return on * (on / p).logarithm + off * (off / (1 - p)).logarithm
      }
      return tally.counts[k] * divergences
    }
    return tally.gainByWeights(from: old.weights) + gains
  }

  /// Every log-odds moved by h, up and down in turn, the weight of the first component included.
  private static func moved(_ mixture: BernoulliMixture, by h: Double) throws -> BernoulliMixture {
    func shift(_ p: Double, _ by: Double) -> Double { sigmoid(log(p / (1 - p)) + by) }
    let first = shift(mixture.weights[0], h)
    return try BernoulliMixture(
      weights: [first, 1 - first],
      probabilities: mixture.probabilities.enumerated().map { k, row in
        row.enumerated().map { d, p in shift(p, (k + d) % 2 == 0 ? h : -h) }
      })
  }
}
