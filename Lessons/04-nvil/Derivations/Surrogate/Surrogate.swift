import Approximate
import LessonKit
import Networks
import Probability
import _Differentiation

extension SurrogateDerivation {
  /// The node as the library has it, and the ways to get it wrong.
  static let derivation = Derivation<Parts, DocumentProblem>(
    id: "surrogate", title: "A node whose gradient is right", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer,
    // A wrong node is climbed the wrong way.
    mistakes: mistakes.map {
      $0.and(\.adamStep, madeOf: adamStep).and(\.batchStep, madeOf: batchStep)
    },
    afterChain: """
      Its slopes are right on average, in both kinds of parameters. Its value is another \
      matter, and so is what happens if the signal is not detached:
      """)

  private static let answer = Parts(
    gradient: { problem, baseline, choices in
      let z = try problem.drawn(&choices)
      return problem.slopes {
        $0.surrogate($1, latents: z, baseline: baseline, divergence: .analytic)
      }
    },
    undetached: { problem, choices in try problem.undetached(&choices).model },
    value: { problem, choices in
      problem.networks.surrogate(
        problem.document, latents: try problem.drawn(&choices), divergence: .analytic)
    },
    adamStep: { problem, choices in
      var training = problem.training
      try training.step(&choices)
      return zip(training.networks.inference.output.bias.array, problem.logits).map { $0 - $1 }
    },
    batchStep: { problem, choices in
      var training = try problem.batchTraining(learningRate: 0.5)
      let before = training.parameters
      try training.step(&choices)
      let after = training.parameters
      return zip(after.bias + after.outputBias, before.bias + before.outputBias).map { $0 - $1 }
    })

  /// The first step along the gradient of a node.
  @Sendable private static func adamStep(
    of parts: Parts
  ) -> @Sendable (DocumentProblem, inout Exhaustive) throws -> [Double] {
    { problem, choices in
      var adam = Adam(learningRate: 0.05)
      return adam.step(up: try parts.gradient(problem, 0, &choices).variational)
    }
  }

  /// Half of the gradient of a node, b and λ.
  @Sendable private static func batchStep(
    of parts: Parts
  ) -> @Sendable (DocumentProblem, inout Exhaustive) throws -> [Double] {
    { problem, choices in
      let slopes = try parts.gradient(problem, 0, &choices)
      return (slopes.model.suffix(problem.vocabulary) + slopes.variational).map { 0.5 * $0 }
    }
  }

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "forgets-detach", "differentiates the signal as well",
      source: "duvenaud/relax #6, pydrobert #9", \.gradient
    ) { problem, _, choices in try problem.undetached(&choices) },
    Mistake(
      "only-the-score-node", "leaves log p(x|z) out of the node: nothing moves θ", \.gradient,
      from: { right in
        { problem, baseline, choices in
          var slopes = try right(problem, baseline, &choices)
          slopes.model = slopes.model.map { _ in 0 }
          return slopes
        }
      }),
    Mistake(
      "only-the-divergence-trains", "detaches log q too: λ feels the divergence alone",
      source: "izmailovpavel/understandingbdl #8", \.gradient,
      from: { right in
        { problem, baseline, choices in
          var slopes = try right(problem, baseline, &choices)
          slopes.variational = problem.slopes { -$0.divergenceFromPrior($1) }.variational
          return slopes
        }
      }),
    Mistake(
      "forgets-the-prior-term", "no −KL in the node, and no log p(z) in the signal", \.gradient,
      from: { right in
        { problem, baseline, choices in
          var slopes = try right(problem, baseline, &choices)
          let divergence = problem.slopes { $0.divergenceFromPrior($1) }.variational
          slopes.variational = zip(slopes.variational, divergence).map { $0 + $1 }
          return slopes
        }
      }),
    Mistake(
      "descends", "hands the node to a minimiser without a minus", source: "NumPyro #1044",
      \.gradient,
      from: { right in
        { problem, baseline, choices in
          let slopes = try right(problem, baseline, &choices)
          return (slopes.model.map { -$0 }, slopes.variational.map { -$0 })
        }
      }),
    Mistake(
      "baseline-times-b", "subtracts c · Σ b from the node, where it no longer meets a score",
      \.gradient,
      from: { right in
        { problem, baseline, choices in
          var slopes = try right(problem, 0, &choices)
          slopes.variational = zip(slopes.variational, problem.b).map {
            $0 - baseline * $1 * (1 - $1)
          }
          return slopes
        }
      }),
    Mistake(
      "plots-the-surrogate", "reports the ELBO where the node's value was asked for", \.value
    ) { problem, choices in try problem.networks.elboEstimate(problem.document, &choices) },
  ]
}

extension DocumentProblem {
  /// One draw of q.
  fileprivate func drawn(_ choices: inout Exhaustive) throws -> Vector {
    Vector(try q.sample(&choices))
  }

  /// The gradient of a node, split in the two that matter: (W, b), and c, which is λ here.
  func slopes(
    of node: @differentiable(reverse) (DocumentNetworks, @noDerivative Document) -> Double
  ) -> SurrogateDerivation.Slopes {
    let (networks, document) = (networks, document)
    let slope = gradient(at: networks) { node($0, document) }
    let shift = slope.inference.output.bias.filled(like: Vector(logits))
    return (networks.likelihood.flat(slope.likelihood), shift.array)
  }

  /// The gradient at one draw of the node with the signal left in the graph.
  fileprivate func undetached(
    _ choices: inout Exhaustive
  ) throws -> SurrogateDerivation.Slopes {
    let z = try drawn(&choices)
    return slopes { $0.surrogateWithoutDetach($1, latents: z) }
  }
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
