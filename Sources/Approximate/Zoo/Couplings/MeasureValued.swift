public import Models
public import Probability

extension DiscreteZoo {
  static let measureValued = DiscreteEstimator(
    "measure-valued", formula: "p_d (1 − p_d) (f(b[d←1]) − f(b′[d←0]))",
    papers: ["Heidergott, Vázquez-Abad 2000"], scope: .independentBits,
    settings: [ZooSetting("coupled", .flag, "whether b′ is b, or a draw of its own")],
    repetition: .averaged, bias: .none
  ) { _, settings throws(ZooError) in MeasureValued(isCoupled: try settings.flag("coupled")) }
}

/// The derivative of the law of a bit as the difference of two laws, f at a draw of each.
///
/// ```
/// ∂q(b_d)/∂logit_d = p_d (1 − p_d) (1[b_d = 1] − 1[b_d = 0])
/// g_d = p_d (1 − p_d) (f(b[d ← 1]) − f(b′[d ← 0])),     b, b′ ~ q
/// ```
/// Unbiased whatever the coupling of b and b′; coupled, it is the local expectation gradient.
/// Reference: Heidergott and Vázquez-Abad 2000; Rosca et al. 2019.
public struct MeasureValued: ZooProgram {
  /// Whether b′ = b.
  public let isCoupled: Bool

  /// The estimator with one draw, or two.
  public init(isCoupled: Bool) { self.isCoupled = isCoupled }

  // listing: zoo measure-valued
  /// f with bit d on in one draw, less f with bit d off in the other.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let law = problem.law
    let b = try law.sample(&choices)
    let other = isCoupled ? b : try law.sample(&choices)
    return problem.bitVariances.enumerated().map { d, variance in
      let on = problem.signals[law.state(b, setting: d, to: 1)]
      return variance * (on - problem.signals[law.state(other, setting: d, to: 0)])
    }
  }
  // end of listing
}
