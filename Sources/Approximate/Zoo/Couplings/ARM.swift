public import Models
public import Probability

extension DiscreteZoo {
  static let augmentReinforce = DiscreteEstimator(
    "augment-reinforce", formula: "f(1[u < p]) (1 − 2u_d)", papers: ["Yin, Zhou 2019"],
    scope: .independentBits, repetition: .averaged, bias: .none,
    isContinuous: true
  ) { _, _ in AugmentReinforce(isMerged: false) }

  static let arm = DiscreteEstimator(
    "arm", formula: "(f(1[u > 1 − p]) − f(1[u < p])) (u_d − ½)", papers: ["Yin, Zhou 2019"],
    scope: .independentBits, repetition: .averaged, bias: .none,
    isContinuous: true
  ) { _, _ in AugmentReinforce(isMerged: true) }
}

/// The gradient by the uniforms that decide the bits: augment-REINFORCE, and merged with its mirror ARM.
///
/// ```
/// ∂E_q[f]/∂logit_d = E_u[f(1[u < p]) (1 − 2u_d)]
///                  = E_u[(f(1[u > 1 − p]) − f(1[u < p])) (u_d − ½)]      merged with u → 1 − u
/// ```
/// Between its cuts at p and 1 − p it is linear in each u. Alone it is always worse than the score
/// function: it is that plus the scatter of u within a cell. Reference: Yin and Zhou 2019.
public struct AugmentReinforce: ZooProgram {
  /// Whether u and 1 − u share a run.
  public let isMerged: Bool

  // listing: zoo augment-reinforce, zoo arm
  /// f at one threshold or the difference at two, times a centred uniform.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let p = problem.bitProbabilities
    let u = try choices.uniforms(cutAt: p.map { [$0, 1 - $0] }, degree: 1)
    let f = problem.signal(at: thresholded(u, below: p))
    guard isMerged else { return u.map { f * (1 - 2 * $0) } }
    let mirrored = problem.signal(at: thresholded(u.map { 1 - $0 }, below: p))
    return u.map { (mirrored - f) * ($0 - 0.5) }
  }
  // end of listing
}
