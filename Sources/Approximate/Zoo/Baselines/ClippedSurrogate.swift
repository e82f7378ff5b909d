import GSL
public import Models
public import Probability

extension DiscreteZoo {
  static let ppo = DiscreteEstimator(
    "ppo", formula: "(1/S) Σ_k ρ_k A_k s_kd, or 0 where the clip acts;  ρ = q/old,  A = f − c",
    papers: ["Schulman, Wolski, Dhariwal, Radford, Klimov 2017"], scope: .states,
    settings: [
      .samples(), ZooSetting("oldLogits", .vector, "the logits of the law that is drawn from"),
      ZooSetting("clip", .notNegative, "e: no step further from ρ = 1"),
      ZooSetting("baseline", .number, "c"),
    ],
    repetition: .together, draws: { settings throws(ZooError) in settings.samples },
    bias: .biased("unbiased where the clip acts in no state") { problem, settings in
      (try? ClippedSurrogate(problem, settings))?.clips(problem) == false
    }
  ) { problem, settings throws(ZooError) in try ClippedSurrogate(problem, settings) }
}

/// The gradient of PPO's clipped surrogate.
///
/// ```
/// min(ρ A, clip(ρ, 1 − e, 1 + e) A),   ρ = q/old,   z ~ old:
/// g = 0 if (A > 0 and ρ > 1 + e) or (A < 0 and ρ < 1 − e),  else A ρ ∇log q
/// ```
/// Importance sampling that stops where the law has moved far enough already: what it leaves out is
/// missing from the mean. Reference: Schulman et al. 2017.
public struct ClippedSurrogate: ZooProgram {
  let old: StateLaw
  let clip: Double
  let baseline: Double
  let samples: Int

  init(_ problem: DiscreteProblem, _ settings: ZooSettings) throws(ZooError) {
    old = problem.law.with(logits: try settings.numbers("oldLogits"))
    clip = try settings.number("clip")
    baseline = try settings.number("baseline")
    samples = settings.samples
  }

  // listing: zoo ppo
  /// The mean over draws of the old law.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let draws = try old.draws(samples, &choices)
    return problem.law.averagedScore(of: draws) { k, _ in weight(problem, draws[k]) }
  }

  /// A ρ, or zero where the clip acts.
  private func weight(_ problem: DiscreteProblem, _ z: Int) -> Double {
    let advantage = problem.signals[z] - baseline
    let ratio = exp(problem.law.logProbability(z) - old.logProbability(z))
    let isClipped =
      (advantage > 0 && ratio > 1 + clip) || (advantage < 0 && ratio < 1 - clip)
    return isClipped ? 0 : advantage * ratio
  }
  // end of listing

  /// Whether the clip acts in some state.
  func clips(_ problem: DiscreteProblem) -> Bool {
    problem.signals.indices.contains { problem.signals[$0] != baseline && weight(problem, $0) == 0 }
  }
}
