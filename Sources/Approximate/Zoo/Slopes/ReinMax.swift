import GSL
public import Models
public import Probability

extension DiscreteZoo {
  static let reinmax = DiscreteEstimator(
    "reinmax", formula: "g_d(b) (2m_d (1 − m_d) − ½ p_d (1 − p_d)),  m_d = ½ (σ(logit_d/τ) + b_d)",
    papers: ["Liu, Dong, Liu, Yu, Gao 2023"], scope: [.independentBits, .classes],
    settings: [ZooSetting("temperature", .positive, or: .number(1), "τ")], repetition: .averaged,
    bias: .biased("unbiased at τ = 1 where f is quadratic in each bit, or linear in the class") {
      problem, settings in
      guard (try? settings.number("temperature")) == 1 else { return false }
      guard case .bits = problem.law.kind else {
        return problem.surface.isLinear(over: problem.law)
      }
      return (problem.surface.degreeInEach ?? 3) <= 2
    }
  ) { _, settings throws(ZooError) in ReinMax(temperature: try settings.number("temperature")) }
}

/// Straight-through with Heun's rule in place of Euler's.
///
/// ```
/// bits:     g_d = ∂f/∂x_d(b) (2m_d (1 − m_d) − ½ p_d (1 − p_d)),   m_d = ½ (σ(logit_d/τ) + b_d)
/// classes:  g = 2 J(m) v − ½ J(q) v,   m = ½ (softmax(logits/τ) + z),   v = ∇f(z)
/// ```
/// For bits at τ = 1 it is the two-sided smoothed stochastic triple, draw by draw: exact where f is
/// quadratic in each bit. Reference: Liu, Dong, Liu, Yu and Gao 2023.
public struct ReinMax: ZooProgram {
  /// τ.
  public let temperature: Double

  // listing: zoo reinmax
  /// Twice the pull at the midpoint less half the pull at the probabilities.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let law = problem.law
    let cooled = law.logits.map { $0 / temperature }
    let z = law.points[try law.sample(&choices)]
    let v = problem.surface.slope(at: z)
    let half = problem.pulledBack(v).map { 0.5 * $0 }
    guard case .bits = law.kind else {
      let m = zip(SoftmaxLaw(logits: cooled).probabilities, z).map { 0.5 * ($0 + $1) }
      return zip(pull(v, at: m), half).map { 2 * $0 - $1 }
    }
    return z.indices.map { d in
      let m = 0.5 * (sigmoid(cooled[d]) + z[d])
      return 2 * m * (1 - m) * v[d] - half[d]
    }
  }
  // end of listing
}
