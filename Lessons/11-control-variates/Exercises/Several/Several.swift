import Approximate
import GSL
import LessonKit
import Models
import Probability

extension SeveralExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, JointProblem>(
    id: "several", title: "A baseline for each of K draws",
    task: """
      Write `terms`: what multiplies the score of each draw in VIMCO's gradient of L = log (1/K) Σ_k w_k. L^(k) is L \
      with log w_k replaced by the mean of the other log w.
      """,
    hints: [
      "v_k = w_k/Σ_j w_j is there because w_k itself moves with q: ∂log w_k/∂θ is −s_k.",
      "L^(k) still has K weights under its mean; one of them is a stand-in.",
      "L − L^(k) − v_k, with log w_k replaced by Σ_(j ≠ k) log w_j/(K − 1).",
    ],
    example: JointProblem(bits: .document), draw: { JointProblem(bits: try .random(&$0)) },
    checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      So L^(k) costs nothing on average. Two neighbours of this estimator differ in what they \
      add:
      """)

  static let answer = Parts(
    terms: { logWeights in
      // listing: 11 several
      let total = logSumExp(logWeights)
      return logWeights.indices.map { k in
        let others = logWeights.indices.filter { $0 != k }.map { logWeights[$0] }
        let standIn = others.reduce(0, +) / Double(others.count)
        return total - logSumExp(others + [standIn]) - exp(logWeights[k] - total)
      }
      // end of listing
    },
    vimco: { try Zoo.run("vimco", on: $0, with: ["samples": .number(3)], &$1) },
    plain: { try Zoo.run("iwae-score", on: $0, with: ["samples": .number(3)], &$1) },
    nearlyBest: { problem, gamma, choices in
      try Zoo.run(
        "ovis", on: problem, with: ["samples": .number(3), "gamma": .number(gamma)], &choices)
    },
    wake: { problem, draws, choices in
      try Zoo.run("rws-wake", on: problem, with: ["samples": .number(Double(draws))], &choices)
    },
    thermodynamic: {
      try Zoo.run(
        "tvo", on: $0, with: ["samples": .number(2), "partition": .numbers([0, 1])], &$1)
    },
    sleep: { try Zoo.run("sleep", on: $0, &$1) })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "weights-not-differentiated", "L − L^(k), as if w did not depend on q", \.terms,
      from: { right in { logWeights in zip(right(logWeights), shares(logWeights)).map(+) } }),
    Mistake(
      "weights-with-the-wrong-sign", "L − L^(k) + v_k", \.terms,
      from: { right in
        { logWeights in zip(right(logWeights), shares(logWeights)).map { $0 + 2 * $1 } }
      }),
    Mistake(
      "keeps-its-own-weight", "L^(k) = L: the draw is in its own baseline", \.terms
    ) { shares($0).map { -$0 } },
    Mistake(
      "forgets-the-stand-in",
      "L^(k) = log (1/K) Σ_(j ≠ k) w_j: unbiased, and too low by log K/(K − 1)",
      \.terms
    ) { logWeights in
      shares(logWeights).enumerated().map { k, share in
        var others = logWeights
        others.remove(at: k)
        return logSumExp(logWeights) - logSumExp(others) - share
      }
    },
    Mistake("signal-of-its-own", "log w_k in the place of L", \.terms) { logWeights in
      let sum = logWeights.reduce(0, +)
      return zip(logWeights, shares(logWeights)).map { f, share in
        f - (sum - f) / Double(logWeights.count - 1) - share
      }
    },
    Mistake(
      "forgets-log-k", "L = log Σ_k w_k, with L^(k) right: unbiased, and off by a constant",
      \.terms,
      from: { right in { w in right(w).map { $0 + log(Double(w.count)) } } }),
    Mistake(
      "weights-do-not-move", "Σ_k L s_k: the score function of a bound whose weights stand still",
      \.plain
    ) { problem, choices in
      let z = try problem.law.draws(3, &choices)
      let bound = logSumExp(z.map { problem.signals[$0] }) - log(3)
      return problem.law.logits.indices.map { d in
        z.reduce(0) { $0 + bound * problem.law.scores[$1][d] }
      }
    },
    Mistake(
      "takes-it-for-unbiased", "γ = 0: unbiased, where the best constant was asked for",
      \.nearlyBest, from: { right in { problem, _, choices in try right(problem, 0, &choices) } }),
    Mistake(
      "divides-by-all-draws", "the covariance divided by K", \.thermodynamic
    ) {
      try Zoo.run(
        "tvo", on: $0,
        with: ["samples": .number(2), "partition": .numbers([0, 1]), "correction": .flag(false)],
        &$1)
    },
    Mistake("weights-that-add-up-to-p", "Σ_k w_k s_k, not divided by Σ_k w_k", \.wake) {
      problem, draws, choices in
      let z = try problem.law.draws(draws, &choices)
      return problem.law.logits.indices.map { d in
        z.reduce(0) { $0 + exp(problem.signals[$1]) * problem.law.scores[$1][d] }
      }
    },
    Mistake("sleeps-with-q", "z from q: the score has the mean zero there", \.sleep) {
      problem, choices in problem.law.score(try problem.law.sample(&choices))
    },
  ]

  /// v_k.
  private static func shares(_ logWeights: [Double]) -> [Double] {
    let total = logSumExp(logWeights)
    return logWeights.map { exp($0 - total) }
  }
}
