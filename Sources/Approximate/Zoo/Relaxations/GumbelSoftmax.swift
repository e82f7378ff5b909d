import GSL
public import Models
public import Probability

extension DiscreteZoo {
  static let temperature = ZooSetting("temperature", .positive, "τ")

  static let gumbelSoftmax = DiscreteEstimator.integrated(
    "gumbel-softmax", formula: "g_d(y) y_d(1 − y_d)/τ,  y = σ((logit + Λ)/τ);  J(y) g(y)/τ",
    papers: ["Jang 2017", "Maddison 2017"], scope: [.independentBits, .classes],
    settings: [temperature],
    bias: .biased("biased at every τ, towards zero where y is nearly constant")
  ) { problem, settings throws(ZooError) in
    try requireFewClasses(problem)
    return GumbelSoftmax(temperature: try settings.number("temperature"))
  }

  /// The rule for relaxed classes goes no further.
  static func requireFewClasses(_ problem: DiscreteProblem) throws(ZooError) {
    guard case .classes(let logits) = problem.law.kind,
      logits.count > PerturbedClassesNoise.mostClasses
    else { return }
    throw .outOfScope(
      "relaxed classes are integrated for at most \(PerturbedClassesNoise.mostClasses) of them,"
        + " found \(logits.count)")
  }
}

/// A bit softened by noise and a temperature; its slope stands in for the difference of two values.
///
/// ```
/// y_d = σ((logit_d + Λ_d)/τ), Λ logistic:      g_d(y) y_d (1 − y_d)/τ
/// y = softmax((logits + G)/τ), G Gumbel:       J(y) g(y)/τ,     J(y) v = y∘(v − y·v)
/// ```
/// Reference: Jang, Gu and Poole 2017; Maddison, Mnih and Teh 2017.
public struct GumbelSoftmax: ZooProgram {
  let temperature: Double

  // listing: zoo gumbel-softmax
  /// The pathwise gradient of f(y).
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let logits = problem.law.logits
    guard case .bits = problem.law.kind else {
      let noise = PerturbedClassesNoise(logits: logits, temperature: temperature)
      let y = try choices.draw(noise).relaxed
      return pulled(problem.surface.slope(at: y), through: y).map { $0 / temperature }
    }
    var y: [Double] = []
    for logit in logits {
      y.append(try choices.draw(RelaxedBitNoise(logit: logit, temperature: temperature)))
    }
    let g = problem.surface.slope(at: y)
    return y.indices.map { g[$0] * y[$0] * (1 - y[$0]) / temperature }
  }
  // end of listing
}

/// J(y) v = y∘(v − y·v).
func pulled(_ v: [Double], through y: [Double]) -> [Double] {
  let mean = zip(y, v).reduce(0) { $0 + $1.0 * $1.1 }
  return zip(y, v).map { $0 * ($1 - mean) }
}
