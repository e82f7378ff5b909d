import Exact
import LessonKit
import Models
import Probability
import Verification

/// Derivation `posterior-expectation`: one identity, four models.
enum PosteriorExpectationDerivation {
  /// Gradients of log marginals.
  struct Parts: Sendable {
    /// ∇ log p(document) as the posterior mean of ∇ log p(z, document).
    var document: @Sendable (LatentFactorDocument) -> [Double]
    /// ∂ log Σ_k exp(l_k) / ∂ l_k by differentiation.
    var mixture: @Sendable (FiniteJoint) -> [Double]
    /// ∂ log Z / ∂ nodes by differentiation, place by place.
    var field: @Sendable (ChainPotentials) -> [[Double]]
    /// d/dθ log(π σ(θ) + (1 − π) σ(−2θ)) by differentiation.
    var curve: @Sendable (_ share: Double, _ theta: Double) -> Double
  }

  typealias Check = LessonKit.Check<Parts, PosteriorExpectationProblem>

  static let checks: [Check] = [curve, meanOfSlopes, mixture, document, field]

  static let document = Check(
    "document", "E_{p(z|x)}[∇ log p(z, x)] = ∇ log p(x)",
    because: "by W, by bias, and by p_1 and p_2 themselves (the last two numbers)",
    claims: ["A-244", "A-242"],
    as: .consequence
  ) { parts, problem in
    let largest = problem.document.model.prior.map { 1 / ($0 * (1 - $0)) }.max() ?? 1
    return .equal(
      parts.document(problem.document),
      DocumentGradient.differentiated(problem.document).flattened,
      rounding: .of(
        size: largest,
        because: "∂ log p(z, x)/∂α = (z − α)/(α (1 − α)), whose mean over z cancels"))
  }

  static let mixture = Check(
    "mixture", "∂ log p(x)/∂ log π_k = p(z = k | x)",
    because: "the derivative of log Σ exp is a softmax, which is Bayes' rule",
    claims: ["A-243", "A-238"],
    as: .consequence
  ) { parts, problem in
    let joint = problem.mixture
    let products = zip(joint.prior, joint.likelihood).map { ExactValue($0) * ExactValue($1) }
    let evidence = products.sum()
    return .equal(parts.mixture(joint), products.map { $0 / evidence })
  }

  static let field = Check(
    "field", "∂ log Z/∂ node_t(k) = p(z_t = k), three places",
    because: "every path through (t, k) has the potential as a factor once", claims: ["A-243"],
    as: .aside
  ) { parts, problem in
    let paths = enumeratedPosterior(of: problem.field).stateMarginals ?? []
    return .equal(Array(parts.field(problem.field).joined()), Array(paths.joined()))
  }

  static let curve = Check(
    "curve", "d/dθ log(π σ(θ) + π̄ σ(−2θ)) = (π σ'(θ) − 2 π̄ σ'(−2θ)) / p(θ)",
    because: "the derivative of a sum is the sum of derivatives", claims: ["A-238"],
    as: .step
  ) { parts, problem in
    .equal(parts.curve(problem.share, problem.theta), TwoCurves(problem).slopeOfLog)
  }

  static let meanOfSlopes = Check(
    "mean-of-slopes",
    "(π σ'(θ) − 2 π̄ σ'(−2θ)) / p(θ) = r σ(−θ) − 2 r̄ σ(2θ),  r = π σ(θ) / p(θ)",
    because: "σ' = σ · (log σ)', and π σ(θ)/p(θ) is the posterior r", as: .step
  ) { parts, problem in
    let (theta, curves) = (problem.theta, TwoCurves(problem))
    let r = parts.mixture(
      try FiniteJoint(
        prior: [problem.share, 1 - problem.share], likelihood: curves.values.map(\.value)))
    let slopes = [sigmoid(-theta).value, -2 * sigmoid(2 * theta).value]
    return .equal(
      curves.slopeOfLog, zip(r, slopes).reduce(0) { $0 + $1.0 * $1.1 },
      rounding: .of(size: 2, because: "slopes of up to two, of either sign, are averaged"))
  }
}

private func sigmoid(_ x: Double) -> ExactValue { 1 / (1 + ExactValue(-x).exponential) }

/// p(θ) = π σ(θ) + π̄ σ(−2θ).
private struct TwoCurves {
  let share: ExactValue
  /// σ(θ) and σ(−2θ).
  let values: [ExactValue]

  init(_ problem: PosteriorExpectationProblem) {
    share = ExactValue(problem.share)
    values = [sigmoid(problem.theta), sigmoid(-2 * problem.theta)]
  }

  /// p'(θ) / p(θ), where σ' = σ (1 − σ).
  var slopeOfLog: ExactValue {
    let (rising, falling) = (values[0], values[1])
    let slope: ExactValue =
      share * rising * (1 - rising) - 2 * (1 - share) * falling * (1 - falling)
    return slope / (share * rising + (1 - share) * falling)
  }
}

/// One model of each kind.
struct PosteriorExpectationProblem: Sendable {
  let document: LatentFactorDocument
  let mixture: FiniteJoint
  let field: ChainPotentials
  /// π of the curve.
  let share: Double
  /// Where the curve is differentiated.
  let theta: Double

  static let example = PosteriorExpectationProblem(
    document: .twoFactors, mixture: .threeStates, field: .threePlaces, share: 0.4, theta: 0.3)

  static func random(_ cases: inout Cases) throws -> PosteriorExpectationProblem {
    PosteriorExpectationProblem(
      document: try .random(&cases), mixture: try .random(states: 3, &cases),
      field: try .random(states: 2, length: 3, &cases),
      share: try cases.real(from: 0.1, to: 0.9), theta: try cases.real(from: -2, to: 2))
  }
}
