import Exact
import GSL
import LessonKit
import Networks
import Probability
import _Differentiation

/// K states, a likelihood with one parameter θ, and q = softmax(φ).
///
/// ```
/// p_θ(x, z = k) = prior_k · σ(θ slope_k)
/// ```
struct ExpectationProblem: Sendable {
  /// p(z).
  let prior: [Double]
  /// The slope of each state's likelihood in θ.
  let slopes: [Double]
  /// θ.
  let theta: Double
  /// φ.
  let logits: [Double]

  /// q.
  var law: SoftmaxLaw { SoftmaxLaw(logits: logits) }
  /// The states of z.
  var states: Range<Int> { prior.indices }

  /// log p_θ(x, z), state by state.
  var logJoints: [Double] {
    states.map { GSL.log(prior[$0]) + GSL.logSigmoid(theta * slopes[$0]) }
  }

  /// E_q[log p_θ(x, z) − log q(z)], as estimators see it.
  var elbo: ExpectedValue<SoftmaxLaw> { .elbo(of: logJoints, under: law) }

  /// ∇_θ log p_θ(x, z) = slope_z σ(−θ slope_z).
  func modelScore(_ state: Int) -> Double {
    slopes[state] * GSL.sigmoid(-theta * slopes[state])
  }

  /// The same problem with q = p_θ(z|x).
  var atThePosterior: ExpectationProblem {
    ExpectationProblem(prior: prior, slopes: slopes, theta: theta, logits: logJoints)
  }

  /// Two states with p(x, z) = (.1, .3), and q = σ(.3) on the second.
  static let example = ExpectationProblem(
    prior: [0.5, 0.5], slopes: [GSL.log(0.25), GSL.log(1.5)], theta: 1, logits: [0, 0.3])

  /// Two to four states; no two slopes alike, none zero.
  static func random(_ cases: inout Cases) throws -> ExpectationProblem {
    let states = try cases.integer(2...4)
    let prior = try cases.simplex(states)
    var slopes: [Double] = []
    for state in 0..<states {
      let size = try cases.real(from: 0.3, to: 0.8) + Double(state)
      slopes.append(try cases.flip(0.5) ? -size : size)
    }
    let theta = try cases.real(from: 0.4, to: 1.6)
    let logits = try cases.reals(states, from: -1.5, to: 1.5)
    return ExpectationProblem(prior: prior, slopes: slopes, theta: theta, logits: logits)
  }
}

// MARK: The independent route: the bound as a sum over all states, differentiated as a whole

extension ExpectationProblem {
  /// ELBO(θ, φ) = Σ_k softmax(φ)_k [log prior_k + log σ(θ slope_k) − log softmax(φ)_k].
  ///
  /// With `follows` the parameters of q move along the slopes as θ does; with `tie` the model's
  /// prior moves with φ.
  @differentiable(reverse,wrt: (theta, logits))
  private func bound(
    _ theta: Double, _ logits: Vector, follows: Double = 0, tie: Double = 0
  ) -> Double {
    let slopeVector = Vector(slopes)
    let moved = logits + (follows * (theta - self.theta)) * slopeVector
    let logPrior = logSoftmax(
      Vector(prior.map { GSL.log($0) }) + tie * (moved - Vector(self.logits)))
    let logJoint = logPrior + Networks.logSigmoid(theta * slopeVector)
    return softmax(moved).dot(logJoint - logSoftmax(moved))
  }

  /// ∂ELBO/∂θ at a fixed q; with `follows`, the total derivative of a q that moves with θ.
  func exactModelGradient(follows: Double = 0) -> ExactValue {
    differentiated(
      gradient(at: theta) { bound($0, Vector(logits), follows: follows) },
      from: law.terms(modelScores) + states.flatMap { gradientTerms($0).map { follows * $0 } })
  }

  /// ∇_φ ELBO; with `tie`, of a model that shares the parameter.
  func exactVariationalGradient(tie: Double = 0) -> [ExactValue] {
    let slopes = gradient(at: Vector(logits)) { bound(theta, $0, tie: tie) }.array
    return states.map { differentiated(slopes[$0], from: gradientTerms($0) + [tie]) }
  }

  /// d log p_θ(x) / dθ, by differentiating the log of the sum.
  var exactEvidenceGradient: ExactValue {
    let logPrior = Vector(prior.map { GSL.log($0) })
    let slopeVector = Vector(slopes)
    let slope = gradient(at: theta) { theta in
      logSumExp(logPrior + Networks.logSigmoid(theta * slopeVector))
    }
    return differentiated(slope, from: atThePosterior.law.terms(modelScores))
  }

  /// Σ_z q(z) ∇_φ log p(z|φ) with the weights q held still: what a shared parameter adds.
  func exactModelPart(tie: Double) -> [ExactValue] {
    let weights = Vector(law.probabilities)
    let logPrior = Vector(prior.map { GSL.log($0) })
    let centre = Vector(logits)
    let slopes = gradient(at: centre) { logits in
      weights.dot(logSoftmax(logPrior + tie * (logits - centre)))
    }.array
    return slopes.map { differentiated($0, from: law.probabilities.map { tie * $0 }) }
  }

  /// The largest |log p_θ(x, z)|.
  var largestLogJoint: Double { logJoints.map { abs($0) }.max() ?? 0 }

  private var modelScores: [Double] { states.map(modelScore) }

  /// q(z) f(z) s_k(z), the terms of ∂ELBO/∂φ_k.
  private func gradientTerms(_ component: Int) -> [Double] {
    law.terms(states.map { elbo.signal($0) * law.score($0)[component] })
  }
}

extension SoftmaxLaw {
  /// q(z) g(z), the terms of a mean.
  fileprivate func terms(_ values: [Double]) -> [Double] {
    zip(probabilities, values).map { $0 * $1 }
  }
}

extension ExpectationProblem: Shown {
  /// The table of the model, with the one parameter of its likelihood, and φ.
  var givens: [Given] {
    [
      Given("p(z)", prior), Given("p_θ(x|z)", words: "sigmoid(θ γ_z)"), Given("θ", theta),
      Given("γ", slopes), Given("φ", logits),
    ]
  }
}
