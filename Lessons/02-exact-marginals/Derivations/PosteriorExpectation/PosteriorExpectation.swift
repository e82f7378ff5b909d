import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification
import _Differentiation

/// Gradients of log marginals, as functions that can be exchanged one by one.
struct LogMarginalGradients: Sendable {
  /// ∇ log p(document) as the posterior mean of ∇ log p(z, document).
  var document: @Sendable (LatentFactorDocument) -> [Double] = {
    DocumentGradient(expectedOver: $0)?.flattened ?? []
  }
  /// ∂ log Σ_k exp(l_k) / ∂ l_k by differentiation.
  var mixture: @Sendable (FiniteJoint) -> [Double] = { joint in
    differentiatedResponsibilities(
      logWeights: joint.prior.map { log($0) }, logLikelihoods: joint.likelihood.map { log($0) })
  }
  /// ∂ log Z / ∂ nodes by differentiation, place by place.
  var field: @Sendable (ChainPotentials) -> [[Double]] = {
    ChainPosterior.differentiated($0).stateMarginals
  }
  /// d/dt log(π σ(t) + (1 − π) σ(−2t)) by differentiation.
  var curve: @Sendable (_ share: Double, _ t: Double) -> Double = { share, t in
    gradient(at: t) { mixedCurve(share, $0) }
  }
}

/// log(π σ(t) + (1 − π) σ(−2t)).
@differentiable(reverse,wrt: t)
private func mixedCurve(_ share: Double, _ t: Double) -> Double {
  let rising = log(share) + logSigmoid(t)
  let falling = log(1 - share) + logSigmoid(-2 * t)
  return logSumExp(Vector(rising, falling))
}

/// One model of each kind.
struct LogMarginalProblem: Sendable {
  var document: LatentFactorDocument
  var mixture: FiniteJoint
  var field: ChainPotentials
  var share: Double
  var t: Double

  static let example = LogMarginalProblem(
    document: .twoFactors, mixture: .threeStates, field: .threePlaces, share: 0.4, t: 0.3)

  static func draw(_ cases: inout Cases) throws -> LogMarginalProblem {
    LogMarginalProblem(
      document: try .random(&cases), mixture: try .random(states: 3, &cases),
      field: try .random(states: 2, length: 3, &cases),
      share: try cases.real(from: 0.1, to: 0.9), t: try cases.real(from: -2, to: 2))
  }
}

extension Page {
  /// One identity, four models.
  static let posteriorExpectation: Exercise<LogMarginalGradients, LogMarginalProblem> = Exercise(
    Sheet(
      id: "posterior-expectation", title: "One identity for all of them", task: "", hints: [],
      example: .example, draw: LogMarginalProblem.draw,
      lines: [documentLine, mixtureLine, fieldLine, curveLine]),
    answer: LogMarginalGradients(),
    mistakes: [
      Mistake(
        "mean-under-the-prior", "averages ∇ log p(z, x) over p(z), not over p(z|x)",
        LogMarginalGradients(document: { document in
          let count = document.latentCount
          var total: [Double] = []
          for state in 0..<(1 << count) {
            let z = latents(state, count: count)
            let weight = exp(document.logPrior(z))
            let term = DocumentGradient(ofLogJoint: document, z).flattened.map { weight * $0 }
            total = total.isEmpty ? term : zip(total, term).map { $0 + $1 }
          }
          return total
        })),
      Mistake(
        "at-the-likeliest-state", "∇ log p(z, x) at the best z: a point in place of the posterior",
        LogMarginalGradients(document: { document in
          let count = document.latentCount
          let states = (0..<(1 << count)).map { latents($0, count: count) }
          let best = states.max { document.logJoint($0) < document.logJoint($1) } ?? []
          return DocumentGradient(ofLogJoint: document, best).flattened
        })),
      Mistake(
        "gradient-of-logits", "subtracts the prior: the gradient by logits, not by log weights",
        source: "pytorch #77053, logits taken for log-probabilities",
        LogMarginalGradients(mixture: { joint in
          zip(LogMarginalGradients().mixture(joint), joint.prior).map { $0 - $1 }
        })),
      Mistake(
        "local-softmax", "the softmax of each place: no message from its neighbours",
        LogMarginalGradients(field: { chain in
          chain.nodes.map { row in
            let total = logSumExp(row)
            return row.map { exp($0 - total) }
          }
        })),
      Mistake(
        "gradient-of-the-mean-log", "π ∇ log σ(t) + (1 − π) ∇ log σ(−2t): prior weights again",
        LogMarginalGradients(curve: { share, t in
          share * sigmoidOf(-t) - 2 * (1 - share) * sigmoidOf(2 * t)
        })),
    ])

  private static let documentLine: Line<LogMarginalGradients, LogMarginalProblem> = Line(
    "document", "E_{p(z|x)}[∇ log p(z, x)] = ∇ log p(x), weights, bias and prior",
    because: "G(z) = ∇ log p(z, x) is random through z; its posterior mean is the derivative",
    claims: ["A-244", "A-242"]
  ) { gradients, problem in
    let expected = DocumentGradient.differentiated(problem.document).flattened
    // ∂/∂prior divides by prior (1 − prior) ≥ .0196: up to 51 in size.
    return .equal(gradients.document(problem.document), expected, terms: 200, magnitude: 51)
  }

  private static let mixtureLine: Line<LogMarginalGradients, LogMarginalProblem> = Line(
    "mixture", "∂ log p(x)/∂ log π_k = p(z = k | x)",
    because: "the derivative of log Σ exp is a softmax: Bayes' rule, found by the chain rule",
    claims: ["A-243", "A-238"]
  ) { gradients, problem in
    let joint = problem.mixture
    let products = zip(joint.prior, joint.likelihood).map { $0 * $1 }
    let evidence = products.reduce(0, +)
    return .equal(gradients.mixture(joint), products.map { $0 / evidence }, magnitude: 1)
  }

  private static let fieldLine: Line<LogMarginalGradients, LogMarginalProblem> = Line(
    "field", "∂ log Z/∂ node_t(k) = p(z_t = k), three places",
    because: "every path through (t, k) has the potential as a factor once", claims: ["A-243"]
  ) { gradients, problem in
    let paths = enumeratedPosterior(of: problem.field).stateMarginals ?? []
    return .equal(
      Array(gradients.field(problem.field).joined()), Array(paths.joined()), magnitude: 1)
  }

  private static let curveLine: Line<LogMarginalGradients, LogMarginalProblem> = Line(
    "curve", "d/dt log(π σ(t) + π̄ σ(−2t)) = (π σ'(t) − 2 π̄ σ'(−2t)) / p(t)",
    because: "if each p(x|z, t) can be differentiated, so can their sum", claims: ["A-238"]
  ) { gradients, problem in
    let (share, t) = (problem.share, problem.t)
    let (one, two) = (sigmoidOf(t), sigmoidOf(-2 * t))
    let slope = share * one * (1 - one) - 2 * (1 - share) * two * (1 - two)
    let value = share * one + (1 - share) * two
    return .equal(gradients.curve(share, t), slope / value, magnitude: 2)
  }

  static func sigmoidOf(_ t: Double) -> Double { 1 / (1 + exp(-t)) }
}
