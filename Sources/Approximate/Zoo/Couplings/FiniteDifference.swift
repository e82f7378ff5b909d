import GSL
public import Models
public import Probability

extension DiscreteZoo {
  static let finiteDifference = DiscreteEstimator(
    "finite-difference", formula: "(f(logit d + h) − f(logit d − h)) / 2h,  b_k = 1[u_k < p_k]",
    papers: ["Kiefer, Wolfowitz 1952"], scope: .independentBits, settings: [step, common],
    repetition: .averaged, bias: differenceBias
  ) { _, settings throws(ZooError) in
    FiniteDifference(
      step: try settings.number("step"), isCommon: try settings.flag("common"))
  }

  static let spsa = DiscreteEstimator(
    "spsa", formula: "(f(logits + h δ) − f(logits − h δ)) / (2h δ_d),  δ_k = ±1",
    papers: ["Spall 1992"], scope: .independentBits, settings: [step, common],
    repetition: .averaged, bias: differenceBias
  ) { _, settings throws(ZooError) in
    SimultaneousPerturbation(
      step: try settings.number("step"), isCommon: try settings.flag("common"))
  }

  private static let step = ZooSetting("step", .positive, "h")
  private static let common = ZooSetting("common", .flag, "whether both sides use the same noise")
  private static let differenceBias = ZooBias<DiscreteProblem>.biased(
    "the difference quotient of E_q[f] in place of its slope: off by O(h²)")
}

/// The difference of two runs at shifted logits.
///
/// ```
/// g_d = (f(b(u; logit_d + h)) − f(b(u′; logit_d − h))) / 2h,     b_k = 1[u_k < p_k]
/// ```
/// Its mean is the difference quotient of E_q[f], off by O(h²). On common noise, u′ = u, the variance
/// grows as 1/h when h falls; on noise of its own as 1/h². Reference: Kiefer and Wolfowitz 1952.
public struct FiniteDifference: ZooProgram {
  /// h.
  public let step: Double
  /// Whether u′ = u.
  public let isCommon: Bool

  // listing: zoo finite-difference
  /// One quotient a logit, all on the same noise.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let logits = problem.law.logits
    let (p, up, down) = (
      problem.bitProbabilities, logits.map { sigmoid($0 + step) }, logits.map { sigmoid($0 - step) }
    )
    let cuts = logits.indices.map { isCommon ? [p[$0], up[$0], down[$0]] : [p[$0], up[$0]] }
    let noise = try choices.uniforms(cutAt: cuts)
    let other =
      isCommon ? noise : try choices.uniforms(cutAt: logits.indices.map { [p[$0], down[$0]] })
    return logits.indices.map { d in
      var (raised, lowered) = (p, p)
      (raised[d], lowered[d]) = (up[d], down[d])
      let above = problem.signal(at: thresholded(noise, below: raised))
      return (above - problem.signal(at: thresholded(other, below: lowered))) / (2 * step)
    }
  }
  // end of listing
}

/// All logits moved at once in a random direction: two runs, however many logits there are.
///
/// ```
/// g_d = (f(b(u; logits + h δ)) − f(b(u′; logits − h δ))) / (2h δ_d),     δ_k = ±1, fair
/// ```
/// What the other coordinates add has mean zero up to O(h²). Reference: Spall 1992.
public struct SimultaneousPerturbation: ZooProgram {
  /// h.
  public let step: Double
  /// Whether u′ = u.
  public let isCommon: Bool

  // listing: zoo spsa
  /// One difference, shared by all logits.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let logits = problem.law.logits
    let signs = try choices.bits(logits.map { _ in 0.5 }).map { 2 * $0 - 1 }
    let up = zip(logits, signs).map { sigmoid($0 + step * $1) }
    let down = zip(logits, signs).map { sigmoid($0 - step * $1) }
    let noise = try choices.uniforms(cutAt: zip(up, down).map { isCommon ? [$0, $1] : [$0] })
    let other = isCommon ? noise : try choices.uniforms(cutAt: down.map { [$0] })
    let difference =
      problem.signal(at: thresholded(noise, below: up))
      - problem.signal(at: thresholded(other, below: down))
    return signs.map { difference / (2 * step * $0) }
  }
  // end of listing
}
