import LessonKit
import Probability
import Verification

/// Derivation `tractability`: tractable without an independence, if the parameters are.
enum TractabilityDerivation {
  /// The evidence without a sum over all 2^D states, and how many terms it took.
  struct Parts: Sendable {
    /// p(y), by the law of Σ_d w_d z_d: one term for every total.
    var evidence: @Sendable (TractabilityProblem) throws -> Double
    /// How many different totals there are.
    var totals: @Sendable (TractabilityProblem) -> Int
  }

  typealias Check = LessonKit.Check<Parts, TractabilityProblem>

  static let checks: [Check] = [integerWeights, generalPosition, equalWeights]

  static let integerWeights = Check(
    "integer-weights",
    "Σ_{z ∈ {0,1}^D} p(z) p(y|z) = Σ_j P(Σ_d m_d z_d = j) Poisson(y; e^{u j})",
    because: "the likelihood sees z through its total only", claims: [.against("A-235")],
    as: .step
  ) { parts, problem in
    .equal(problem.sumOverStates, try parts.evidence(problem))
  }

  static let generalPosition = Check(
    "general-position", "m_d = 2^{d−1}:  2^D different totals",
    because: "no two states share a total, integers or not: this way of grouping saves nothing",
    claims: ["A-010", "A-235"],
    as: .consequence,
    changing: { problem in [Given("m", problem.weights.indices.map { 1 << $0 })] }
  ) { parts, problem in
    var general = problem
    general.weights = problem.weights.indices.map { 1 << $0 }
    return .equalCounts(parts.totals(general), 1 << general.weights.count)
  }

  static let equalWeights = Check(
    "equal-weights", "all m_d equal:  D + 1 totals ≠ 2^D",
    because: "the same graph, the same (in)dependences, other numbers: the sum is polynomial",
    claims: [.against("A-235")],
    as: .consequence,
    changing: { problem in [Given("m", problem.weights.map { _ in 2 })] }
  ) { parts, problem in
    var equal = problem
    equal.weights = problem.weights.map { _ in 2 }
    let (polynomial, exponential) = (equal.weights.count + 1, 1 << equal.weights.count)
    return .different(
      Double(parts.totals(equal)), Double(exponential), by: Double(polynomial - exponential),
      atLeast: 1)
  }
}

/// D binary causes, one count: z_d ~ Bernoulli(b_d), y ~ Poisson(exp(scale · Σ_d w_d z_d)).
struct TractabilityProblem: Sendable {
  /// b_d.
  var priors: [Double]
  /// w_d.
  var weights: [Int]
  /// What a weight of one adds to the log rate.
  var scale: Double
  /// y.
  var count: Int

  static let example = TractabilityProblem(
    priors: [0.1, 0.4, 0.5, 0.7, 0.2], weights: [1, 2, 2, 3, 5], scale: 0.15, count: 3)

  static func random(_ cases: inout Cases) throws -> TractabilityProblem {
    let size = try cases.integer(3...5)
    var weights: [Int] = []
    for _ in 0..<size { weights.append(try cases.integer(1...3)) }
    return TractabilityProblem(
      priors: try cases.probabilities(size), weights: weights,
      scale: try cases.real(from: 0.05, to: 0.3), count: try cases.integer(0...4))
  }

  /// Σ_z p(z) p(y | z), state by state.
  var sumOverStates: ExactValue {
    BitStates(of: priors.count).sum { z in
      var (product, total) = (ExactValue(1), 0)
      for (cause, isOn) in z.enumerated() {
        let on = ExactValue(priors[cause])
        product = product * (isOn == 1 ? on : 1 - on)
        total += isOn == 1 ? weights[cause] : 0
      }
      let rate = (ExactValue(scale) * ExactValue(Double(total))).exponential
      return product * poisson(count, rate: rate)
    }
  }
}
