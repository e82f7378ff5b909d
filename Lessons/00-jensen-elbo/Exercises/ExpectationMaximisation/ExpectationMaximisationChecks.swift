import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// The signature of exercise `expectation-maximisation`: the two halves of a sweep.
protocol EMSteps: Sendable {
  /// The E-step: r_nk = p(z_n = k | x_n, θ), a list a datum.
  func responsibilities(_ mixture: BernoulliMixture, _ data: [[Double]]) -> [[Double]]
  /// The M-step: the parameters that maximise E_q[log p(x, z | θ)]; `mixture` is where θ was.
  func maximised(
    _ mixture: BernoulliMixture, _ responsibilities: [[Double]], _ data: [[Double]]
  ) throws -> BernoulliMixture
}

/// The problem of exercise `expectation-maximisation`.
typealias BitsProblem = EMProblem<BernoulliMixture>

extension Sheet where Subject == any EMSteps, Model == BitsProblem {
  /// Write both steps of EM.
  static let expectationMaximisation: Sheet<any EMSteps, BitsProblem> = Sheet(
    id: "expectation-maximisation",
    title: "EM: two ways up the same hill",
    task: """
      Data are lists of bits from a mixture of products of Bernoullis. Write the E-step \
      (`responsibilities`) and the M-step (`maximised`). The M-step has to work for any \
      responsibilities, not only for those of the E-step.
      """,
    hints: [
      "The E-step is Bayes' rule, one datum at a time: weight times likelihood, normalised.",
      "Normalise over components, so that Σ_k r_nk = 1 for each datum n.",
      "The M-step counts: a datum with responsibility 0.3 is three tenths of a datum.",
      "N_k = Σ_n r_nk;  weights_k = N_k / N;  p_kd = Σ_n r_nk x_nd / N_k.",
    ],
    example: .sixPoints,
    draw: { cases in try .random(&cases) },
    lines: [
      rowsSumToOne, isBayesRule, tightAfterE, pointsUphill, matchesMoments, gainsExactly,
      stationary, neverFalls,
    ])
}

// MARK: The E-step

extension Sheet where Subject == any EMSteps, Model == BitsProblem {
  static var rowsSumToOne: Line<any EMSteps, BitsProblem> {
    Line(
      "rows-sum-to-one", "Σ_k r_nk = 1", because: "each datum came from some component"
    ) { steps, problem in
      let rows = steps.responsibilities(problem.mixture, problem.data)
      return .equal(rows.map { $0.reduce(0, +) }, problem.data.map { _ in 1 })
    }
  }

  static var isBayesRule: Line<any EMSteps, BitsProblem> {
    Line(
      "bayes-rule", "r_nk = p(z_n = k | x_n, θ)",
      because: "the posterior is joint over evidence, datum by datum", claims: ["A-010"]
    ) { steps, problem in
      let rows = steps.responsibilities(problem.mixture, problem.data)
      return .equal(rows.flatMap { $0 }, posteriors(problem.mixture, problem.data).flatMap { $0 })
    }
  }

  static var tightAfterE: Line<any EMSteps, BitsProblem> {
    Line(
      "tight-after-the-e-step", "F(r, θ) = log p(x|θ)",
      because: "r is the posterior: nothing lies between the bound and the log-evidence",
      claims: ["A-006", "A-268"]
    ) { steps, problem in
      let rows = steps.responsibilities(problem.mixture, problem.data)
      return .equal(
        freeEnergy(problem.mixture, rows, problem.data),
        exactLogEvidence(of: problem.mixture, problem.data).value, magnitude: 20)
    }
  }

  static var pointsUphill: Line<any EMSteps, BitsProblem> {
    Line(
      "same-slope-as-the-evidence", "∂F(r, θ)/∂p_kd = ∂ log p(x|θ)/∂p_kd",
      because: "two smooth functions that touch, one below the other, share their slope",
      claims: ["A-268"]
    ) { steps, problem in
      let rows = steps.responsibilities(problem.mixture, problem.data)
      let p = problem.mixture.probabilities
      let slopes = p.indices.flatMap { k in
        p[k].indices.map { d in
          zip(rows, problem.data).reduce(0) { sum, pair in
            sum + pair.0[k] * (pair.1[d] == 1 ? 1 / p[k][d] : -1 / (1 - p[k][d]))
          }
        }
      }
      let exact = problem.mixture.exactGradientOfLogEvidence(problem.data).flatMap { $0 }
      // A term is at most 1/min(p, 1 − p); six of them are added.
      let steepest = p.joined().reduce(0) { max($0, 1 / $1, 1 / (1 - $1)) }
      return .equal(slopes, exact, magnitude: steepest)
    }
  }
}

// MARK: The M-step

