import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification
import _Differentiation

/// Derivation `bound-forms`: the objective of neural variational inference, its forms, and the
/// gradients that can and cannot be had by hand.
enum BoundFormsDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// E_q[log (p(x, z)/q(z))].
    var ratio: @Sendable (DocumentProblem) -> Double
    /// E_q[log p(x, z)] + H(q).
    var entropy: @Sendable (DocumentProblem) -> Double
    /// E_q[log p(x | z)] − KL(q‖p(z)).
    var prior: @Sendable (DocumentProblem) -> Double
    /// log (p(x, z)/q(z)) at one draw.
    var ratioAtADraw: @Sendable (DocumentProblem, inout Exhaustive) throws -> Double
    /// KL(q‖p(z)).
    var divergence: @Sendable (DocumentProblem) -> Double
    /// ∂KL/∂b.
    var divergenceGradient: @Sendable (DocumentProblem) -> [Double]
    /// log(q/p) ∇_λ log q at one draw.
    var divergenceEstimate: @Sendable (DocumentProblem, inout Exhaustive) throws -> [Double]
    /// −∇ log p(z) at one draw, with respect to the prior's log odds.
    var priorEstimate: @Sendable (DocumentProblem, inout Exhaustive) throws -> [Double]
    /// ∇_θ log p(x | z) at one draw, for W and then u.
    var modelEstimate: @Sendable (DocumentProblem, inout Exhaustive) throws -> [Double]
    /// Σ_z log p(x | z) ∇_λ q(z).
    var sumOverMasses: @Sendable (DocumentProblem) -> [Double]
    /// log p(x | z) ∇_λ log q(z) at one draw.
    var scoreEstimate: @Sendable (DocumentProblem, inout Exhaustive) throws -> [Double]
    /// How often p(x | z) is evaluated for S draws.
    var decoderCalls: @Sendable (DocumentProblem, Int) throws -> Int
  }

  typealias Check = LessonKit.Check<Parts, DocumentProblem>

  static let checks: [Check] = [
    ratio, entropy, prior, sumOverMasses, scoreForm, wholeGradient, modelGradient, divergence,
    divergenceInB, divergenceAsMean, priorsGradient, unlessPriorIsShared, printed, cost,
  ]
}

// MARK: Forms

extension BoundFormsDerivation {
  static let ratio = Check(
    "ratio", "ELBO = E_q[log (p(x,z)/q(z|x))]",
    because: "the definition: the logarithm covers the whole ratio",
    claims: ["A-271", .inPlaceOf("A-269")],
    as: .step
  ) { parts, problem in
    .equal(problem.exactBound, parts.ratio(problem))
  }

  static let entropy = Check(
    "entropy", "E_q[log (p(x,z)/q(z|x))] = E_q[log p(x,z)] + H(q)",
    because: "H(q) = −E_q[log q], in closed form for bits", claims: ["A-271"], as: .step
  ) { parts, problem in
    .equal(problem.exactBound, parts.entropy(problem))
  }

  static let prior = Check(
    "prior", "E_q[log p(x,z)] + H(q) = E_q[log p(x|z)] − KL(q‖p(z))",
    because: "log p(x,z) = log p(x|z) + log p(z); q takes the prior", claims: ["A-271"], as: .step
  ) { parts, problem in
    .equal(problem.exactBound, parts.prior(problem))
  }

  static let printed = Check(
    "printed-objective", "E_q[(log p(x,z))/q] = Σ_z log p(x,z) ≠ E_q[log (p(x,z)/q)]",
    because: "with the bracket a symbol too early q cancels: nothing is left for λ to change",
    claims: [.against("A-269")], as: .erratum
  ) { parts, problem in
    let found = try exactMean { try parts.ratioAtADraw(problem, &$0) }
    let printed = problem.states.sum { ExactValue(problem.model.logJoint($0.z)) }
    return .different(printed, found, by: printed - problem.exactBound, atLeast: 1e-9)
  }
}

// MARK: The divergence

extension BoundFormsDerivation {
  static let divergence = Check(
    "divergence", "KL(q‖p(z)) = Σ_d b_d log(b_d/α_d) + (1−b_d) log((1−b_d)/(1−α_d))",
    because: "independent bits: 2^D terms become 2D", claims: ["A-275"], as: .aside
  ) { parts, problem in
    .equal(parts.divergence(problem), problem.enumeratedDivergence)
  }

