import Approximate
import LessonKit
import Probability

extension GradientOfAnExpectationDerivation {
  /// The rules as the library has them, and the ways to get them wrong.
  static let derivation = Derivation<Parts, ExpectationProblem>(
    id: "gradient-of-an-expectation", title: "Where a gradient may go", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      By the parameters of the model the gradient may go inside the mean. By those of q it may \
      not, because what would stand there has the mean zero:
      """)

  static let answer = Parts(
    modelGradient: { problem in problem.law.mean(problem.states.map(problem.modelScore)) },
    modelEstimate: { problem, choices in
      try problem.law.average(of: 1, &choices) { [problem.modelScore($0)] }[0]
    },
    score: { problem, state in problem.law.score(state) },
    variationalGradient: { $0.elbo.exactGradient },
    massPart: { problem in
      let bound = problem.elbo
      return problem.states.map { k in
        problem.states.reduce(0) {
          $0 + problem.law.probabilities[$1] * problem.law.score($1)[k] * bound.signal($1)
        }
      }
    },
    integrandPart: { $0.integrandPart(tie: $1) },
    bitGradient: { b, f in
      let off = b < 1 ? f[0] * (1 - b) * (-1 / (1 - b)) : 0
      let on = b > 0 ? f[1] * b * (1 / b) : 0
      return off + on
    })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "puts-the-gradient-inside", "E_q[∇_φ(log p − log q)] for ∇_φ E_q[log p − log q]",
      source: "E-004", \.variationalGradient
    ) { $0.integrandPart(tie: 0) },
    Mistake(
      "differentiates-q-not-log-q", "E_q[f ∇q]: the draws carry the weight q already",
      source: "E-024", \.variationalGradient
    ) { problem in
      let bound = problem.elbo
      return ExpectedValue(
        under: problem.law, of: { bound.law.probabilities[$0] * bound.signal($0) }
      ).exactGradient
    },
    Mistake(
      "forgets-the-normaliser", "takes φ_z itself for log q(z), so the score is one-hot", \.score
    ) { problem, state in problem.states.map { $0 == state ? 1 : 0 } },
    Mistake(
      "averages-over-the-prior", "E_p(z)[∇_θ log p_θ] in place of E_q[∇_θ log p_θ]",
      \.modelGradient
    ) { problem in
      SoftmaxLaw(probabilities: problem.prior).mean(problem.states.map(problem.modelScore))
    },
    Mistake(
      "draws-from-the-prior", "the one draw is taken from p(z), the weight of q is lost",
      \.modelEstimate
    ) { problem, choices in problem.modelScore(try choices.choose(problem.prior)) },
    Mistake(
      "counts-the-mass-twice", "Σ_z q ∇q f: a derivative of a mass needs no weight", \.massPart
    ) { problem in
      let bound = problem.elbo
      return problem.states.map { k in
        problem.states.reduce(0) {
          let q = problem.law.probabilities[$1]
          return $0 + q * q * problem.law.score($1)[k] * bound.signal($1)
        }
      }
    },
    Mistake(
      "forgets-the-shared-parameter", "drops ∇_φ log p although the model shares φ",
      source: "E-064", \.integrandPart
    ) { problem, _ in problem.integrandPart(tie: 0) },
    Mistake(
      "always-differentiates-the-model", "adds ∇_φ log p though φ is not in p", \.integrandPart
    ) { problem, _ in problem.integrandPart(tie: 1) },
    Mistake(
      "takes-the-boundary-for-granted", "uses f′ = f (log f)′ where f is zero", source: "E-074",
      \.bitGradient
    ) { _, f in f[1] - f[0] },
    Mistake("counts-only-the-one", "forgets that 1 − b depends on b too", \.bitGradient) { b, f in
      b > 0 ? f[1] : -f[0]
    },
  ]
}

extension ExpectationProblem {
  /// E_q[∇_φ (log p − log q)]: mean scores of the prior, as far as it shares φ, and of q.
  fileprivate func integrandPart(tie: Double) -> [Double] {
    let prior = SoftmaxLaw(probabilities: prior)
    let modelPart = law.mean(states.map { prior.score($0) })
    let lawPart = law.mean(states.map { law.score($0) })
    return zip(modelPart, lawPart).map { tie * $0 - $1 }
  }
}
