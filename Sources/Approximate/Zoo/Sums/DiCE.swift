import GSL
public import Models
public import Probability

extension DiscreteZoo {
  static let dice = DiscreteEstimator(
    "dice", formula: "(costs that bit d can move) s_d; order 2: (the same) (s_d² − p_d (1 − p_d))",
    papers: ["Foerster, Farquhar, Al-Shedivat, Rocktäschel, Xing, Whiteson 2018"], scope: .bits,
    settings: [
      ZooSetting("order", .integer(1...2), or: .number(1), "how often it is differentiated")
    ],
    repetition: .averaged,
    target: { settings throws(ZooError) in
      try settings.count("order") == 2 ? .secondDerivative : .objective
    },
    bias: .none
  ) { _, settings throws(ZooError) in
    guard try settings.count("order") == 2 else { return Steps(LocalSignals(), samples: 1) }
    return SecondDerivative()
  }
}

/// The second derivative by the score, as differentiating an expression twice gives it.
///
/// ```
/// ∂²E_q[f]/∂θ_d² = E_q[f (s_d² + ∂s_d/∂θ_d)],     ∂s_d/∂θ_d = −p_d (1 − p_d)
/// ```
/// Differentiating a surrogate whose signal is a constant twice loses the square. Only costs that bit d
/// can move are needed. Reference: Foerster et al. 2018 (DiCE).
public struct SecondDerivative: ZooProgram {
  /// The estimator; it has no settings.
  public init() {}

  // listing: zoo dice
  /// f_d (s_d² − p_d(1 − p_d)).
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let z = try problem.law.sample(&choices)
    let (score, costs) = (problem.law.score(z), problem.localSignals[z])
    let odds = problem.law.conditionalLogits(at: problem.law.points[z])
    return score.indices.map { d in
      costs[d] * (score[d] * score[d] - sigmoid(odds[d]) * sigmoid(-odds[d]))
    }
  }
  // end of listing
}
