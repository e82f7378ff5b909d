import Approximate
import GSL
import LessonKit
import Models
import Probability

extension OneSampleExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, FactorProblem>(
    id: "one-sample",
    title: "All it takes is one draw",
    task: """
      Write `estimate`: draw one z from q, bit by bit, with the choices that you are given, and return \
      log p(x, z) − log q(z). Then `weighted`: draw K of them and return the logarithm of the mean of \
      the K weights p(x, z)/q(z). A sum over 2^D states becomes a few draws, and the checks run your program over \
      every outcome of its choices to see whether it is right on average.
      """,
    hints: [
      "The draw comes from q, not from the prior.",
      "Both logarithms are taken at the same z.",
      "log p(x, z) = Σ_d log p(z_d) + log p(x|z), and log q(z) = Σ_d [z_d log b_d + (1 − z_d) log(1 − b_d)].",
      "Of several draws: the logarithm of (1/K) Σ_k w_k, not the mean of the K logarithms.",
    ],
    example: .twoFactors,
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      estimate: { problem, choices in try sampledELBO(of: problem.q, problem.document, &choices) },
      weighted: { problem, samples, choices in
        try problem.weights.importanceWeightedBound(samples: samples, &choices)
      }),
    mistakes: mistakes, handin: handin)

  static let mistakes: [Mistake<Parts>] = [
    Mistake("draws-from-the-prior", "z ~ p(z) under a bound for q", \.estimate) {
      problem, choices in
      let z = try problem.prior.sample(&choices)
      return problem.document.logJoint(z) - problem.q.logProbability(z)
    },
    Mistake(
      "drops-log-q", "log p(x, z) alone: an energy, no bound on anything sampled so", \.estimate
    ) { problem, choices in problem.document.logJoint(try problem.q.sample(&choices)) },
    // Its mean is right, since means add; its spread is not that of the bound's estimate.
    Mistake(
      "fresh-draw-for-each-term", "one draw for log p(x, z), another for log q(z)", \.estimate
    ) { problem, choices in
      let energy = problem.document.logJoint(try problem.q.sample(&choices))
      return energy - problem.q.logProbability(try problem.q.sample(&choices))
    },
    Mistake("weights-upside-down", "q(z)/p(x, z) for p(x, z)/q(z)", \.weighted) {
      problem, samples, choices in
      let draws = try problem.weights.draws(samples, &choices)
      return logSumExp(draws.map { -problem.weights.signal($0) }) - log(Double(samples))
    },
    Mistake(
      "mean-of-the-logs", "(1/K) Σ_k log w_k: no draw helps another", \.weighted
    ) { problem, samples, choices in try problem.weights.average(of: samples, &choices) },
    Mistake(
      "sum-of-the-weights", "log Σ_k w_k: the log K of the mean is missing", \.weighted,
      from: { right in
        { problem, samples, choices in
          try right(problem, samples, &choices) + log(Double(samples))
        }
      }),
  ]
}

extension FactorProblem {
  /// E_q[log w], w = p(x, z)/q(z), as estimators see it.
  fileprivate var weights: ExpectedValue<BernoulliFactors> { .elbo(of: document, under: q) }
}
