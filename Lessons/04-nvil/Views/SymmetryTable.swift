import Approximate
import GSL
import LessonKit
import Probability

/// One bit with log odds λ and f(z) = (z − .45)²: the toy on which gradient estimators are compared.
struct OneBit {
  /// λ.
  let logOdds: Double
  /// f and f′.
  private let value: @Sendable (Double) -> Double
  private let slope: @Sendable (Double) -> Double

  /// The toy at some log odds.
  init(logOdds: Double) {
    self.init(logOdds: logOdds) {
      ($0 - 0.45) * ($0 - 0.45)
    } slope: {
      2 * ($0 - 0.45)
    }
  }

  private init(
    logOdds: Double, value: @escaping @Sendable (Double) -> Double,
    slope: @escaping @Sendable (Double) -> Double
  ) {
    (self.logOdds, self.value, self.slope) = (logOdds, value, slope)
  }

  /// f(z) = z³ at λ = 0.
  static let cubicAtZero = OneBit(logOdds: 0) {
    $0 * $0 * $0
  } slope: {
    3 * $0 * $0
  }

  /// P(z = 1).
  var b: Double { sigmoid(logOdds) }

  /// ∂E f/∂λ = b (1 − b) (f(1) − f(0)).
  var exact: Double { b * (1 - b) * (value(1) - value(0)) }

  /// The mean of the score function, both outcomes run.
  func score() throws -> Double {
    let square = ExpectedValue(under: BernoulliFactors([b])) { [value] z in value(z[0]) }
    return try exactMoments(of: ScoreFunction(None()), square, samples: 1).mean[0]
  }

  /// Straight-through: f′ at the bit, times ∂b/∂λ, as if the bit were b.
  func straightThrough() throws -> Double {
    let mean = try exactMean { choices in slope(try choices.flip(b) ? 1 : 0) * b * (1 - b) }
    return mean.value
  }

  /// Gumbel-softmax: E over logistic noise of f′(s) s (1 − s)/τ, s = sigmoid((λ + noise)/τ).
  func relaxed(_ temperature: Double) throws -> QuadratureEstimate {
    let integral = try Quadrature.infinite { noise in
      let s = sigmoid((logOdds + noise) / temperature)
      let density = sigmoid(noise) * sigmoid(-noise)
      return density * slope(s) * s * (1 - s) / temperature
    }
    return QuadratureEstimate(integral.value, estimatedError: integral.error)
  }
}

/// The same estimators at a symmetric point and at two others.
func symmetryTable(_: RunContext) throws -> Table {
  let points = [0, 1.5, -1].map { OneBit(logOdds: $0) }
  func row(
    _ name: String, _ kind: NumberKind, _ value: (OneBit) throws -> Double
  ) rethrows -> [Table.Cell] {
    [.text(name)] + (try points.map { .figure(try value($0), kind, digits: 5) })
  }
  func relaxed(_ name: String, _ temperature: Double) throws -> [Table.Cell] {
    [.text("Gumbel-softmax, τ = \(name)")]
      + (try points.map { .number(try $0.relaxed(temperature), digits: 5) })
  }
  return Table(
    title: "Mean gradient of one bit, f(z) = (z − .45)², at three log odds λ",
    columns: ["estimator", "λ = 0", "λ = 1.5", "λ = −1"],
    rows: [
      row("exact", .exact, \.exact), try row("score function", .exact, { try $0.score() }),
      try row("straight-through", .exact, { try $0.straightThrough() }),
      try relaxed(".1", 0.1), try relaxed(".5", 0.5), try relaxed("1", 1), try relaxed("2", 2),
    ],
    note: """
      In the first three rows both outcomes were run. The others are adaptive quadrature over the \
      noise, with an estimated error below 1e-9.
      """)
}
