import GSL
public import Models
public import Probability

extension DiscreteZoo {
  static let sleep = DiscreteEstimator(
    "sleep", formula: "s_d(z),  z ~ p(z|x)", papers: ["Hinton, Dayan, Frey, Neal 1995"],
    scope: .states, needs: .logJoint, repetition: .averaged, target: toInclusive, bias: .none,
    drawsFromModel: true
  ) { problem, _ in
    let joint = problem.logJoint ?? []
    let total = logSumExp(joint)
    return SleepScore(masses: joint.map { exp($0 - total) })
  }

  static let sleepDream = DiscreteEstimator(
    "sleep-dream", formula: "s_d(z) with probability p(x, z), else 0",
    papers: ["Hinton, Dayan, Frey, Neal 1995"], scope: .states, needs: .logJoint,
    repetition: .averaged, target: { _ in .dream }, bias: .none, drawsFromModel: true
  ) { problem, _ throws(ZooError) in
    let masses = (problem.logJoint ?? []).map { exp($0) }
    guard masses.reduce(0, +) <= 1 + 1e-12 else {
      throw .outOfScope(
        "sleep-dream dreams of x with probability Σ p(x, z) = \(masses.reduce(0, +)), which is above 1"
      )
    }
    return SleepScore(masses: masses)
  }
}

/// The score of q at what the model dreams.
///
/// ```
/// z ~ p(z|x):                 E[s(z)] = −∇KL(p(z|x)‖q)
/// (x, z) ~ p, kept if x is ours:   E[s(z) 1[x]] = p(x) times that
/// ```
/// No draw of q and no signal: it has moments where p is zero in a state of q.
/// Reference: Hinton, Dayan, Frey and Neal 1995, "The wake-sleep algorithm".
public struct SleepScore: ZooProgram {
  /// The probability of each state; what is left is a dream of another x.
  let masses: [Double]

  // listing: zoo sleep, zoo sleep-dream
  /// The score at a state, or nothing.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let rest = max(0, 1 - masses.reduce(0, +))
    let z = try choices.choose(masses + [rest])
    return z < masses.count ? problem.law.score(z) : problem.law.logits.map { _ in 0 }
  }
  // end of listing
}
