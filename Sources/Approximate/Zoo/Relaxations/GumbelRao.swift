import GSL
public import Models
public import Probability

extension DiscreteZoo {
  static let gumbelRao = DiscreteEstimator(
    "gumbel-rao", formula: "g_d(b) · mean of y(1 − y)/τ over M latents given b",
    papers: ["Paulus 2021"], scope: .independentBits,
    settings: [temperature, ZooSetting("replicates", .countOr("infinity"), "M")],
    repetition: .averaged, bias: .biased("the mean of straight-through Gumbel, whatever M"),
    integral: { problem, settings, limits in
      guard settings.word("replicates") == nil else {
        let program = try averagedOut(problem, settings)
        return ZooMoments(try exactMoments(limits: limits) { try program.estimate(problem, &$0) })
      }
      return try latents(settings).moments(problem, limits)
    }
  ) { problem, settings throws(ZooError) in
    guard settings.word("replicates") == nil else { return try averagedOut(problem, settings) }
    return try latents(settings)
  }

  private static func latents(_ settings: ZooSettings) throws(ZooError) -> StraightThroughBits {
    StraightThroughBits(
      temperature: try settings.number("temperature"), replicates: try settings.count("replicates"))
  }

  private static func averagedOut(
    _ problem: DiscreteProblem, _ settings: ZooSettings
  ) throws(ZooError) -> AveragedLatents {
    let temperature = try settings.number("temperature")
    do {
      return AveragedLatents(
        softness: try problem.law.logits.map { logit in
          try [false, true].map { isOn in
            try settledMoments { choices in
              let r = try choices.draw(LogisticSideNoise(logit: logit, isOn: isOn)) / temperature
              return [sigmoid(r) * sigmoid(-r) / temperature]
            }.moments.mean[0]
          }
        })
    } catch { throw .unsettled("\(error)") }
  }
}

/// Straight-through Gumbel with infinitely many latents for each bit: their mean.
///
/// ```
/// g_d(b) E[y_d(1 − y_d)/τ | b_d]
/// ```
/// Reference: Paulus, Maddison and Krause 2021, "Rao-Blackwellizing the straight-through
/// Gumbel-softmax gradient estimator".
public struct AveragedLatents: ZooProgram {
  /// E[y(1 − y)/τ] of each bit, off and on.
  let softness: [[Double]]

  // listing: zoo gumbel-rao
  /// The slope at the bits, times the mean softness.
  public func estimate<Choices: DiscreteChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let b = problem.law.points[try problem.law.sample(&choices)]
    let g = problem.surface.slope(at: b)
    return b.indices.map { g[$0] * softness[$0][b[$0] == 1 ? 1 : 0] }
  }
  // end of listing
}
