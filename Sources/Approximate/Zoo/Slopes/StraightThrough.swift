public import Models
public import Probability

extension DiscreteZoo {
  static let straightThrough = DiscreteEstimator(
    "straight-through", formula: "g_d(b), or p_d (1 − p_d) g_d(b); classes: J(q) g(z)",
    papers: ["Bengio, Léonard, Courville 2013"], scope: [.independentBits, .classes],
    settings: [
      ZooSetting("derivative", .word(["sigmoid", "identity"]), "what stands for the step's slope")
    ],
    repetition: .averaged,
    bias: .biased("unbiased with \"sigmoid\" where f is linear in each bit, or in the class") {
      problem, settings in
      settings.word("derivative") == "sigmoid" && problem.surface.isLinear(over: problem.law)
    }
  ) { _, settings in StraightThrough(isIdentity: settings.word("derivative") == "identity") }
}

/// The slope of f at the state, as if the state were its probability.
///
/// ```
/// g_d = p_d (1 − p_d) ∂f/∂x_d(b)          classes: g = q∘(v − q·v),  v = ∇f(z)
/// ```
/// For f linear in each bit it is the local expectation gradient. Otherwise its bias is a property of
/// how f is written: functions that agree on all states have different slopes there.
/// Reference: Bengio, Léonard and Courville 2013.
public struct StraightThrough: ZooProgram {
  /// Whether the slope is handed through as it is.
  public let isIdentity: Bool

  // listing: zoo straight-through, 11 slopes
  /// The slope, pulled back through the probabilities or not.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let z = try problem.law.sample(&choices)
    let slope = problem.surface.slope(at: problem.law.points[z])
    return isIdentity ? slope : problem.pulledBack(slope)
  }
  // end of listing
}

extension DiscreteProblem {
  /// J v, with J the derivative of the probabilities by the logits.
  func pulledBack(_ v: [Double]) -> [Double] {
    guard case .bits = law.kind else { return pull(v, at: law.probabilities) }
    return zip(bitVariances, v).map { $0 * $1 }
  }
}

/// J(y) v = y∘(v − y·v), the derivative of a softmax whose value is y.
func pull(_ v: [Double], at y: [Double]) -> [Double] {
  let mean = zip(y, v).reduce(0) { $0 + $1.0 * $1.1 }
  return zip(y, v).map { $0 * ($1 - mean) }
}

extension SmoothFunction {
  /// Whether the function is linear in each bit, or in the one-hot vector.
  func isLinear(over law: StateLaw) -> Bool {
    switch (self, law.kind) {
    case (.linear, .classes): true
    case (_, .bits): (degreeInEach ?? 2) <= 1
    default: false
    }
  }
}
