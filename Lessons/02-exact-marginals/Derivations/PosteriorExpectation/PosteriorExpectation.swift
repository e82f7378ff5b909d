import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import _Differentiation

extension PosteriorExpectationDerivation {
  /// The library's gradients, and the ways to get them wrong.
  static let derivation = Derivation<Parts, PosteriorExpectationProblem>(
    id: "posterior-expectation",
    title: "One identity for all of them",
    example: .example,
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      document: { DocumentGradient(expectedOver: $0)?.flattened ?? [] },
      mixture: { joint in
        differentiatedResponsibilities(
          logWeights: joint.prior.map { log($0) }, logLikelihoods: joint.likelihood.map { log($0) })
      },
      field: { ChainPosterior.differentiated($0).stateMarginals },
      curve: { share, theta in gradient(at: theta) { mixedCurve(share, $0) } }),
    mistakes: mistakes,
    afterChain: """
      Nothing in this is special to two values. The first line below has three components, the \
      second the document of section 3 with all its parameters:
      """)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "mean-under-the-prior", "averages ∇ log p(z, x) over p(z), not over p(z|x)", \.document
    ) { document in
      var mean: [Double] = []
      for z in document.states {
        let weight = exp(document.logPrior(z))
        let term = DocumentGradient(ofLogJoint: document, z).flattened.map { weight * $0 }
        mean = mean.isEmpty ? term : zip(mean, term).map { $0 + $1 }
      }
      return mean
    },
    Mistake(
      "at-the-likeliest-state", "∇ log p(z, x) at the best z: a point in place of the posterior",
      \.document
    ) { document in
      let best = document.states.max { document.logJoint($0) < document.logJoint($1) } ?? []
      return DocumentGradient(ofLogJoint: document, best).flattened
    },
    Mistake(
      "gradient-of-logits", "subtracts the prior: the gradient by logits, not by log weights",
      source: "pytorch #77053, logits taken for log-probabilities", \.mixture,
      from: { right in { joint in zip(right(joint), joint.prior).map { $0 - $1 } } }),
    Mistake(
      "local-softmax", "the softmax of each place: no message from its neighbours", \.field
    ) { chain in
      chain.nodes.map { SoftmaxLaw(logits: $0).probabilities }
    },
    Mistake(
      "gradient-of-the-mean-log", "π ∇ log σ(θ) + (1 − π) ∇ log σ(−2θ): prior weights again",
      \.curve
    ) { share, theta in share * sigmoid(-theta) - 2 * (1 - share) * sigmoid(2 * theta) },
  ]
}

/// log(π σ(θ) + (1 − π) σ(−2θ)).
@differentiable(reverse,wrt: theta)
// listing: 02 posterior-expectation
private func mixedCurve(_ share: Double, _ theta: Double) -> Double {
  let rising = log(share) + logSigmoid(theta)
  let falling = log(1 - share) + logSigmoid(-2 * theta)
  return logSumExp(Vector(rising, falling))
}
// end of listing
