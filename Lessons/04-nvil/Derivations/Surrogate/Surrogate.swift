import Approximate
import LessonKit
import Networks
import Probability
import _Differentiation

/// The node whose gradient is wanted and whose value is not: what `surrogate` puts to the test.
struct SurrogateRules: Rules {
  /// The gradient of the surrogate at one draw: for W and b, then for λ.
  var gradient:
    @Sendable (DocumentProblem, Double, inout Exhaustive) throws -> (
      model: [Double], variational: [Double]
    )
  /// The surrogate's value at one draw.
  var value: @Sendable (DocumentProblem, inout Exhaustive) throws -> Double

  static let answer: SurrogateRules = SurrogateRules(
    gradient: { problem, baseline, choices in
      let document = problem.document
      let z = try drawn(problem, &choices)
      return parts(problem) {
        $0.surrogate(document, latents: z, baseline: baseline, divergence: .analytic)
      }
    },
    value: { problem, choices in
      problem.networks.surrogate(
        problem.document, latents: try drawn(problem, &choices), divergence: .analytic)
    })

  static func drawn(_ problem: DocumentProblem, _ choices: inout Exhaustive) throws -> Vector {
    Vector(
      try BernoulliFactors(problem.networks.probabilities(problem.document.words)).sample(
        &choices))
  }

  /// The gradient of a node, split in the two that matter: (W, b), and c, which is λ here.
  static func parts(
    _ problem: DocumentProblem,
    _ node: @differentiable(reverse) (DocumentNetworks) -> Double
  ) -> (model: [Double], variational: [Double]) {
    let networks = problem.networks
    let slope = _Differentiation.gradient(at: networks, of: node)
    let shift = slope.inference.output.bias.filled(like: Vector(problem.logits))
    return (networks.likelihood.flat(slope.likelihood), shift.array)
  }

  static let mistakes: [Mistake<SurrogateRules>] = [
    Mistake(
      "forgets-detach", "differentiates the signal as well",
      source: "duvenaud/relax #6, pydrobert #9",
      answer.with(\.gradient) { problem, _, choices in
        let document = problem.document
        let z = try drawn(problem, &choices)
        return parts(problem) {
          $0.surrogateWithoutDetach(document, latents: z)
        }
      }),
    Mistake(
      "only-the-score-node", "leaves log p(x|z) out of the node: nothing moves θ",
      answer.with(\.gradient) { problem, baseline, choices in
        let right = try answer.gradient(problem, baseline, &choices)
        return (right.model.map { _ in 0 }, right.variational)
      }),
    Mistake(
      "only-the-divergence-trains", "detaches log q too: λ feels the divergence alone",
      source: "izmailovpavel/understandingbdl #8",
      answer.with(\.gradient) { problem, baseline, choices in
        let document = problem.document
        let right = try answer.gradient(problem, baseline, &choices)
        return (right.model, parts(problem) { -$0.divergenceFromPrior(document) }.variational)
      }),
    Mistake(
      "forgets-the-prior-term", "no −KL in the node, and no log p(z) in the signal",
      answer.with(\.gradient) { problem, baseline, choices in
        let document = problem.document
        let right = try answer.gradient(problem, baseline, &choices)
        let divergence = parts(problem) { $0.divergenceFromPrior(document) }.variational
        return (right.model, zip(right.variational, divergence).map { $0 + $1 })
      }),
    Mistake(
      "descends", "hands the node to a minimiser without a minus", source: "NumPyro #1044",
      answer.with(\.gradient) { problem, baseline, choices in
        let right = try answer.gradient(problem, baseline, &choices)
        return (right.model.map { -$0 }, right.variational.map { -$0 })
      }),
    Mistake(
      "baseline-times-b", "subtracts c · Σ b from the node, where it no longer meets a score",
      answer.with(\.gradient) { problem, baseline, choices in
        let right = try answer.gradient(problem, 0, &choices)
        let b = problem.b
        return (right.model, zip(right.variational, b).map { $0 - baseline * $1 * (1 - $1) })
      }),
    Mistake(
      "plots-the-surrogate", "reports the ELBO where the node's value was asked for",
      answer.with(\.value) { problem, choices in
        let z = try drawn(problem, &choices)
        return problem.networks.signal(problem.document, latents: z, divergence: .sampled)
      }),
  ]
}

extension DocumentNetworks {
  /// The node with the signal left in the graph: the gradient of another function, and a wrong one.
  @differentiable(reverse,wrt: self)
  func surrogateWithoutDetach(_ document: Document, latents: Vector) -> Double {
    likelihood.logLikelihood(counts: document.counts, latents: latents)
      + signal(document, latents: latents, divergence: .analytic)
      * logPosterior(document, latents: latents) - divergenceFromPrior(document)
  }
}