extension Sheet where Subject == any EMSteps, Model == BitsProblem {
  static var matchesMoments: Line<any EMSteps, BitsProblem> {
    Line(
      "moments-match", "N π′_k = N_k   and   N_k p′_kd = Σ_n r_nk x_nd",
      because: "∂F/∂θ = 0 says: the model expects what the responsibilities saw",
      claims: ["A-006"]
    ) { steps, problem in
      let tally = Tally(problem.responsibilities)
      let best = try steps.maximised(problem.mixture, problem.responsibilities, problem.data)
      let expected = best.weights.indices.flatMap { k in
        [Double(problem.data.count) * best.weights[k]]
          + best.probabilities[k].map { tally.counts[k] * $0 }
      }
      let seen = best.weights.indices.flatMap { k in
        [tally.counts[k]]
          + problem.data[0].indices.map { d in
            tally.counts[k] * tally.mean(k, problem.data.map { $0[d] })
          }
      }
      return .equal(expected, seen)
    }
  }

  static var gainsExactly: Line<any EMSteps, BitsProblem> {
    Line(
      "m-step-gain", "F(q, θ′) ≥ F(q, θ),  by N KL(π′‖π) + Σ_k N_k Σ_d KL(p′_kd‖p_kd)",
      because: "what is gained is the divergence of the new parameters from the old ones",
      claims: ["A-006"]
    ) { steps, problem in
      let best = try steps.maximised(problem.mixture, problem.responsibilities, problem.data)
      return .atLeast(
        freeEnergy(best, problem.responsibilities, problem.data),
        freeEnergy(problem.mixture, problem.responsibilities, problem.data),
        gap: gainOfMStep(problem.mixture, problem.responsibilities, problem.data), magnitude: 20)
    }
  }

  /// In log-odds F has slope 0 and curvatures −N_k p(1 − p); its third derivatives are smaller.
  static var stationary: Line<any EMSteps, BitsProblem> {
    Line(
      "m-step-is-stationary", "F(q, θ′ + h) → F(q, θ′),  of order h²",
      because: "at a maximum the first-order term is gone; h is a step in every log-odds",
      claims: ["A-006"]
    ) { steps, problem in
      let q = problem.responsibilities
      let best = try steps.maximised(problem.mixture, q, problem.data)
      let sizes = [0x1p-9, 0x1p-10]
      let values = try sizes.map { freeEnergy(try moved(best, by: $0), q, problem.data) }
      // |F‴/F″| ≤ 1 in log-odds, so the order shown is 2 ± h/(3 · 2 log 2) and rounding.
      return .tends(
        values, to: freeEnergy(best, q, problem.data), steps: sizes, order: 2, departure: 1e-3)
    }
  }

  static var neverFalls: Line<any EMSteps, BitsProblem> {
    Line(
      "evidence-never-falls", "log p(x|θ′) ≥ log p(x|θ),  by the M-step's gain + Σ_n KL(r_n‖r′_n)",
      because: "the bound is tight before, rises, and has opened a gap KL(r_n‖p(z_n|x_n, θ′))",
      claims: ["A-006"]
    ) { steps, problem in
      let (mixture, data) = (problem.mixture, problem.data)
      let rows = steps.responsibilities(mixture, data)
      let best = try steps.maximised(mixture, rows, data)
      let exact = posteriors(mixture, data)
      let gap = gainOfMStep(mixture, exact, data) + divergence(exact, posteriors(best, data))
      return .atLeast(
        exactLogEvidence(of: best, data).value, exactLogEvidence(of: mixture, data).value,
        gap: gap, magnitude: 20)
    }
  }
}

/// p(z_n = k | x_n, θ) by enumeration.
func posteriors<M: Mixture>(_ mixture: M, _ data: [M.Datum]) -> [[Double]] {
  data.map { exactResponsibilities(of: mixture, $0) ?? [] }
}

/// N KL(π′‖π) + Σ_k N_k Σ_d KL(p′_kd‖p_kd), where p′ are the weighted means.
func gainOfMStep(_ old: BernoulliMixture, _ q: [[Double]], _ data: [[Double]]) -> Double {
  let tally = Tally(q)
  return old.probabilities.indices.reduce(tally.gainByWeights(from: old.weights)) { total, k in
    old.probabilities[k].indices.reduce(total) { sum, d in
      sum + tally.counts[k]
        * bitDivergence(tally.mean(k, data.map { $0[d] }), old.probabilities[k][d])
    }
  }
}

/// Every log-odds moved by h, up and down in turn, the weight of the first component included.
private func moved(_ mixture: BernoulliMixture, by h: Double) throws -> BernoulliMixture {
  func shift(_ p: Double, _ by: Double) -> Double { sigmoid(log(p / (1 - p)) + by) }
  let first = shift(mixture.weights[0], h)
  return try BernoulliMixture(
    weights: [first, 1 - first],
    probabilities: mixture.probabilities.enumerated().map { k, row in
      row.enumerated().map { d, p in shift(p, (k + d) % 2 == 0 ? h : -h) }
    })
}
