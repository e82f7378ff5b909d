public import Models
public import Probability

extension DiscreteZoo {
  static let iwaeScore = several(
    "iwae-score", formula: "Σ_k (L − v_k) s_k",
    papers: ["Burda, Grosse, Salakhutdinov 2016", "Mnih, Rezende 2016"], aim: toBound, bias: .none
  ) { _, settings in ImportanceWeightedScore(samples: settings.samples) }

  static let rwsWake = several(
    "rws-wake", formula: "Σ_k v_k s_k", papers: ["Bornschein, Bengio 2015"], aim: toInclusive,
    bias: .biased("self-normalised: of order 1/K; nothing is left at K = 1")
  ) { _, settings in WakePhaseScore(samples: settings.samples) }

  /// The gradient of the bound with as many draws.
  static func toBound(_ settings: ZooSettings) -> GradientTarget {
    .bound(samples: settings.samples)
  }
  /// The gradient of the inclusive divergence.
  static func toInclusive(_ settings: ZooSettings) -> GradientTarget { .inclusive }

  /// An estimator of K draws and their weights under a log joint.
  static func several(
    _ name: String, formula: String, papers: [String], settings: [ZooSetting] = [],
    extra: (@Sendable (ZooSettings) throws(ZooError) -> Int)? = nil,
    aim: @escaping @Sendable (ZooSettings) throws(ZooError) -> GradientTarget,
    bias: ZooBias<DiscreteProblem>,
    program:
      @escaping @Sendable (DiscreteProblem, ZooSettings) throws(ZooError)
      -> any ZooProgram<DiscreteProblem>
  ) -> DiscreteEstimator {
    DiscreteEstimator(
      name, formula: formula, papers: papers, scope: .states, needs: .logJoint, settings: settings,
      repetition: .together,
      draws: { settings throws(ZooError) in settings.samples + (try extra?(settings) ?? 0) },
      target: aim, bias: bias, program: program)
  }
}

/// The score function of the K-sample bound, the weights' own movement included.
///
/// ```
/// g = L Σ_k s_k − Σ_k v_k s_k,     E[g] = ∇E[L_K]
/// ```
/// Reference: Mnih and Rezende 2016, equation 5.
public struct ImportanceWeightedScore: ZooProgram {
  let samples: Int

  // listing: zoo iwae-score
  /// (L − v_k) s_k, summed.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let mean = problem.mean
    return mean.importanceWeightedGradient(
      at: try mean.weightedDraws(samples: samples, &choices))
  }
  // end of listing
}

/// The score averaged by normalised weights: the wake phase for q of reweighted wake-sleep.
///
/// ```
/// g = Σ_k v_k s_k  →  E_{p(z|x)}[s] = −∇KL(p(z|x)‖q)
/// ```
/// Reference: Bornschein and Bengio 2015.
public struct WakePhaseScore: ZooProgram {
  let samples: Int

  // listing: zoo rws-wake
  /// v_k s_k, summed.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    try problem.mean.weightedDraws(samples: samples, &choices).average(problem.law.score)
  }
  // end of listing
}
