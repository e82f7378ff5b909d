import Exact
import LessonKit
import Models
import Probability
import Verification

/// Exercise `gaussian-m-step`: the M-step of a mixture of Gaussians, and what it gains.
enum GaussianMStepExercise {
  /// What is written.
  struct Parts: Sendable {
    /// The parameters that maximise E_q[log p(x, z | θ)]; the mixture is where θ was.
    var maximised:
      @Sendable (GaussianMixture, _ responsibilities: [[Double]], _ data: [Double]) throws
        -> GaussianMixture
  }

  typealias Check = LessonKit.Check<Parts, LineProblem>

  static let checks: [Check] = [
    meansMatch, secondMomentsMatch, weightsMatch, gainsExactly, neverFalls,
  ]
}

// MARK: The moments

extension GaussianMStepExercise {
  static let weightsMatch = Check(
    "weights-match", "π′_k = N_k / N", because: "a component weighs what it is responsible for"
  ) { parts, problem in
    let best = try parts.maximised(problem.mixture, problem.responsibilities, problem.data)
    let count = ExactValue(Double(problem.data.count))
    return .equal(best.weights, Tally(problem.responsibilities).counts.map { $0 / count })
  }

  static let meansMatch = Check(
    "means-match", "mean′_k = Σ_n q_nk x_n / N_k",
    because: "∂F/∂mean_k = Σ_n q_nk (x_n − mean_k) / var_k is zero there",
    as: .step
  ) { parts, problem in
    let best = try parts.maximised(problem.mixture, problem.responsibilities, problem.data)
    let tally = Tally(problem.responsibilities)
    return .equal(best.means, [0, 1].map { tally.mean($0, problem.data) })
  }

  static let secondMomentsMatch = Check(
    "second-moments-match", "var′_k + mean′_k² = Σ_n q_nk x_n² / N_k",
    because: "∂F/∂var_k is zero there: the mean of x² is repeated too", as: .step
  ) { parts, problem in
    let best = try parts.maximised(problem.mixture, problem.responsibilities, problem.data)
    let tally = Tally(problem.responsibilities)
    let squares = problem.data.map { ExactValue($0) * ExactValue($0) }
    return .equal(
      [0, 1].map { best.variances[$0] + best.means[$0] * best.means[$0] },
      [0, 1].map { tally.mean($0, squares) })
  }
}

// MARK: The gain

extension GaussianMStepExercise {
  static let gainsExactly = Check(
    "gaussian-gain", "F(q, θ′(q)) − F(q, θ) = N KL(π′‖π) + Σ_k N_k KL(g′_k‖g_k)",
    because: "what any M-step gains is the divergence of the new parameters from the old",
    claims: ["A-074"], as: .consequence
  ) { parts, problem in
    let (mixture, q, data) = (problem.mixture, problem.responsibilities, problem.data)
    let best = try parts.maximised(mixture, q, data)
    return .equal(
      exactFreeEnergy(best, q, data) - exactFreeEnergy(mixture, q, data),
      gainOfMStep(mixture, q, data))
  }

  static let neverFalls = Check(
    "log-likelihood-rises", "log p(x|θ′(r)) ≥ log p(x|θ),  by the gain + Σ_n KL(r_n‖r′_n)",
    because: "an E-step, the M-step above, and the gap that the next E-step will close",
    claims: ["A-074"]
  ) { parts, problem in
    let (mixture, data) = (problem.mixture, problem.data)
    let rows = posteriors(mixture, data)
    let best = try parts.maximised(mixture, rows, data)
    return .atLeast(
      exactLogEvidence(of: best, data), exactLogEvidence(of: mixture, data),
      gap: gainOfMStep(mixture, rows, data) + exactDivergence(rows, posteriors(best, data)))
  }

  /// N KL(π′‖π) + Σ_k N_k KL(N(m_k, s_k)‖N(mean_k, var_k)), with m and s the weighted moments.
  private static func gainOfMStep(
    _ old: GaussianMixture, _ q: [[Double]], _ data: [Double]
  ) -> ExactValue {
    let tally = Tally(q)
    let gains = old.means.indices.sum { k -> ExactValue in
      let mean = tally.mean(k, data)
      let deviations = data.map { ExactValue($0) - mean }
      let ratio = tally.mean(k, deviations.map { $0 * $0 }) / ExactValue(old.variances[k])
      let move = mean - ExactValue(old.means[k])
      let shift = move * move / ExactValue(old.variances[k])
      return tally.counts[k] * (ratio + shift - 1 - ratio.logarithm) / 2
    }
    return tally.gainByWeights(from: old.weights) + gains
  }
}
