import GSL
public import Models
public import Probability

extension DiscreteZoo {
  static let disarm = DiscreteEstimator(
    "disarm", formula: "½ (f(b) − f(b̃)) (b_d − b̃_d) σ(|logit_d|),  b = 1[u > 1 − p],  b̃ = 1[u < p]",
    papers: ["Dong, Mnih, Tucker 2020", "Yin, Ho, Yan, Qian, Zhou 2020"], scope: .independentBits,
    repetition: .averaged, bias: .none
  ) { _, _ in DisARM() }
}

/// ARM with the uniform averaged out given the pair of bits.
///
/// ```
/// g_d = ½ (f(b) − f(b̃)) (b_d − b̃_d) σ(|logit_d|)
/// ```
/// E[u_d − ½ | b, b̃] is ±½ σ(|logit_d|) where the two differ and zero where they agree.
/// Reference: Dong, Mnih and Tucker 2020; Yin et al. 2020 (U2G).
public struct DisARM: ZooProgram {
  /// The estimator; it has no settings.
  public init() {}

  // listing: zoo disarm, 11 couplings
  /// The difference of f at a mirrored pair, for the bits in which the two differ.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let (b, mirrored) = try mirroredPair(problem, &choices)
    let difference = problem.signal(at: b) - problem.signal(at: mirrored)
    return problem.law.logits.enumerated().map { d, logit in
      0.5 * difference * (b[d] - mirrored[d]) * sigmoid(abs(logit))
    }
  }
  // end of listing
}
