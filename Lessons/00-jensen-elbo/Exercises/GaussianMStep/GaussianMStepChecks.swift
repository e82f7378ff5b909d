import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// The signature of exercise `gaussian-m-step`.
protocol GaussianMStep: Sendable {
  /// The parameters that maximise E_q[log p(x, z | θ)]; `mixture` is where θ was.
  func maximised(
    _ mixture: GaussianMixture, _ responsibilities: [[Double]], _ data: [Double]
  ) throws -> GaussianMixture
}

/// The problem of exercise `gaussian-m-step`.
typealias LineProblem = EMProblem<GaussianMixture>

extension Sheet where Subject == any GaussianMStep, Model == LineProblem {
  /// Write the M-step of a mixture of Gaussians.
  static let gaussianMStep: Sheet<any GaussianMStep, LineProblem> = Sheet(
    id: "gaussian-m-step",
    title: "The same hill with Gaussians",
    task: """
      Write the M-step of a mixture of Gaussians on the line: weights, means and variances that \
      maximise E_q[log p(x, z | θ)] for given responsibilities.
      """,
    hints: [
      "Each component sees the data weighted by its responsibilities, and nothing else.",
      "mean_k = Σ_n r_nk x_n / N_k, with N_k = Σ_n r_nk.",
      "The variance is measured around the new mean, and divided by N_k, not by N_k − 1.",
    ],
    example: .fourPoints,
    draw: { cases in try .random(&cases) },
    lines: [weightsMatch, meansMatch, variancesMatch, gaussianGain, gaussianNeverFalls])
}

extension Sheet where Subject == any GaussianMStep, Model == LineProblem {
  static var weightsMatch: Line<any GaussianMStep, LineProblem> {
    Line(
      "weights-match", "π′_k = N_k / N", because: "a component weighs what it is responsible for"
    ) { step, problem in
      let best = try step.maximised(problem.mixture, problem.responsibilities, problem.data)
      let counts = Tally(problem.responsibilities).counts
      return .equal(best.weights, counts.map { $0 / Double(problem.data.count) })
    }
  }

  static var meansMatch: Line<any GaussianMStep, LineProblem> {
    Line(
      "means-match", "mean′_k = Σ_n r_nk x_n / N_k", because: "∂F/∂mean_k = Σ_n r_nk (x_n − mean_k)"
    ) { step, problem in
      let best = try step.maximised(problem.mixture, problem.responsibilities, problem.data)
      let tally = Tally(problem.responsibilities)
      return .equal(best.means, [0, 1].map { tally.mean($0, problem.data) }, magnitude: 4)
    }
  }

  static var variancesMatch: Line<any GaussianMStep, LineProblem> {
    Line(
      "second-moments-match", "var′_k + mean′_k² = Σ_n r_nk x_n² / N_k",
      because: "the second statistic of a Gaussian is x²: the M-step matches it too"
    ) { step, problem in
      let best = try step.maximised(problem.mixture, problem.responsibilities, problem.data)
      let tally = Tally(problem.responsibilities)
      let squares = problem.data.map { $0 * $0 }
      return .equal(
        [0, 1].map { best.variances[$0] + best.means[$0] * best.means[$0] },
        [0, 1].map { tally.mean($0, squares) }, magnitude: 10)
    }
  }

  static var gaussianGain: Line<any GaussianMStep, LineProblem> {
    Line(
      "gaussian-gain", "F(q, θ′) ≥ F(q, θ),  by N KL(π′‖π) + Σ_k N_k KL(N′_k‖N_k)",
      because: "an exponential family's M-step gains the divergence from new to old",
      claims: ["A-074"]
    ) { step, problem in
      let best = try step.maximised(problem.mixture, problem.responsibilities, problem.data)
      return .atLeast(
        freeEnergy(best, problem.responsibilities, problem.data),
        freeEnergy(problem.mixture, problem.responsibilities, problem.data),
        gap: gain(problem.mixture, problem.responsibilities, problem.data),
        magnitude: termsOf(problem))
    }
  }

  static var gaussianNeverFalls: Line<any GaussianMStep, LineProblem> {
    Line(
      "log-likelihood-rises", "log p(x|θ′) ≥ log p(x|θ),  by the gain + Σ_n KL(r_n‖r′_n)",
      because: "an E-step, the M-step above, and the gap that the next E-step will close",
      claims: ["A-074"]
    ) { step, problem in
      let (mixture, data) = (problem.mixture, problem.data)
      let rows = posteriors(mixture, data)
      let best = try step.maximised(mixture, rows, data)
      return .atLeast(
        exactLogEvidence(of: best, data).value, exactLogEvidence(of: mixture, data).value,
        gap: gain(mixture, rows, data) + divergence(rows, posteriors(best, data)),
        magnitude: termsOf(problem))
    }
  }
}

/// N KL(π′‖π) + Σ_k N_k KL(N(m_k, s_k)‖N(mean_k, var_k)), with m and s the weighted moments.
private func gain(_ old: GaussianMixture, _ q: [[Double]], _ data: [Double]) -> Double {
  let tally = Tally(q)
  return old.means.indices.reduce(tally.gainByWeights(from: old.weights)) { total, k in
    let mean = tally.mean(k, data)
    let variance = tally.mean(k, data.map { ($0 - mean) * ($0 - mean) })
    let ratio = variance / old.variances[k]
    let shift = (mean - old.means[k]) * (mean - old.means[k]) / old.variances[k]
    return total + tally.counts[k] * 0.5 * (ratio + shift - 1 - log(ratio))
  }
}

/// The sum of the largest terms of the log densities: squared residuals over variances.
private func termsOf(_ problem: LineProblem) -> Double {
  problem.data.reduce(0) { total, x in
    let worst = zip(problem.mixture.means, problem.mixture.variances).reduce(0) {
      max($0, (x - $1.0) * (x - $1.0) / $1.1)
    }
    return total + worst + 4
  }
}
