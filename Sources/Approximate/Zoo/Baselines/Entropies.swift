public import Models
public import Probability

extension DiscreteZoo {
  static let scoreFunctionTotal = weighted(
    "score-function-total", formula: "(f − 1) s_d", papers: ["Ranganath, Gerrish, Blei 2014"],
    repetition: .averaged, needs: .logJoint
  ) { _, _ in Constant(1) }

  static let analyticEntropy = DiscreteEstimator(
    "analytic-entropy", formula: "log p(x, z) s_d + ∂H(q)/∂θ_d",
    papers: ["Titsias, Lázaro-Gredilla 2014"], scope: .states, needs: .logJoint,
    repetition: .averaged, draws: { settings throws(ZooError) in settings.samples }, bias: .none
  ) { problem, _ in AnalyticEntropy(problem) }
}

/// The score function of log p(x, z) alone, with the entropy's gradient in closed form.
///
/// ```
/// g_d = log p(x, z) s_d(z) + ∂H(q)/∂θ_d,     ∂H/∂θ_d = −E_q[log q s_d]
/// ```
/// Unbiased. It saves the noise of log q and gives away that log p − log q is nearly constant near the
/// posterior, where log p is not. Reference: Titsias and Lázaro-Gredilla 2014.
public struct AnalyticEntropy: ZooProgram {
  /// ∂H/∂θ_d.
  public let entropyGradient: [Double]

  /// The estimator for the q of a problem.
  public init(_ problem: DiscreteProblem) {
    let law = problem.law
    entropyGradient = law.mean(
      zip(law.scores, law.logProbabilities).map { s, logQ in s.map { -logQ * $0 } })
  }

  // listing: zoo analytic-entropy
  /// log p s_d + ∂H/∂θ_d.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let z = try problem.law.sample(&choices)
    let logJoint = problem.signals[z] + problem.law.logProbability(z)
    return zip(problem.law.score(z), entropyGradient).map { logJoint * $0 + $1 }
  }
  // end of listing
}
