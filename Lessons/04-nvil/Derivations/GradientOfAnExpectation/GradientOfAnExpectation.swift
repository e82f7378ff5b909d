import Approximate
import LessonKit
import Probability

/// The rules by which a gradient goes through an expectation: what `gradient-of-an-expectation`
/// puts to the test.
struct GradientRules: Rules {
  /// E_q[∇_θ log p_θ(x, z)].
  var modelGradient: @Sendable (ExpectationProblem) -> Double
  /// ∇_θ log p_θ(x, z) at one draw of q.
  var modelEstimate: @Sendable (ExpectationProblem, inout Exhaustive) throws -> Double
  /// ∇_φ log q(z) at a state.
  var score: @Sendable (ExpectationProblem, Int) -> [Double]
  /// ∇_φ ELBO.
  var variationalGradient: @Sendable (ExpectationProblem) -> [Double]
  /// E_q[∇_φ (log p(x, z) − log q(z))], where p may share φ with the given weight.
  var integrandPart: @Sendable (ExpectationProblem, Double) -> [Double]
  /// Σ over the support of q of f(z) q(z) ∂_b log q(z), for one bit with P(1) = b.
  var bitGradient: @Sendable (Double, [Double]) -> Double

  /// The rules as the library has them.
  static let answer: GradientRules = GradientRules(
    modelGradient: { problem in problem.law.mean(problem.states.map(problem.modelScore)) },
    modelEstimate: { problem, choices in
      try problem.law.average(of: 1, &choices) { [problem.modelScore($0)] }[0]
    },
    score: { problem, state in problem.law.score(state) },
    variationalGradient: { problem in
      ExpectedValue.elbo(of: problem.logJoints, under: problem.law).exactGradient
    },
    integrandPart: { problem, tie in
      let prior = SoftmaxLaw(probabilities: problem.prior)
      let modelPart = problem.law.mean(problem.states.map { prior.score($0) })
      let lawPart = problem.law.mean(problem.states.map { problem.law.score($0) })
      return zip(modelPart, lawPart).map { tie * $0 - $1 }
    },
    bitGradient: { b, f in
      let off = b < 1 ? f[0] * (1 - b) * (-1 / (1 - b)) : 0
      let on = b > 0 ? f[1] * b * (1 / b) : 0
      return off + on
    })

  static let mistakes: [Mistake<GradientRules>] = [
    Mistake(
      "puts-the-gradient-inside", "E_q[∇_φ(log p − log q)] for ∇_φ E_q[log p − log q]",
      source: "E-004",
      answer.with(\.variationalGradient) { answer.integrandPart($0, 0) }),
    Mistake(
      "differentiates-q-not-log-q", "E_q[f ∇q]: the draws carry the weight q already",
      source: "E-024",
      answer.with(\.variationalGradient) { problem in
        let bound = ExpectedValue.elbo(of: problem.logJoints, under: problem.law)
        return ExpectedValue(
          under: problem.law, of: { bound.law.probabilities[$0] * bound.signal($0) }
        ).exactGradient
      }),
    Mistake(
      "forgets-the-normaliser", "takes φ_z itself for log q(z), so the score is one-hot",
      answer.with(\.score) { problem, state in problem.states.map { $0 == state ? 1 : 0 } }),
    Mistake(
      "averages-over-the-prior", "E_p(z)[∇_θ log p_θ] in place of E_q[∇_θ log p_θ]",
      answer.with(\.modelGradient) { problem in
        SoftmaxLaw(probabilities: problem.prior).mean(problem.states.map(problem.modelScore))
      }),
    Mistake(
      "draws-from-the-prior", "the one draw is taken from p(z), the weight of q is lost",
      answer.with(\.modelEstimate) { problem, choices in
        problem.modelScore(try choices.choose(problem.prior))
      }),
    Mistake(
      "forgets-the-shared-parameter", "drops ∇_φ log p although the model shares φ",
      source: "E-064",
      answer.with(\.integrandPart) { problem, _ in answer.integrandPart(problem, 0) }),
    Mistake(
      "always-differentiates-the-model", "adds ∇_φ log p though φ is not in p",
      answer.with(\.integrandPart) { problem, _ in answer.integrandPart(problem, 1) }),
    Mistake(
      "takes-the-boundary-for-granted", "uses f′ = f (log f)′ where f is zero", source: "E-074",
      answer.with(\.bitGradient) { _, f in f[1] - f[0] }),
    Mistake(
      "counts-only-the-one", "forgets that 1 − b depends on b too",
      answer.with(\.bitGradient) { b, f in b > 0 ? f[1] : -f[0] }),
  ]
}
