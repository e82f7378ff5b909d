import Exact
import LessonKit
import Probability
import Verification

/// The signature of exercise `score-function`: a gradient from samples.
protocol ScoreFunctionForm: Sendable {
  /// An estimate of ∇ELBO with respect to the logits of q, from S samples of q.
  ///
  /// ```
  /// g_d = (1/S) Σ_s (f(z_s) − c_d) (z_sd − b_d),     z_s ~ q
  /// ```
  func estimate<Choices: DiscreteChoices>(
    _ problem: ScoreFunctionProblem, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double]
}

extension ScoreFunctionForm {
  /// The exact law of the estimate, by running it on every outcome of its choices.
  ///
  /// The largest of our models has 64 outcomes with two samples; a program that goes on choosing is
  /// stopped early.
  func moments(_ problem: ScoreFunctionProblem, samples: Int) throws -> ExactMoments {
    try exactMoments(limits: ChoiceLimits(outcomes: 100_000, choices: 1_000)) { choices in
      try estimate(problem, samples: samples, &choices)
    }
  }
}

extension Sheet where Subject == any ScoreFunctionForm, Model == ScoreFunctionProblem {
  /// Write the score-function estimator.
  static let scoreFunction = Sheet(
    id: "score-function",
    title: "A gradient from samples",
    task: """
      Write `estimate`: draw S samples of q with the choices you are given, and return for each \
      component d the average over the samples of (f(z) − c_d) times the derivative of log q(z) \
      with respect to the logit of b_d. Here f(z) = log p(x, z) − log q(z), and c_d is \
      `problem.baselines[d]`. Draw all that you draw from `choices`: your program will be run on \
      every outcome of them.
      """,
    hints: [
      "∇E_q[f] = E_q[f ∇log q]: an average over samples of the signal times a score.",
      "With logits φ, log q(z) = Σ_d z_d φ_d − log(1 + e^φ_d). Its derivative is z_d − b_d.",
      "A sample is `try problem.q.sample(&choices)`, a list of zeros and ones; draw a new one for each s.",
      """
      For each sample: f = problem.model.logJoint(z) − problem.q.logProbability(z), and \
      sum[d] += (f − problem.baselines[d]) * (z[d] − problem.q.probabilities[d]). \
      At the end divide by S.
      """,
    ],
    example: .twoFactors,
    draw: ScoreFunctionProblem.random,
    lines: [
      oneSample, twoSamples, baselineLeavesTheMean, spread, spreadFalls, allOutcomes,
      constantSignal,
    ])

  static var oneSample: Line<any ScoreFunctionForm, ScoreFunctionProblem> {
    Line(
      "one-sample", "E[g] = ∇ELBO,  S = 1",
      because: "∇E_q[f] = E_q[f ∇log q] + E_q[∇f], and the last is −E_q[∇log q] = 0",
      claims: ["A-152"]
    ) { form, problem in
      .equal(
        try form.moments(problem, samples: 1).mean, problem.gradient, magnitude: problem.magnitude)
    }
  }

  static var twoSamples: Line<any ScoreFunctionForm, ScoreFunctionProblem> {
    Line(
      "two-samples", "E[g] = ∇ELBO,  S = 2",
      because: "an average of terms with one mean has that mean", claims: ["A-154"]
    ) { form, problem in
      .equal(
        try form.moments(problem, samples: 2).mean, problem.gradient, magnitude: problem.magnitude)
    }
  }

  static var baselineLeavesTheMean: Line<any ScoreFunctionForm, ScoreFunctionProblem> {
    Line(
      "baseline-leaves-the-mean", "E[g; c] = E[g; 0]",
      because: "E_q[z_d − b_d] = 0, so no constant times it has a mean", claims: ["A-282"]
    ) { form, problem in
      let none = problem.with(baselines: problem.baselines.map { _ in 0 })
      return .equal(
        try form.moments(problem, samples: 1).mean, try form.moments(none, samples: 1).mean,
        magnitude: problem.magnitude)
    }
  }

  static var spread: Line<any ScoreFunctionForm, ScoreFunctionProblem> {
    Line(
      "spread", "Cov[g]_ij = E_q[(f − c_i)(f − c_j) s_i s_j] − ∂_i ∂_j,  S = 1",
      because: "an estimator is more than its mean: one that returns the answer has no spread"
    ) { form, problem in
      let law = problem.law
      return .equal(
        try form.moments(problem, samples: 1).covariance.flatMap { $0 },
        law.covariance.flatMap { $0 }, terms: 256, magnitude: problem.magnitude * problem.magnitude)
    }
  }

  static var spreadFalls: Line<any ScoreFunctionForm, ScoreFunctionProblem> {
    Line(
      "spread-falls", "Cov[g; S = 2] = Cov[g; S = 1] / 2",
      because: "the variance of a mean of independent terms falls as 1/S, not as 1/√S",
      claims: ["A-154"]
    ) { form, problem in
      let law = problem.law
      return .equal(
        try form.moments(problem, samples: 2).covariance.flatMap { $0 },
        law.covariance.flatMap { $0.map { $0 / 2 } }, terms: 256,
        magnitude: problem.magnitude * problem.magnitude)
    }
  }

  static var allOutcomes: Line<any ScoreFunctionForm, ScoreFunctionProblem> {
    Line(
      "all-outcomes", "number of outcomes = 2^(D·S),  S = 2",
      because: "S samples of D bits, every bit drawn once"
    ) { form, problem in
      .equalCounts(
        try form.moments(problem, samples: 2).outcomes, 1 << (2 * problem.componentCount))
    }
  }

  static var constantSignal: Line<any ScoreFunctionForm, ScoreFunctionProblem> {
    Line(
      "constant-signal", "f = 0  ⇒  E[g_d²] = c_d² b_d (1 − b_d),  S = 1",
      because: "with nothing observed and q = p(z) the signal is zero and only −c_d s_d is left"
    ) { form, problem in
      let nothing = ScoreFunctionProblem(
        model: PriorAlone(prior: problem.q), prior: problem.q.probabilities, q: problem.q,
        baselines: problem.baselines)
      let moments = try form.moments(nothing, samples: 1)
      return .equal(
        zip(moments.variances, moments.mean).map { $0 + $1 * $1 },
        zip(problem.baselines, problem.q.probabilities).map { c, b in c * c * b * (1 - b) },
        magnitude: 100)
    }
  }
}