  static let divergenceInB = Check(
    "divergence-in-b", "∂KL/∂b_d = log(b_d/α_d) − log((1−b_d)/(1−α_d))",
    because: "differentiate by hand; b_d · 1/b_d and (1−b_d) · 1/(1−b_d) cancel",
    claims: ["A-275"], as: .aside
  ) { parts, problem in
    let prior = Vector(problem.prior)
    let slope = gradient(at: Vector(problem.b)) { b in
      b.dot(log(b) - log(prior)) + (1 - b).dot(log(1 - b) - log(1 - prior))
    }
    return .equal(
      parts.divergenceGradient(problem), slope.array,
      rounding: .of(
        size: problem.largestLogOdds,
        because: "one log odds is taken away from another, and terms that are 1 cancel"))
  }

  static let divergenceAsMean = Check(
    "divergence-as-a-mean", "E_q[log(q/p) ∇_λ log q] = ∇_λ KL(q‖p(z))",
    because: "score function; what q in the ratio adds is a mean score", claims: ["A-286"],
    as: .aside
  ) { parts, problem in
    let found = try exactMoments { try parts.divergenceEstimate(problem, &$0) }
    return .equal(found.means, problem.divergenceGradients.ofQ)
  }

  static let priorsGradient = Check(
    "prior-gradient", "E_q[−∇_θ log p(z|θ)] = ∇_θ KL(q‖p(z|θ))",
    because: "q has λ only, so the gradient passes inside", claims: ["A-285"], as: .aside
  ) { parts, problem in
    let found = try exactMoments { try parts.priorEstimate(problem, &$0) }
    return .equal(found.means, problem.divergenceGradients.ofPrior)
  }

  static let unlessPriorIsShared = Check(
    "unless-prior-is-shared", "E_q[−∇_θ log p(z|θ)] ≠ ∇_θ KL(q_θ‖p(z|θ))",
    because: "if q has θ too, E_q[log(q/p) ∇_θ log q] is missing", claims: [.against("A-285")],
    as: .specialCase
  ) { parts, problem in
    // q and the prior share a shift of all their log odds.
    let found = try exactMoments { try parts.priorEstimate(problem, &$0) }
    let slopes = problem.divergenceGradients
    return .different(
      found.means, zip(slopes.ofQ, slopes.ofPrior).map { $0 + $1 },
      by: slopes.ofQ.map { -$0 }, atLeast: 1e-9)
  }
}

// MARK: θ and λ

extension BoundFormsDerivation {
  static let modelGradient = Check(
    "model-gradient", "E[∇_θ log p(x|z¹,θ)] = ∇_θ ELBO,  θ = (W, u)",
    because: "the divergence has no θ, and one draw of z is enough for the mean",
    claims: ["A-273"], as: .specialCase
  ) { parts, problem in
    let found = try exactMoments { try parts.modelEstimate(problem, &$0) }
    return .equal(found.means, problem.exactModelGradient())
  }

  static let sumOverMasses = Check(
    "sum-over-masses", "∂_λ E_q[log p(x|z)] = Σ_z log p(x|z) ∂_λ q(z|x)",
    because: "the derivative of a sum is a sum of derivatives", claims: ["A-277"], as: .step
  ) { parts, problem in
    .equal(
      problem.exactLikelihoodGradient, parts.sumOverMasses(problem),
      rounding: .of(
        size: problem.largestLogLikelihood,
        because: "masses that add up to zero multiply log p(x|z), of which only changes are left"))
  }

  static let scoreForm = Check(
    "score-form", "Σ_z log p(x|z) ∂_λ q(z|x) = E_q[log p(x|z) ∂_λ log q(z|x)]",
    because: "∂q = q ∂log q; a sum weighted by q is a mean",
    claims: ["A-277"], as: .step
  ) { parts, problem in
    let found = try exactMoments { try parts.scoreEstimate(problem, &$0) }
    return .equal(problem.exactLikelihoodGradient, found.means)
  }

  static let wholeGradient = Check(
    "whole-gradient", "E_q[log p(x|z) ∂_λ log q] − ∂KL/∂b · ∂b/∂λ = ∂_λ ELBO",
    because: "one part sampled, one part in closed form", claims: ["A-277", "A-275"],
    as: .consequence
  ) { parts, problem in
    let found = try exactMoments { try parts.scoreEstimate(problem, &$0) }
    let closed = zip(parts.divergenceGradient(problem), problem.b).map { $0 * $1 * (1 - $1) }
    return .equal(
      zip(found.means, closed).map { $0 - ExactValue($1) }, problem.exactGradient)
  }

  static let cost = Check(
    "cost", "evaluations of p(x|z) for S = 3 draws = 3,  whatever the number of states",
    because: "a draw looks at one state; the sum over states would look at 2^D",
    claims: ["A-274"], as: .aside
  ) { parts, problem in .equalCounts(try parts.decoderCalls(problem, 3), 3) }
}
