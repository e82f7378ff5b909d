import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `buffet`: the law of the Indian buffet process.
enum BuffetExercise {
  /// What is written.
  struct Parts: Sendable {
    /// The probability that customer n takes a dish that m of the others took.
    var oldDish: @Sendable (_ tasters: Int, _ customer: Int) -> Double
    /// The mean number of new dishes of customer n.
    var newDishes: @Sendable (_ rate: Double, _ customer: Int) -> Double
    /// log P of how many dishes each history has; of a history, how many took the dish.
    var logProbability:
      @Sendable (_ rate: Double, _ customers: Int, _ counts: [Int], _ tasters: [Int]) throws ->
        Double

    /// The rules that these make.
    func rules(_ rate: Double) -> BuffetRules {
      BuffetRules(oldDish: oldDish, newDishes: { [newDishes] in newDishes(rate, $0) })
    }
  }

  typealias Check = LessonKit.Check<Parts, BuffetProblem>

  static let checks: [Check] = [thinned, formula, three, order, dishes, each, nothing]

  static let thinned = Check(
    "thinned", "P(Z) = Poisson(K_11; ½ α) Poisson(K_10; ½ α) Poisson(K_01; ½ α),  N = 2, K ≤ 3",
    because: "the second customer keeps each dish of the first with ½: both halves are Poisson",
    claims: ["A-222"], as: .step
  ) { parts, problem in
    let law = try problem.law(parts.rules(problem.rate), customers: 2, atMost: 3)
    let all = problem.tables(customers: 2, atMost: 3)
    let half = problem.rate / 2
    return .equal(
      all.map { law[$0] ?? 0 },
      all.map { histories in
        (1...3).reduce(1.0) { product, h in
          product * poissonProbability(histories.count { $0 == h }, mean: half)
        }
      })
  }

  static let formula = Check(
    "formula", "P(Z) = α^K e^(−α H_N) Π_h ((N − m_h)! (m_h − 1)!/N!)^(K_h)/K_h!,  N = 3, K ≤ 2",
    because:
      "λ_h = α (N − m_h)! (m_h − 1)!/N! for each of the seven histories, all λ add up to α H_N",
    claims: ["A-222"], as: .step
  ) { parts, problem in
    let law = try problem.law(.indianBuffet(rate: problem.rate), customers: 3, atMost: 2)
    let all = problem.tables(customers: 3, atMost: 2)
    return .equal(
      all.map { law[$0] ?? 0 },
      try all.map { histories in
        let (counts, tasters) = problem.counted(histories)
        return exp(try parts.logProbability(problem.rate, 3, counts, tasters))
      })
  }

  static let three = Check(
    "three", "P(Z) = Π_h Poisson(K_h; λ_h),  N = 3",
    because: "the third customer thins each of the three numbers again",
    claims: ["A-222"], as: .consequence
  ) { parts, problem in
    let law = try problem.law(parts.rules(problem.rate), customers: 3, atMost: 2)
    let exact = try BuffetLaw(rate: problem.rate, customers: 3)
    let all = problem.tables(customers: 3, atMost: 2)
    return .equal(all.map { law[$0] ?? 0 }, all.map { exact.logProbability($0).exponential })
  }

  static let order = Check(
    "order", "P(Z) = P(Z′),  N = 3",
    because: "Z′ has the customers in another order: λ_h depends on m_h alone",
    claims: ["A-222"], as: .consequence
  ) { parts, problem in
    let law = try problem.law(parts.rules(problem.rate), customers: 3, atMost: 2)
    let all = problem.tables(customers: 3, atMost: 2)
    return .equal(
      all.map { law[$0] ?? 0 },
      all.map { histories in law[histories.map(BuffetProblem.turned).sorted()] ?? 0 })
  }

  static let dishes = Check(
    "dishes", "Σ_(K≤3) K P(K) = λ Σ_(K≤2) λ^K e^(−λ)/K!,  λ = α H_N,  N = 2",
    because:
      "K is Poisson with the sum of all rates as its mean; beyond 3 dishes nothing is left out that is not known",
    claims: ["A-222"], as: .consequence
  ) { parts, problem in
    let law = try problem.law(parts.rules(problem.rate), customers: 2, atMost: 3)
    let mean = try BuffetLaw(rate: problem.rate, customers: 2).meanDishes
    return .equal(
      law.sorted { $0.value < $1.value }.reduce(0) { $0 + Double($1.key.count) * $1.value },
      (0...2).sum { count in
        (0..<count).reduce((-mean).exponential) { $0 * mean / ExactValue(Double($1 + 1)) }
      } * mean)
  }

  static let each = Check(
    "each", "Σ_(n∈h) λ_h = α,  N = 3",
    because: "P of a single dish over P of none is λ_h; every customer takes α dishes on average",
    as: .specialCase
  ) { parts, problem in
    let none = try parts.logProbability(problem.rate, 3, [], [])
    let sums = try (0..<3).map { customer in
      try (1..<8).filter { $0 >> customer & 1 == 1 }.reduce(0.0) {
        $0 + exp(try parts.logProbability(problem.rate, 3, [1], [$1.nonzeroBitCount]) - none)
      }
    }
    return .equal(sums, [problem.rate, problem.rate, problem.rate])
  }

  static let nothing = Check(
    "nothing", "P(K = 0) = e^(−α H_N),  N = 3", because: "nobody takes a new dish",
    as: .specialCase
  ) { parts, problem in
    let law = try problem.law(parts.rules(problem.rate), customers: 3, atMost: 1)
    let mean = try BuffetLaw(rate: problem.rate, customers: 3).meanDishes
    return .equal(law[[]] ?? 0, (-mean).exponential)
  }
}

/// A buffet: how many dishes a customer takes on average.
struct BuffetProblem: Sendable, Shown {
  /// α.
  let rate: Double

  static let example = BuffetProblem(rate: 1.5)

  static func random(_ cases: inout Cases) throws -> BuffetProblem {
    BuffetProblem(rate: try cases.real(from: 0.4, to: 2.5))
  }

  var givens: [Given] { [Given("α", rate)] }

  /// The probability of each list of histories, sorted, with no more dishes than allowed.
  func law(
    _ rules: BuffetRules, customers: Int, atMost most: Int
  ) throws -> [[Int]: Double] {
    var law: [[Int]: Double] = [:]
    try forEachOutcome(of: { try rules.draw(customers: customers, atMost: most, &$0) }) {
      histories, probability in
      if let histories { law[histories.sorted(), default: 0] += probability }
    }
    return law
  }

  /// All sorted lists of histories with no more dishes than allowed.
  func tables(customers: Int, atMost most: Int) -> [[Int]] {
    var (all, longest): ([[Int]], [[Int]]) = ([[]], [[]])
    for _ in 0..<most {
      longest = longest.flatMap { list in
        ((list.last ?? 1)..<(1 << customers)).map { list + [$0] }
      }
      all += longest
    }
    return all
  }

  /// K_h and m_h of the histories that occur.
  func counted(_ histories: [Int]) -> (counts: [Int], tasters: [Int]) {
    let different = Set(histories).sorted()
    return (
      different.map { h in histories.count { $0 == h } }, different.map(\.nonzeroBitCount)
    )
  }

  /// A history of three customers, the first one last.
  static func turned(_ history: Int) -> Int { history >> 1 | (history & 1) << 2 }
}
