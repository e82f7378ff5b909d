public import Models
public import Probability

extension DiscreteZoo {
  static let sumAndSample = DiscreteEstimator(
    "sum-and-sample", formula: "Σ_head q f′ s_d + (rest mass) f′(i) s_d(i),  f′ = f − c",
    papers: ["Liu, Regier, Tripuraneni, Jordan, McAuliffe 2019"], scope: .states,
    settings: [
      ZooSetting("sum", .stateCount, "how many of the most probable states are summed"),
      ZooSetting("baseline", .number, or: .number(0), "c"),
    ],
    repetition: .averaged, bias: .none
  ) { problem, settings throws(ZooError) in
    SumAndSample(
      problem.law, summing: try settings.count("sum"), baseline: try settings.number("baseline"))
  }
}

/// The most probable states summed, one of the others drawn.
///
/// ```
/// g = Σ_{z ∈ head} q(z) f′(z) s(z) + q(rest) f′(i) s(i),     i ~ q given the rest
/// ```
/// Unbiased; a Rao–Blackwellisation by whether the draw falls into the head.
/// Reference: Liu et al. 2019.
public struct SumAndSample: ZooProgram {
  /// The states that are summed, and those that one is drawn from.
  public let (head, rest): ([Int], [Int])
  /// c.
  public let baseline: Double

  /// The estimator that sums over so many states of a law.
  public init(_ law: StateLaw, summing count: Int, baseline: Double = 0) {
    let q = law.probabilities
    let ranked = q.indices.sorted { (-q[$0], $0) < (-q[$1], $1) }
    head = Array(ranked.prefix(count))
    rest = Array(ranked.dropFirst(count))
    self.baseline = baseline
  }

  // listing: zoo sum-and-sample, 11 sum-and-sample
  /// The sum over the head and one draw of the rest.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let law = problem.law
    var weights = head.map { (state: $0, mass: law.probabilities[$0]) }
    let mass = rest.reduce(0) { $0 + law.probabilities[$1] }
    if mass > 0 {
      let i = rest[try choices.choose(rest.map { law.probabilities[$0] / mass })]
      weights.append((i, mass))
    }
    return law.logits.indices.map { d in
      weights.reduce(0) { sum, term in
        sum + term.mass * (problem.signals[term.state] - baseline) * law.score(term.state)[d]
      }
    }
  }
  // end of listing
}
