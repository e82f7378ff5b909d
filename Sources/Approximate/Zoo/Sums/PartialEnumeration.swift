public import Models
public import Probability

extension DiscreteZoo {
  static let partialEnumeration = DiscreteEstimator(
    "partial-enumeration", formula: "Σ over the summed bits of p(values) f(c) s_d(c)",
    papers: ["Titsias, Lázaro-Gredilla 2015"], scope: .independentBits,
    settings: [ZooSetting("sum", .bits, "the bits that are summed out")], repetition: .averaged,
    bias: .none
  ) { _, settings throws(ZooError) in
    PartialEnumeration(summing: try settings.counts("sum"))
  }
}

/// The score function with some bits summed out and the others drawn.
///
/// ```
/// g_d = Σ_v Π_{e ∈ sum} p(v_e) f(c) s_d(c),     c = v on the summed bits, b elsewhere
/// ```
/// E[f s_d | the other bits]: unbiased, and never of larger variance than the score function.
/// Reference: Titsias and Lázaro-Gredilla 2015.
public struct PartialEnumeration: ZooProgram {
  /// The bits that are summed out.
  public let summed: [Int]

  /// The estimator that sums over some bits.
  public init(summing summed: [Int]) { self.summed = summed }

  // listing: zoo partial-enumeration
  /// The sum over all settings of the summed bits, the others as drawn.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let (law, p) = (problem.law, problem.bitProbabilities)
    var settings = [(state: try law.sample(&choices), probability: 1.0)]
    for e in summed {
      settings = settings.flatMap { state, probability in
        [
          (law.state(state, setting: e, to: 0), probability * (1 - p[e])),
          (law.state(state, setting: e, to: 1), probability * p[e]),
        ]
      }
    }
    return law.logits.indices.map { d in
      settings.reduce(0) {
        $0 + $1.probability * problem.signals[$1.state] * law.score($1.state)[d]
      }
    }
  }
  // end of listing
}
