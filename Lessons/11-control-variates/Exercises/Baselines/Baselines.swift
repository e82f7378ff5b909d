import Approximate
import GSL
import LessonKit
import Models
import Probability

extension BaselinesExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, BitsProblem>(
    id: "baselines", title: "What to subtract from every signal",
    task: """
      Write `constant` and `constants`: the number that makes the variance of all components together least when it \
      is subtracted from every signal, and the same with a number for each component.
      """,
    hints: [
      "Neither is the mean of f: states with a large score count for more.",
      "Var[(f − c) s_d] = E[f² s_d²] − 2 c E[f s_d²] + c² E[s_d²] − E[f s_d]². Where is its foot?",
      "c_d = E[f s_d²]/E[s_d²], and c̄ has |s|² = Σ_d s_d² in the place of s_d².",
    ],
    example: .document, draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      Two parabolas with known feet. Whatever else is subtracted can be looked up on them, \
      f(m) among it:
      """)

  static let answer = Parts(
    constant: { Zoo.subtracted(by: "optimal-scalar-baseline", on: $0) },
    constants: { try PerComponent.optimal(for: $0.mean).baselines.map { $0 ?? 0 } },
    shifted: { problem, constant, choices in
      try Zoo.run(
        "constant-baseline", on: problem, with: ["baseline": .number(constant)], &choices)
    },
    greedy: { try Zoo.run("self-critic", on: $0, &$1) },
    others: { try Zoo.run("leave-one-out", on: $0, &$1) })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "subtracts-the-mean", "E[f]: right only where |s| does not go with f", \.constant
    ) { $0.law.mean($0.signals) },
    Mistake("counts-states-alike", "every state as likely as the others", \.constant) { problem in
      let lengths = problem.law.scores.map { s in s.reduce(0) { $0 + $1 * $1 } }
      return zip(problem.signals, lengths).reduce(0) { $0 + $1.0 * $1.1 }
        / lengths.reduce(0, +)
    },
    Mistake("forgets-the-square", "E[f |s|]/E[|s|]: lengths where their squares belong", \.constant)
    { problem in
      let lengths = problem.law.scores.map { s in sqrt(s.reduce(0) { $0 + $1 * $1 }) }
      return problem.law.mean(zip(problem.signals, lengths).map { $0 * $1 })
        / problem.law.mean(lengths)
    },
    Mistake("one-for-every-bit", "c̄ for each component", \.constants) { problem in
      problem.law.logits.map { _ in problem.bestConstant }
    },
    Mistake(
      "other-bit", "the number of one bit for the other", \.constants,
      from: { right in { Array(try right($0).reversed()) } }),
    Mistake(
      "adds-the-constant", "(f + c) s", \.shifted,
      from: { right in
        { problem, constant, choices in try right(problem, -constant, &choices) }
      }),
    Mistake(
      "critic-is-itself",
      "the sampled state for the greedy one: f − f(z) = 0, and nothing is learnt",
      \.greedy
    ) { problem, choices in
      let z = try problem.law.sample(&choices)
      return problem.law.score(z).map { (problem.signals[z] - problem.signals[z]) * $0 }
    },
    Mistake(
      "critic-draws-again", "a second draw in the place of the greedy state: unbiased, and noisier",
      source: "self-critical training with a sampled rival", \.greedy
    ) { problem, choices in
      let (z, rival) = (try problem.law.sample(&choices), try problem.law.sample(&choices))
      return problem.law.score(z).map { (problem.signals[z] - problem.signals[rival]) * $0 }
    },
    Mistake(
      "critic-takes-the-best", "the state of the largest f instead of the likeliest", \.greedy
    ) { problem, choices in
      try Zoo.run(
        "constant-baseline", on: problem,
        with: ["baseline": .number(problem.signals.max() ?? 0)], &choices)
    },
    Mistake(
      "mean-of-both", "the mean of both signals, the sample's own included",
      source: "CoursIA #15256; E-063", \.others
    ) { try Zoo.run("batch-mean-baseline", on: $0, with: ["samples": .number(2)], &$1) },
    Mistake("no-baseline-at-all", "the mean of two plain estimates", \.others) {
      let (problem, runs) = ($0, 2.0)
      var sum = problem.law.logits.map { _ in 0.0 }
      for _ in 0..<2 {
        let g = try Zoo.run("score-function", on: problem, &$1)
        sum = zip(sum, g).map { $0 + $1 / runs }
      }
      return sum
    },
  ]
}
