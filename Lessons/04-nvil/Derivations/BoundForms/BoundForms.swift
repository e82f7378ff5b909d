import Approximate
import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Synchronization
import _Differentiation

/// The objective of neural variational inference and its gradients: what `bound-forms` tests.
struct ObjectiveRules: Rules {
  /// The ELBO in one of its forms.
  var elbo: @Sendable (DocumentProblem, ObjectiveForm) -> Double
  /// KL(q‖p(z)).
  var divergence: @Sendable (DocumentProblem) -> Double
  /// ∂KL/∂b.
  var divergenceGradient: @Sendable (DocumentProblem) -> [Double]
  /// log(q/p) ∇_λ log q at one draw.
  var divergenceEstimate: @Sendable (DocumentProblem, inout Exhaustive) throws -> [Double]
  /// E_q[−∇ log p(z)] with respect to the prior's log odds.
  var priorGradient: @Sendable (DocumentProblem) -> [Double]
  /// ∇_θ log p(x | z) at one draw, for W and then b.
  var modelEstimate: @Sendable (DocumentProblem, inout Exhaustive) throws -> [Double]
  /// Σ_z log p(x | z) ∇_λ q(z).
  var sumOverMasses: @Sendable (DocumentProblem) -> [Double]
  /// log p(x | z) ∇_λ log q(z) at one draw.
  var scoreEstimate: @Sendable (DocumentProblem, inout Exhaustive) throws -> [Double]
  /// How often p(x | z) is evaluated for S draws.
  var decoderCalls: @Sendable (DocumentProblem, Int) throws -> Int

  static let answer: ObjectiveRules = ObjectiveRules(
    elbo: { problem, form in problem.networks.elbo(problem.document, form).value },
    divergence: { $0.networks.divergenceFromPrior($0.document) },
    divergenceGradient: { problem in
      zip(problem.b, problem.prior).map { b, a in GSL.log(b / a) - GSL.log((1 - b) / (1 - a)) }
    },
    divergenceEstimate: { problem, choices in
      let q = BernoulliFactors(problem.b)
      let z = try q.sample(&choices)
      let ratio = q.logProbability(z) - problem.observed.logPrior(z)
      return q.score(z).map { ratio * $0 }
    },
    priorGradient: { problem in
      zip(problem.b, problem.prior).map { b, a in -b * (1 - a) + (1 - b) * a }
    },
    modelEstimate: { problem, choices in
      let z = Vector(try BernoulliFactors(problem.b).sample(&choices))
      return modelScore(problem, z)
    },
    sumOverMasses: { problem in
      problem.b.indices.map { d in
        problem.states.reduce(0) { total, state in
          // ∇q = q(z) (z − b), written as a product over the bits.
          let slope = (state.z[d] == 1 ? 1 : -1) * problem.b[d] * (1 - problem.b[d])
          let others = problem.b.indices.filter { $0 != d }.reduce(1.0) {
            $0 * (state.z[$1] == 1 ? problem.b[$1] : 1 - problem.b[$1])
          }
          return total + slope * others * problem.observed.logLikelihood(state.z)
        }
      }
    },
    scoreEstimate: { problem, choices in
      try ExpectedValue(under: BernoulliFactors(problem.b), of: problem.observed.logLikelihood)
        .gradient(by: ScoreFunction(None()), &choices)
    },
    decoderCalls: { problem, samples in
      let calls = Mutex(0)
      let reward = ExpectedValue(under: BernoulliFactors(problem.b)) { z in
        calls.withLock { $0 += 1 }
        return problem.observed.logLikelihood(z)
      }
      var choices = try Sampler(seed: 1)
      _ = try reward.gradient(by: ScoreFunction(None()), samples: samples, &choices)
      return calls.withLock { $0 }
    })

  /// ∇_θ log p(x | z) by differentiating the likelihood network.
  static func modelScore(_ problem: DocumentProblem, _ z: Vector) -> [Double] {
    let network = problem.networks.likelihood
    let counts = problem.document.counts
    let slope = gradient(at: network) { $0.logLikelihood(counts: counts, latents: z) }
    return network.flat(slope)
  }

  static let mistakes: [Mistake<ObjectiveRules>] = [
    Mistake(
      "log-of-the-numerator", "E_q[(log p)/q]: the bracket closes too early, q cancels",
      source: "E-049",
      answer.with(\.elbo) { problem, form in
        form == .ratio
          ? problem.states.reduce(0) { $0 + problem.observed.logJoint($1.z) }
          : answer.elbo(problem, form)
      }),
    Mistake(
      "entropy-upside-down", "E_q[log p] + E_q[log q]",
      source: "StateSpaceDynamics.jl #36",
      answer.with(\.elbo) { problem, form in
        let right = answer.elbo(problem, form)
        return form == .entropy ? right + 2 * problem.mean(problem.logPosterior) : right
      }),
    Mistake(
      "plus-the-divergence", "E_q[log p(x|z)] + KL(q‖p(z))", source: "EderSantana/gumbel #3",
      answer.with(\.elbo) { problem, form in
        let right = answer.elbo(problem, form)
        return form == .prior ? right + 2 * problem.enumeratedDivergence : right
      }),
    Mistake(
      "mean-over-latents", "averages the divergence over the factors instead of adding",
      source: "mkusner/grammarVAE #2",
      answer.with(\.divergence) { answer.divergence($0) / Double($0.b.count) }),
    Mistake(
      "mixes-b-and-its-logit", "∂KL/∂λ where ∂KL/∂b was wanted",
      answer.with(\.divergenceGradient) { problem in
        zip(answer.divergenceGradient(problem), problem.b).map { $0 * $1 * (1 - $1) }
      }),
    Mistake(
      "prior-only", "−log p(z) ∇log q: forgets that log q is in the ratio",
      answer.with(\.divergenceEstimate) { problem, choices in
        let q = BernoulliFactors(problem.b)
        let z = try q.sample(&choices)
        return q.score(z).map { -problem.observed.logPrior(z) * $0 }
      }),
    Mistake(
      "prior-gradient-reversed", "E_q[+∇log p(z)] for the gradient of the divergence",
      answer.with(\.priorGradient) { answer.priorGradient($0).map { -$0 } }),
    Mistake(
      "rounds-the-code", "decodes at z = [b > ½] instead of a draw",
      source: "pytorch/examples #419",
      answer.with(\.modelEstimate) { problem, choices in
        _ = try choices.choose(below: 1)
        return modelScore(problem, Vector(problem.b.map { $0 > 0.5 ? 1 : 0 }))
      }),
    Mistake(
      "forgets-the-mass", "Σ_z log p(x|z) ∇log q(z), without q(z)",
      answer.with(\.sumOverMasses) { problem in
        problem.b.indices.map { d in
          problem.states.reduce(0) {
            $0 + problem.observed.logLikelihood($1.z) * ($1.z[d] - problem.b[d])
          }
        }
      }),
    Mistake(
      "displayed-gradient", "log p(x|z) ∇log(p/q): the sign of the score is turned round",
      source: "UvA DL2 notebook, displayed ELBO gradient",
      answer.with(\.scoreEstimate) { problem, choices in
        try answer.scoreEstimate(problem, &choices).map { -$0 }
      }),
    Mistake(
      "decodes-every-state", "evaluates p(x|z) for all 2^D states and then picks",
      answer.with(\.decoderCalls) { problem, samples in samples * problem.states.count }),
  ]
}
