import Approximate
import GSL
import LessonKit
import Models
import Networks
import Probability
import Synchronization
import _Differentiation

extension BoundFormsDerivation {
  /// The objective as the library has it, and the ways to get it wrong.
  static let derivation = Derivation<Parts, DocumentProblem>(
    id: "bound-forms", title: "The objective and its gradients", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      The second chain holds for the expected log-likelihood alone. The divergence has a \
      closed form, whose slope is added without any sampling:
      """)

  private static let answer = Parts(
    ratio: { $0.networks.elbo($0.document, .ratio).value },
    entropy: { $0.networks.elbo($0.document, .entropy).value },
    prior: { $0.networks.elbo($0.document, .prior).value },
    ratioAtADraw: { problem, choices in
      try problem.networks.elboEstimate(problem.document, &choices)
    },
    divergence: { $0.networks.divergenceFromPrior($0.document) },
    divergenceGradient: { problem in
      // ∂KL/∂logit = b (1 − b) ∂KL/∂b
      let gradient = problem.q.kullbackLeiblerGradient(from: BernoulliFactors(problem.prior))
      return zip(gradient, problem.q.scoreVariances).map { $0 / $1 }
    },
    divergenceEstimate: { problem, choices in
      let (q, model) = (problem.q, problem.model)
      return try ExpectedValue(under: q) { z in q.logProbability(z) - model.logPrior(z) }
        .gradient(by: Surrogate(), &choices)
    },
    priorEstimate: { problem, choices in
      // The gradient of log p(z|θ) is what the step that trains the prior climbs.
      var training = try problem.batchTraining()
      _ = try training.estimateGradient(&choices)
      return training.gradient.prior.map { -$0 }
    },
    modelEstimate: { problem, choices in
      // θ comes first in the list of parameters.
      var training = problem.training
      let gradient = try training.gradientEstimate(&choices)
      return Array(gradient.prefix(problem.networks.likelihood.parameterCount))
    },
    sumOverMasses: { problem in
      problem.b.indices.map { d in
        problem.states.reduce(0) { total, state in
          total + problem.massSlope(state.z, d) * problem.model.logLikelihood(state.z)
        }
      }
    },
    scoreEstimate: { problem, choices in
      try ExpectedValue(under: problem.q, of: problem.model.logLikelihood)
        .gradient(by: ScoreFunction(None()), &choices)
    },
    decoderCalls: { problem, samples in
      let calls = Mutex(0)
      let reward = ExpectedValue(under: problem.q) { z in
        calls.withLock { $0 += 1 }
        return problem.model.logLikelihood(z)
      }
      var choices = try Sampler(seed: 1)
      _ = try reward.gradient(by: ScoreFunction(None()), samples: samples, &choices)
      return calls.withLock { $0 }
    })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "log-of-the-numerator", "E_q[(log p)/q]: the bracket closes too early, q cancels",
      source: "E-049", \.ratio
    ) { problem in
      problem.states.reduce(0) { $0 + problem.model.logJoint($1.z) }
    }.and(\.ratioAtADraw) { problem, choices in
      let z = try problem.q.sample(&choices)
      return problem.model.logJoint(z) / exp(problem.q.logProbability(z))
    },
    Mistake(
      "entropy-upside-down", "E_q[log p] + E_q[log q]", source: "StateSpaceDynamics.jl #36",
      \.entropy, from: { right in { right($0) + 2 * $0.mean($0.logPosterior) } }),
    Mistake(
      "plus-the-divergence", "E_q[log p(x|z)] + KL(q‖p(z))", source: "EderSantana/gumbel #3",
      \.prior, from: { right in { right($0) + 2 * $0.networks.divergenceFromPrior($0.document) } }),
    Mistake(
      "mean-over-latents", "averages the divergence over the factors instead of adding",
      source: "mkusner/grammarVAE #2", \.divergence,
      from: { right in { right($0) / Double($0.b.count) } }),
    Mistake(
      "mixes-b-and-its-logit", "∂KL/∂λ where ∂KL/∂b was wanted", \.divergenceGradient
    ) { $0.q.kullbackLeiblerGradient(from: BernoulliFactors($0.prior)) },
    Mistake(
      "prior-only", "−log p(z) ∇log q: forgets that log q is in the ratio", \.divergenceEstimate
    ) { problem, choices in
      let model = problem.model
      return try ExpectedValue(under: problem.q) { z in -model.logPrior(z) }
        .gradient(by: Surrogate(), &choices)
    },
    Mistake(
      "prior-gradient-reversed", "E_q[+∇log p(z)] for the gradient of the divergence",
      \.priorEstimate,
      from: { right in { problem, choices in try right(problem, &choices).map { -$0 } } }),
    Mistake(
      "rounds-the-code", "decodes at z = [b > ½] instead of a draw",
      source: "pytorch/examples #419", \.modelEstimate
    ) { problem, choices in
      _ = try choices.choose(below: 1)
      return problem.modelScore(problem.b.map { $0 > 0.5 ? 1 : 0 })
    },
    Mistake(
      "forgets-the-mass", "Σ_z log p(x|z) ∇log q(z), without q(z)", \.sumOverMasses
    ) { problem in
      problem.b.indices.map { d in
        problem.states.reduce(0) {
          $0 + problem.model.logLikelihood($1.z) * ($1.z[d] - problem.b[d])
        }
      }
    },
    Mistake(
      "displayed-gradient", "log p(x|z) ∇log(p/q): the sign of the score is turned round",
      source: "UvA DL2 notebook, displayed ELBO gradient", \.scoreEstimate,
      from: { right in { problem, choices in try right(problem, &choices).map { -$0 } } }),
    Mistake(
      "decodes-every-state", "evaluates p(x|z) for all 2^D states and then picks", \.decoderCalls
    ) { problem, samples in samples * problem.states.count },
  ]
}

extension DocumentProblem {
  /// ∂q(z)/∂λ_d = ± b_d (1 − b_d) times the probabilities of the other bits.
  fileprivate func massSlope(_ z: [Double], _ d: Int) -> Double {
    let others = b.indices.filter { $0 != d }.reduce(1.0) {
      $0 * (z[$1] == 1 ? b[$1] : 1 - b[$1])
    }
    return (z[d] == 1 ? 1 : -1) * b[d] * (1 - b[d]) * others
  }

  /// ∇_θ log p(x | z) by differentiating the likelihood network.
  func modelScore(_ z: [Double]) -> [Double] {
    let (network, counts) = (networks.likelihood, document.counts)
    return network.flat(
      gradient(at: network) { $0.logLikelihood(counts: counts, latents: Vector(z)) })
  }
}
