import GSL
public import Models
public import Probability

extension DiscreteZoo {
  static let vimcoDisarm = DiscreteEstimator(
    "vimco-disarm",
    formula: "Σ_k [½ (L − L with b̃_k for b_k)(b_kd − b̃_kd) σ(|logit_d|) − v_k s_kd]",
    papers: ["Dong, Mnih, Tucker 2020"], scope: .independentBits, needs: .logJoint,
    repetition: .together, target: toBound, bias: .none,
    outcomes: { problem, settings in
      let bits = problem.law.parameterCount * settings.samples
      return (0..<bits).reduce(1.0) { count, _ in 3 * count }
    }
  ) { _, settings in PairedBound(samples: settings.samples) }
}

/// DisARM for each draw of the K-sample bound.
///
/// ```
/// g_d = Σ_k [½ (L − L^(b̃_k)) (b_kd − b̃_kd) σ(|logit_d|) − v_k s_kd]
/// ```
/// Given the other draws L is a function of b_k, whose gradient DisARM estimates by the mirrored draw.
/// Reference: Dong, Mnih and Tucker 2020.
public struct PairedBound: ZooProgram {
  let samples: Int

  // listing: zoo vimco-disarm
  /// A mirrored pair a draw.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    var (draws, mirrors) = ([[Double]](), [[Double]]())
    for _ in 0..<samples {
      let (b, mirrored) = try mirroredPair(problem, &choices)
      draws.append(b)
      mirrors.append(mirrored)
    }
    let logWeights = draws.map(problem.signal)
    let total = logSumExp(logWeights)
    let steepness = problem.law.logits.map { 0.5 * sigmoid(abs($0)) }
    var estimate = steepness.map { _ in 0.0 }
    for k in draws.indices {
      var replaced = logWeights
      replaced[k] = problem.signal(at: mirrors[k])
      let change = total - logSumExp(replaced)
      let score = problem.law.score(problem.law.state(draws[k]))
      for d in estimate.indices {
        estimate[d] += change * (draws[k][d] - mirrors[k][d]) * steepness[d]
        estimate[d] -= exp(logWeights[k] - total) * score[d]
      }
    }
    return estimate
  }
  // end of listing
}
