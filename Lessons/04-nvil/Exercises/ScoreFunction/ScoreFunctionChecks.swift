import Exact
import LessonKit
import Probability
import Verification

/// Exercise `score-function`: a gradient from samples.
enum ScoreFunctionExercise {
  /// What is written.
  struct Parts: Sendable {
    /// An estimate of ∇ELBO with respect to the logits of q, from S samples of q.
    ///
    /// ```
    /// g_d = (1/S) Σ_j (f(z^j) − c_d) (z^j_d − b_d),     z^j ~ q
    /// ```
    var estimate:
      @Sendable (ScoreFunctionProblem, _ samples: Int, inout Exhaustive) throws -> [Double]

    /// The exact law of the estimate, by running it on every outcome of its choices.
    ///
    /// The largest of our models has 64 outcomes with two samples; a program that goes on choosing
    /// is stopped early.
    func moments(_ problem: ScoreFunctionProblem, samples: Int) throws -> ExactMoments {
      try exactMoments(limits: ChoiceLimits(outcomes: 100_000, choices: 1_000)) { choices in
        try estimate(problem, samples, &choices)
      }
    }
  }

  typealias Check = LessonKit.Check<Parts, ScoreFunctionProblem>

  static let checks: [Check] = [
    oneSample, twoSamples, baselineLeavesTheMean, spread, spreadFalls, allOutcomes, constantSignal,
  ]
}

// MARK: The mean

extension ScoreFunctionExercise {
  static let oneSample = Check(
    "one-sample", "E[g] = ∇ELBO,  S = 1",
    because: "∇E_q[f] = E_q[f ∇log q] + E_q[∇f], and the last is −E_q[∇log q] = 0",
    claims: ["A-152"], as: .step
  ) { parts, problem in
    .equal(
      try parts.moments(problem, samples: 1).means, problem.gradient)
  }

  static let twoSamples = Check(
    "two-samples", "E[g] = ∇ELBO,  S = 2",
    because: "an average of terms with one mean has that mean", claims: ["A-154"], as: .specialCase
  ) { parts, problem in
    .equal(
      try parts.moments(problem, samples: 2).means, problem.gradient)
  }

  static let baselineLeavesTheMean = Check(
    "baseline-leaves-the-mean", "E[g; c] = E[g; 0]",
    because: "E_q[z_d − b_d] = 0, so no constant times it has a mean", claims: ["A-282"],
    as: .specialCase
  ) { parts, problem in
    let none = problem.with(baselines: problem.baselines.map { _ in 0 })
    return .equal(
      try parts.moments(problem, samples: 1).means, try parts.moments(none, samples: 1).means)
  }
}

// MARK: The spread

extension ScoreFunctionExercise {
  static let spread = Check(
    "spread", "Cov[g]_de = E_q[(f − c_d)(f − c_e) s_d s_e] − E[g]_d E[g]_e,  S = 1",
    because: "an estimator is more than its mean: one that returns the answer has no spread",
    as: .step
  ) { parts, problem in
    let law = problem.law
    return .equal(
      try parts.moments(problem, samples: 1).covariances,
      law.covariance.flatMap { $0 })
  }

  static let spreadFalls = Check(
    "spread-falls", "Cov[g; S = 2] = Cov[g; S = 1] / 2",
    because: "the variance of a mean of independent terms falls as 1/S, not as 1/√S",
    claims: ["A-154"], as: .consequence
  ) { parts, problem in
    let law = problem.law
    return .equal(
      try parts.moments(problem, samples: 2).covariances,
      law.covariance.flatMap { $0.map { $0 / 2 } })
  }

  static let allOutcomes = Check(
    "all-outcomes", "number of outcomes = 2^(D·S),  S = 2",
    because: "S samples of D bits, every bit drawn once", as: .specialCase
  ) { parts, problem in
    .equalCounts(
      try parts.moments(problem, samples: 2).outcomes, 1 << (2 * problem.componentCount))
  }

  static let constantSignal = Check(
    "constant-signal", "f = 0  ⇒  E[g_d²] = c_d² b_d (1 − b_d),  S = 1",
    because: "with nothing observed and q = p(z) the signal is zero and only −c_d s_d is left",
    as: .specialCase
  ) { parts, problem in
    let nothing = ScoreFunctionProblem(
      model: PriorAlone(prior: problem.q), prior: problem.q.probabilities, q: problem.q,
      baselines: problem.baselines)
    let moments = try parts.moments(nothing, samples: 1)
    return .equal(
      zip(moments.variances, moments.mean).map { $0 + $1 * $1 },
      zip(problem.baselines, problem.q.probabilities).map { c, b in c * c * b * (1 - b) })
  }
}
