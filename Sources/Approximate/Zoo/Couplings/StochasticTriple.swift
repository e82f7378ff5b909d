public import Models
public import Probability

extension DiscreteZoo {
  static let stochasticTriple = DiscreteEstimator(
    "stochastic-triple", formula: "ω_d (f(b[d←1]) − f(b[d←0]))", papers: ["Arya et al. 2022"],
    scope: .independentBits, settings: [sides], repetition: .averaged, bias: .none
  ) { _, settings throws(ZooError) in
    StochasticTriple(sides: try settings.count("sides"), isSmoothed: false)
  }

  static let smoothedTriple = DiscreteEstimator(
    "smoothed-triple", formula: "ω_d ∂f/∂x_d at b", papers: ["Arya et al. 2022"],
    scope: .independentBits, settings: [sides], repetition: .averaged,
    bias: .biased(
      "unbiased where f is linear in each bit; with two sides also where it is quadratic"
    ) { problem, settings in
      guard let degree = problem.surface.degreeInEach else { return false }
      return degree <= ((try? settings.count("sides")) ?? 1)
    }
  ) { _, settings throws(ZooError) in
    StochasticTriple(sides: try settings.count("sides"), isSmoothed: true)
  }

  private static let sides = ZooSetting(
    "sides", .integer(1...2), "1: jumps from 0 to 1 only; 2: half of those and half of the others")
}

/// A draw, and how likely a small step of a logit makes a bit jump, with what the jump changes.
///
/// ```
/// ω_d = p_d 1[b_d = 0]     or     ½ (p_d 1[b_d = 0] + (1 − p_d) 1[b_d = 1])
/// g_d = ω_d (f(b[d ← 1]) − f(b[d ← 0]))
/// ```
/// E[ω_d | other bits] = p_d(1 − p_d): unbiased. Smoothed, the jump is replaced by the slope of f at b,
/// which is exact where f is linear in each bit; the mean of the slopes at both ends where it is
/// quadratic. Reference: Arya, Schauer, Schäfer and Rackauckas 2022.
public struct StochasticTriple: ZooProgram {
  /// Whether bits that are on may jump too.
  public let sides: Int
  /// Whether the slope of f stands in the place of the difference.
  public let isSmoothed: Bool

  // listing: zoo stochastic-triple, zoo smoothed-triple
  /// ω times the change of f.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let state = try problem.law.sample(&choices)
    let b = problem.law.points[state]
    let slopes = isSmoothed ? problem.surface.slope(at: b) : []
    return problem.bitProbabilities.enumerated().map { d, p in
      let up = b[d] == 0 ? p : 0
      let down = b[d] == 1 ? 1 - p : 0
      let jump = sides == 1 ? up : 0.5 * (up + down)
      return jump * (isSmoothed ? slopes[d] : problem.difference(at: state, in: d))
    }
  }
  // end of listing
}
