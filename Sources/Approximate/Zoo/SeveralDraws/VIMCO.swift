import GSL
public import Models
public import Probability

extension DiscreteZoo {
  static let vimco = several(
    "vimco", formula: "Σ_k (L − L^(k) − v_k) s_k", papers: ["Mnih, Rezende 2016"],
    settings: [
      .samples(from: 2),
      ZooSetting(
        "mean", .word(["geometric", "arithmetic"]), "what of the other weights stands for w_k"),
    ],
    aim: toBound, bias: .none
  ) { _, settings in
    VIMCO(samples: settings.samples, isGeometric: settings.word("mean") == "geometric")
  }

  static let ovis = several(
    "ovis",
    formula: "Σ_k (L − v_k − c_k) s_k,  c_k = log(Σ_{j≠k} w_j/(K−1)) − γ v_k + (1−γ) log(1 − 1/K)",
    papers: ["Liévin, Dittadi, Christensen, Winther 2020"],
    settings: [.samples(from: 2), ZooSetting("gamma", .number, "γ")], aim: toBound,
    bias: .biased("unbiased at γ = 0; otherwise c_k looks at its own draw") { _, settings in
      (try? settings.number("gamma")) == 0
    }
  ) { _, settings throws(ZooError) in
    OVIS(samples: settings.samples, gamma: try settings.number("gamma"))
  }

  static let ovisMonteCarlo = several(
    "ovis-monte-carlo",
    formula:
      "Σ_k (L − v_k − c_k) s_k,  c_k the mean of L − v_k with draw k replaced by auxiliary ones",
    papers: ["Liévin, Dittadi, Christensen, Winther 2020"],
    settings: [
      .samples(), ZooSetting("auxiliary", .count(from: 1, belowStates: false), "A more draws"),
    ],
    extra: { settings throws(ZooError) in try settings.count("auxiliary") }, aim: toBound,
    bias: .none
  ) { _, settings throws(ZooError) in
    AuxiliaryOVIS(samples: settings.samples, auxiliary: try settings.count("auxiliary"))
  }
}

/// L − v_k for each draw: what a term of the bound's gradient is before a baseline.
func boundTerms(_ logWeights: [Double]) -> [Double] {
  let total = logSumExp(logWeights)
  let bound = total - log(Double(logWeights.count))
  return logWeights.map { bound - exp($0 - total) }
}

extension DiscreteProblem {
  /// K draws; their signals are log w.
  func drawnWeights<Choices: RandomChoices>(
    _ samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> (draws: [Int], logWeights: [Double]) {
    let draws = try law.draws(samples, &choices)
    return (draws, draws.map { signals[$0] })
  }

  /// Σ_k r_k s_k.
  func summedScore(_ draws: [Int], _ weights: [Double]) -> [Double] {
    law.logits.indices.map { d in
      zip(draws, weights).reduce(0) { $0 + $1.1 * law.scores[$1.0][d] }
    }
  }
}

/// The bound's score function with a baseline for each draw made of the others.
///
/// ```
/// g = Σ_k (L − L^(k) − v_k) s_k
/// L^(k): log w_k replaced by the mean of the other log w, or by the log of the mean of the other w
/// ```
/// L^(k) does not look at draw k: unbiased. At K = 2 the two means are one.
/// Reference: Mnih and Rezende 2016.
public struct VIMCO: ZooProgram {
  let samples: Int
  let isGeometric: Bool

  // listing: zoo vimco, 11 several
  /// L − L^(k) − v_k times the score, summed.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let (draws, logWeights) = try problem.drawnWeights(samples, &choices)
    return problem.summedScore(draws, Self.terms(logWeights, isGeometric: isGeometric))
  }

  /// L − L^(k) − v_k, from log w of the draws.
  package static func terms(_ logWeights: [Double], isGeometric: Bool) -> [Double] {
    boundTerms(logWeights).enumerated().map { k, term in
      var others = logWeights
      others.remove(at: k)
      let count = Double(others.count)
      let mean = isGeometric ? others.reduce(0, +) / count : logSumExp(others) - log(count)
      return term - (logSumExp(others + [mean]) - log(Double(logWeights.count)))
    }
  }
  // end of listing
}

/// The baseline that is nearly the best one for large K.
///
/// ```
/// c_k = log(Σ_{j≠k} w_j/(K − 1)) − γ v_k + (1 − γ) log(1 − 1/K)
/// ```
/// γ = 1 is meant for large effective sample sizes; as v_k looks at draw k it biases at finite K.
/// Reference: Liévin et al. 2020 (OVIS).
public struct OVIS: ZooProgram {
  let samples: Int
  let gamma: Double

  // listing: zoo ovis
  /// L − v_k − c_k times the score, summed.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let (draws, logWeights) = try problem.drawnWeights(samples, &choices)
    let count = Double(samples)
    let shares = logWeights.map { exp($0 - logSumExp(logWeights)) }
    let terms = boundTerms(logWeights).enumerated().map { k, term in
      var others = logWeights
      others.remove(at: k)
      let mean = logSumExp(others) - log(count - 1)
      return term - (mean - gamma * shares[k] + (1 - gamma) * log(1 - 1 / count))
    }
    return problem.summedScore(draws, terms)
  }
  // end of listing
}

/// The same terms at auxiliary draws as a baseline.
///
/// ```
/// c_k = (1/A) Σ_a (L − v_k with draw k replaced by the auxiliary draw a)
/// ```
/// The auxiliary draws are shared by all k and independent of them: unbiased.
/// Reference: Liévin et al. 2020 (OVIS, Monte Carlo form).
public struct AuxiliaryOVIS: ZooProgram {
  let samples: Int
  let auxiliary: Int

  // listing: zoo ovis-monte-carlo
  /// L − v_k − c_k times the score, summed.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let (draws, logWeights) = try problem.drawnWeights(samples, &choices)
    let (_, others) = try problem.drawnWeights(auxiliary, &choices)
    let terms = boundTerms(logWeights).enumerated().map { k, term in
      let replaced = others.map { other in
        var weights = logWeights
        weights[k] = other
        return boundTerms(weights)[k]
      }
      return term - replaced.reduce(0, +) / Double(auxiliary)
    }
    return problem.summedScore(draws, terms)
  }
  // end of listing
}
