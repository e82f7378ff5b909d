public import Models
public import Probability

extension DiscreteZoo {
  static let muprop = DiscreteEstimator(
    "muprop", formula: "(f(b) − f(p) − g(p)·(b − p)) s_d + p_d (1 − p_d) g_d(p)",
    papers: ["Gu, Levine, Sutskever, Mnih 2016"], scope: .independentBits, repetition: .averaged,
    bias: .none
  ) { _, _ in MuProp() }
}

/// The score function with a linear control variate at the means, whose mean is known.
///
/// ```
/// g_d = (f(b) − f(p) − ∇f(p)·(b − p)) s_d(b) + p_d (1 − p_d) ∂f/∂x_d(p)
/// ```
/// E[(b − p) s_d] has one entry, p_d(1 − p_d), which is given back. Unbiased for any f; it gains where f
/// is nearly linear and loses where its value at p is far from what bits see.
/// Reference: Gu, Levine, Sutskever and Mnih 2016.
public struct MuProp: ZooProgram {
  /// The estimator; it has no settings.
  public init() {}

  // listing: zoo muprop, 11 taylor
  /// What is left of f after its linear part at p, times the score, and that part's own gradient.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let p = problem.bitProbabilities
    let expansion = problem.surface.jet(at: p)
    let z = try problem.law.sample(&choices)
    let (b, score) = (problem.law.points[z], problem.law.score(z))
    let linear = b.indices.reduce(expansion.value) { $0 + expansion.slope[$1] * (b[$1] - p[$1]) }
    let variances = problem.bitVariances
    return b.indices.map { d in
      (problem.signals[z] - linear) * score[d] + variances[d] * expansion.slope[d]
    }
  }
  // end of listing
}
