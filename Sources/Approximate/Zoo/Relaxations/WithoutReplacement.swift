import GSL
public import Models
public import Probability

extension DiscreteZoo {
  static let withoutReplacement = DiscreteEstimator(
    "without-replacement",
    formula: "Σ_U h_i s_i,  w_i = q_i/c_i,  c_i = 1 − exp(−q_i e^(−κ))",
    papers: ["Kool, van Hoof, Welling 2019"], scope: .states,
    settings: [
      .samples(belowStates: true),
      ZooSetting(
        "version", .word(["normalised", "plain", "baseline", "normalised-baseline"]), "what h is"),
    ],
    repetition: .together,
    bias: .biased(
      "unbiased as it is and with its baseline; normalised weights bias it",
      unless: { _, settings in
        ["plain", "baseline"].contains(settings.word("version") ?? "")
      }),
    integral: { problem, settings, limits in
      let program = try sampledSet(problem, settings)
      return ZooMoments(
        try settledMoments(limits: limits) { try program.estimate(problem, &$0) })
    }
  ) { problem, settings throws(ZooError) in try sampledSet(problem, settings) }

  private static func sampledSet(
    _ problem: DiscreteProblem, _ settings: ZooSettings
  ) throws(ZooError) -> SampledSet {
    let version = SampledSet.Version(rawValue: settings.word("version") ?? "") ?? .plain
    guard settings.samples < problem.law.count else {
      throw .misfit(
        setting: "samples",
        reason: "expected fewer than the \(problem.law.count) states, found \(settings.samples)")
    }
    guard settings.samples >= version.leastSamples else {
      throw .misfit(
        setting: "samples",
        reason: "the variance of version \"\(version.rawValue)\" is infinite below"
          + " \(version.leastSamples) samples, found \(settings.samples)")
    }
    return SampledSet(samples: settings.samples, version: version)
  }
}

/// REINFORCE on states drawn without replacement, by perturbed log probabilities.
///
/// ```
/// g_i = log q_i + Gumbel:  the S largest are U, κ the next;   c_i = P(g_i > κ),  w_i = q_i/c_i
/// W = Σ_U w,  B = Σ_U w f:     Σ_U h_i s_i
///   plain  h = w f                    baseline             h = w (f (1 − q_i + w) − B)
///   normalised  h = w f/W             normalised-baseline  h = w/(W − w + q_i) (f − B/W)
/// ```
/// A weight grows as e^κ with a density that falls as e^(−Sκ): the squares of the baseline version
/// have no mean for S < 4, those of the plain one none for S < 2.
/// Reference: Kool, van Hoof and Welling 2019, "Buy 4 REINFORCE samples, get a baseline for free!".
public struct SampledSet: ZooProgram {
  enum Version: String, Sendable {
    case plain, normalised, baseline
    case normalisedBaseline = "normalised-baseline"

    var leastSamples: Int {
      switch self {
      case .plain: 2
      case .baseline: 4
      case .normalised, .normalisedBaseline: 1
      }
    }
  }

  let samples: Int
  let version: Version

  // listing: zoo without-replacement
  /// The weighted scores of a set.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let law = problem.law
    let drawn = try choices.draw(
      FirstArrivalsNoise(rates: law.probabilities, count: samples))
    let q = drawn.states.map { law.probabilities[$0] }
    let f = drawn.states.map { problem.signals[$0] }
    let w = q.map { $0 / -expm1(-$0 * drawn.next) }
    let total = w.reduce(0, +)
    let signal = zip(w, f).reduce(0) { $0 + $1.0 * $1.1 }
    let h = w.indices.map { i in
      switch version {
      case .plain: w[i] * f[i]
      case .normalised: w[i] * f[i] / total
      case .baseline: w[i] * (f[i] * (1 - q[i] + w[i]) - signal)
      case .normalisedBaseline: w[i] / (total - w[i] + q[i]) * (f[i] - signal / total)
      }
    }
    return law.logits.indices.map { d in
      h.indices.reduce(0) { $0 + h[$1] * law.scores[drawn.states[$1]][d] }
    }
  }
  // end of listing
}
