import Approximate
import LessonKit
import Probability

extension DistributedCodeDerivation {
  /// A code of expected features, and the ways to misread it.
  static let derivation = Derivation<Parts, CodeProblem>(
    id: "distributed-code", title: "A code of expected features", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      A code that has been learnt is read by weights, as many as there are features. That \
      reads some functions rightly and others not:
      """)

  private static let answer = Parts(
    change: { problem, choices in
      var code = DistributedCode(features: problem.features, code: problem.code)
      try code.sleep(problem.joint, rate: problem.rate, &choices)
      return zip(code.code.joined(), problem.code.joined()).map { $0 - $1 }
    },
    reading: { problem, values, x in
      try DistributedCode(features: problem.features, code: problem.learnt)
        .mean(of: values, given: x)
    })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake("moves-every-code", "each t(x) moves, whichever x was dreamt", \.change) {
      problem, choices in
      let row = problem.joint.map { $0.reduce(0, +) }
      let x = try choices.choose(row)
      let z = try choices.choose(problem.joint[x].map { $0 / row[x] })
      return problem.code.flatMap { code in
        zip(code, problem.features[z]).map { problem.rate * ($1 - $0) }
      }
    },
    Mistake(
      "assigns-the-features", "t(x) is set to T(z): no average is ever taken", \.change
    ) { problem, choices in
      var code = DistributedCode(features: problem.features, code: problem.code)
      try code.sleep(problem.joint, rate: 1, &choices)
      return zip(code.code.joined(), problem.code.joined()).map { $0 - $1 }
    },
    Mistake(
      "reads-one-feature-at-a-time", "α_i = ⟨g, T_i⟩/⟨T_i, T_i⟩, as if they were orthogonal",
      \.reading
    ) { problem, values, x in
      problem.features[0].indices.reduce(0) { total, i in
        let feature = problem.features.map { $0[i] }
        let product = zip(feature, values).reduce(0) { $0 + $1.0 * $1.1 }
        let square = feature.reduce(0) { $0 + $1 * $1 }
        return total + product / square * problem.learnt[x][i]
      }
    },
    Mistake("reads-a-mean-of-features", "g at the mean features, unweighted over states", \.reading)
    {
      problem, values, _ in values.reduce(0, +) / Double(values.count)
    },
  ]
}
