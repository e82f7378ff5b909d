import LessonKit
import Models
import Probability
import Verification

/// Derivation `limit`: many features, each of them rare.
enum LimitDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// The probability that m given things of N have a feature and the others have not, with F features.
    var column:
      @Sendable (_ rate: Double, _ features: Int, _ have: Int, _ things: Int) throws -> Double
  }

  /// A rate and a number of features.
  struct Problem: Sendable, Shown {
    let rate: Double
    let features: Int

    static let example = Problem(rate: 1.5, features: 10)

    static func random(_ cases: inout Cases) throws -> Problem {
      Problem(rate: try cases.real(from: 0.4, to: 2.5), features: try cases.integer(2...200))
    }

    var givens: [Given] { [Given("α", rate), Given("F", features)] }

    /// ε = α/F.
    var share: ExactValue { ExactValue(rate) / ExactValue(Double(features)) }
  }

  typealias Check = LessonKit.Check<Parts, Problem>

  static let checks: [Check] = [column, both, one, dishes, total]

  static let column = Check(
    "column", "P(11) = E[π²] = ε/(ε + 2),  P(10) = E[π (1 − π)] = ε/(ε + 1) − ε/(ε + 2)",
    because: "π ~ Beta(ε, 1) has E[π^n] = ε/(ε + n); things are independent given π", as: .step
  ) { parts, problem in
    let a = problem.share
    return .equal(
      [
        try parts.column(problem.rate, problem.features, 2, 2),
        try parts.column(problem.rate, problem.features, 1, 2),
      ], [a / (a + 2), a / (a + 1) - a / (a + 2)])
  }

  static let both = Check(
    "both", "F P(11) = ½ α − ½ α ε/(ε + 2)",
    because: "F ε = α; what is missing goes with ε = α/F, and λ_11 = ½ α is left",
    claims: ["A-222"],
    as: .step
  ) { parts, problem in
    let (a, rate) = (problem.share, ExactValue(problem.rate))
    return .equal(
      Double(problem.features) * (try parts.column(problem.rate, problem.features, 2, 2)),
      rate / 2 - rate / 2 * a / (a + 2))
  }

  static let one = Check(
    "one", "F P(10) = ½ α − ½ α ε (ε + 3)/((ε + 1) (ε + 2))",
    because: "the same for a feature that one of two things has: λ_10 = ½ α", claims: ["A-222"],
    as: .step
  ) { parts, problem in
    let (a, rate) = (problem.share, ExactValue(problem.rate))
    return .equal(
      Double(problem.features) * (try parts.column(problem.rate, problem.features, 1, 2)),
      rate / 2 - rate / 2 * a * (a + 3) / ((a + 1) * (a + 2)))
  }

  static let dishes = Check(
    "features",
    "F (1 − P(000)) = α (1/(1 + ε) + 1/((1 + ε) (2 + ε)) + 2/((1 + ε) (2 + ε) (3 + ε))),  N = 3",
    because:
      "the first thing has α/(1 + ε) features on average, and each further one adds what the others lack; ε → 0 leaves α H_3",
    claims: ["A-222"], as: .consequence
  ) { parts, problem in
    let (a, rate) = (problem.share, ExactValue(problem.rate))
    let (one, two, three) = (a + 1, a + 2, a + 3)
    let rest = 1 - (try parts.column(problem.rate, problem.features, 0, 3))
    return .equal(
      Double(problem.features) * rest,
      rate * (1 / one + 1 / (one * two) + 2 / (one * two * three)),
      rounding: .of(
        size: Double(problem.features), because: "a probability near one is subtracted from one"))
  }

  static let total = Check(
    "total", "P(000) + 3 P(100) + 3 P(110) + P(111) = 1",
    because: "one of eight histories is that of every feature", as: .specialCase
  ) { parts, problem in
    .equal(
      try [(0, 1.0), (1, 3), (2, 3), (3, 1)].reduce(0) {
        $0 + $1.1 * (try parts.column(problem.rate, problem.features, $1.0, 3))
      }, 1)
  }
}
