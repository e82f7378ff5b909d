import Approximate
import LessonKit
import Probability

extension RejectionDerivation {
  /// The library's sampler, and the ways to get it wrong.
  static let derivation = Derivation<Parts, RejectionProblem>(
    id: "rejection", title: "Rejection", example: .example, draw: { try .random(&$0) },
    checks: checks, answer: answer, mistakes: mistakes)

  private static let answer = Parts(trial: { problem, ceiling, choices in
    try RejectionSampler(
      prior: problem.prior, likelihood: problem.likelihood, ceiling: ceiling
    ).trial(&choices)
  })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake("keeps-everything", "keeps every draw: the prior", \.trial) { problem, _, choices in
      try choices.choose(problem.prior)
    },
    Mistake("weighs-the-prior-twice", "keeps z with p(x, z)/C", \.trial) {
      problem, ceiling, choices in
      let state = try choices.choose(problem.prior)
      let joint = problem.prior[state] * problem.likelihood[state]
      return try choices.flip(min(1, joint / ceiling)) ? state : nil
    },
    Mistake("no-ceiling", "keeps z with p(x|z), as if C were 1: right, and rarer", \.trial) {
      problem, _, choices in
      let state = try choices.choose(problem.prior)
      return try choices.flip(problem.likelihood[state]) ? state : nil
    },
  ]
}
