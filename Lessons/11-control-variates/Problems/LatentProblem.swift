import GSL
import LessonKit
import Models
import Probability

/// One bit with a latent number above it, and functions that take what lies between 0 and 1.
///
/// ```
/// ζ = θ + Λ, Λ logistic,     z = 1[ζ > 0],     y = σ(ζ/τ)
/// ```
struct LatentProblem: Sendable {
  /// The log odds of the bit.
  let logit: Double
  /// f, a polynomial without a constant: the coefficients of x, x² and x³.
  let powers: [Double]
  /// A function that has nothing to do with f, in the same form.
  let other: [Double]
  /// The share of the control that is subtracted.
  let eta: Double
  /// τ: one half or one, for which everything is a rational function of σ(ζ).
  let temperature: Double
  /// The bit and f as estimators see them.
  let discrete: DiscreteProblem

  init(logit: Double, powers: [Double], other: [Double], eta: Double, temperature: Double) {
    self.logit = logit
    self.powers = powers
    self.other = other
    self.eta = eta
    self.temperature = temperature
    discrete = DiscreteProblem(
      StateLaw(.bits(logits: [logit], couplings: [])), .fixed(.powers(powers)))
  }

  static let example = LatentProblem(
    logit: -1, powers: [-0.9, 1, 0.4], other: [0.7, -0.3, 0.5], eta: 0.8, temperature: 0.5)

  static func random(_ cases: inout Cases) throws -> LatentProblem {
    LatentProblem(
      logit: try cases.real(from: -1.2, to: 1.2), powers: try cases.reals(3, from: -1.5, to: 1.5),
      other: try cases.reals(3, from: -1, to: 1), eta: try cases.real(from: 0.3, to: 1.2),
      temperature: try cases.flip(0.5) ? 1 : 0.5)
  }

  /// The same with another η.
  func with(eta: Double) -> LatentProblem {
    LatentProblem(
      logit: logit, powers: powers, other: other, eta: eta, temperature: temperature)
  }

  /// p.
  var probability: ExactValue { ExactBits(logits: [logit]).p[0] }

  /// p (1 − p) (f(1) − f(0)).
  var gradient: ExactValue {
    probability * (1 - probability) * powers.sum { ExactValue($0) }
  }

  /// f or another function in the same form, at a point.
  static func value(_ powers: [Double], at x: Double) -> Double {
    x * (powers[0] + x * (powers[1] + x * powers[2]))
  }

  /// y, for a latent number.
  func relaxed(_ z: Double) -> Double { sigmoid(z / temperature) }

  /// σ(ζ − θ): the uniform number that ζ is made of.
  func rank(_ z: Double) -> Double { sigmoid(z - logit) }
}

extension SmoothFunction {
  /// Σ_n c_n x^n, from n = 1.
  static func powers(_ coefficients: [Double]) -> SmoothFunction {
    .polynomial(coefficients.enumerated().map { .init($0.element, powers: [$0.offset + 1]) })
  }
}

// MARK: Means over the latent number

extension LatentProblem {
  /// E of a function of the bit and of ζ, by two rules of Gauss and Legendre in v = σ(ζ), on both sides of ½.
  ///
  /// ```
  /// E h = ∫ h α/(v + (1 − v) α)² dv,     α = e^θ
  /// ```
  /// The density has its pole outside [0, 1], and so has y for τ = 1 and ½. The finer rule is the value, the
  /// difference of both is taken as the bound on its error.
  func mean(_ value: (_ bit: Int, _ z: Double) throws -> Double) throws -> QuadratureValue {
    let (coarse, fine) = (try mean(value, by: Self.coarse), try mean(value, by: Self.fine))
    return QuadratureValue(
      fine.value,
      errorBound: abs(fine.value - coarse.value) + 256 * Double.ulpOfOne * fine.size)
  }

  /// A rule on either side of ½.
  private typealias Sides = Result<[FixedRule], GSLError>
  private static let (coarse, fine) = (sides(nodes: 13), sides(nodes: 16))

  private static func sides(nodes: Int) -> Sides {
    Sides { () throws(GSLError) in
      [
        try .gaussLegendre(count: nodes, from: 0, to: 0.5),
        try .gaussLegendre(count: nodes, from: 0.5, to: 1),
      ]
    }
  }

  private func mean(
    _ value: (_ bit: Int, _ z: Double) throws -> Double, by sides: Sides
  ) throws -> (value: Double, size: Double) {
    let odds = exp(logit)
    var (sum, size) = (0.0, 0.0)
    for (bit, rule) in try sides.get().enumerated() {
      for (v, weight) in zip(rule.nodes, rule.weights) {
        let spread = v + (1 - v) * odds
        let term = weight * odds / (spread * spread) * (try value(bit, log(v) - log(1 - v)))
        sum += term
        size += abs(term)
      }
    }
    return (sum, size)
  }

  /// ∂E[h(y)]/∂θ by the score of ζ, 2 σ(ζ − θ) − 1: no slope of h is asked for.
  func relaxedSlope(_ powers: [Double]) throws -> QuadratureValue {
    try mean { _, z in Self.value(powers, at: relaxed(z)) * (2 * rank(z) - 1) }
  }
}

extension LatentProblem: Shown {
  /// The bit, both functions, and the settings.
  var givens: [Given] {
    [
      Given("θ", logit), Given("f(x)", words: Self.words(powers)), Given("η", eta),
      Given("τ", temperature), Given("h(x)", words: "f(x), or " + Self.words(other)),
    ]
  }

  private static func words(_ powers: [Double]) -> String {
    let terms = zip(powers, ["x", "x²", "x³"]).map { power, x in
      (power < 0 ? "− " : "+ ") + Format.short(abs(power), digits: 12) + " " + x
    }
    let text = terms.joined(separator: " ")
    return text.hasPrefix("+ ") ? String(text.dropFirst(2)) : text
  }
}
