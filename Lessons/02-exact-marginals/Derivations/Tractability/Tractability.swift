import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// D binary causes, one count: z_d ~ Bernoulli(b_d), y ~ Poisson(exp(scale · Σ_d w_d z_d)).
struct CauseProblem: Sendable {
  var priors: [Double]
  var weights: [Int]
  var scale: Double
  var count: Int

  /// log p(y | s) for a total of s.
  func logLikelihood(_ total: Int) -> Double {
    let logRate = scale * Double(total)
    let logFactorial = (1...max(1, count)).reduce(0) { $0 + log(Double($1)) }
    return Double(count) * logRate - exp(logRate) - logFactorial
  }

  static let example = CauseProblem(
    priors: [0.1, 0.4, 0.5, 0.7, 0.2], weights: [1, 2, 2, 3, 5], scale: 0.15, count: 3)

  static func draw(_ cases: inout Cases) throws -> CauseProblem {
    let size = try cases.integer(3...5)
    var weights: [Int] = []
    for _ in 0..<size { weights.append(try cases.integer(1...3)) }
    return CauseProblem(
      priors: try cases.probabilities(size), weights: weights,
      scale: try cases.real(from: 0.05, to: 0.3), count: try cases.integer(0...4))
  }
}

/// The evidence without a sum over all 2^D states, and how many terms it took.
struct CauseFunctions: Sendable {
  /// The law of Σ_d w_d z_d by adding one cause after the other, then one term for every total.
  var evidence: @Sendable (CauseProblem) -> Double = { problem in
    lawOfTotals(problem).reduce(0) { $0 + $1.value * exp(problem.logLikelihood($1.key)) }
  }
  /// How many different totals there are.
  var totals: @Sendable (CauseProblem) -> Int = { lawOfTotals($0).count }
}

private func lawOfTotals(_ problem: CauseProblem) -> [Int: Double] {
  var law = [0: 1.0]
  for (prior, weight) in zip(problem.priors, problem.weights) {
    var next: [Int: Double] = [:]
    for total in law.keys.sorted() {
      let probability = law[total, default: 0]
      next[total, default: 0] += probability * (1 - prior)
      next[total + weight, default: 0] += probability * prior
    }
    law = next
  }
  return law
}

extension Page {
  /// Tractable without an independence: the parameters matter after all.
  static let tractability: Exercise<CauseFunctions, CauseProblem> = Exercise(
    Sheet(
      id: "tractability", title: "Tractable without an independence", task: "", hints: [],
      example: .example, draw: CauseProblem.draw,
      lines: [integerWeights, generalPosition, equalWeights]),
    answer: CauseFunctions(),
    mistakes: [
      Mistake(
        "mean-total", "p(y | E[Σ w z]) in place of the mean of p(y | Σ w z)",
        CauseFunctions(evidence: { problem in
          let mean = zip(problem.priors, problem.weights).reduce(0) { $0 + $1.0 * Double($1.1) }
          let logRate = problem.scale * mean
          let base = problem.logLikelihood(0) + 1
          return exp(Double(problem.count) * logRate - exp(logRate) + base)
        })),
      Mistake(
        "always-enumerates", "takes 2^D terms whatever the weights",
        CauseFunctions(totals: { 1 << $0.weights.count })),
      Mistake(
        "trusts-the-equal-case", "takes D + 1 terms whatever the weights",
        CauseFunctions(totals: { $0.weights.count + 1 })),
    ])

  private static let integerWeights: Line<CauseFunctions, CauseProblem> = Line(
    "integer-weights", "Σ_s p(Σ w_d z_d = s) p(y|s) = Σ_{z ∈ {0,1}^D} p(z) p(y|z)",
    because: "the likelihood sees z through its total only", claims: ["A-235"]
  ) { functions, problem in
    let size = problem.weights.count
    var sum = 0.0
    for state in 0..<(1 << size) {
      let z = latents(state, count: size)
      let prior = zip(z, problem.priors).reduce(1) { $0 * ($1.0 == 1 ? $1.1 : 1 - $1.1) }
      let total = zip(z, problem.weights).reduce(0) { $0 + Int($1.0) * $1.1 }
      sum += prior * exp(problem.logLikelihood(total))
    }
    return .equal(functions.evidence(problem), sum, magnitude: 1)
  }

  private static let generalPosition: Line<CauseFunctions, CauseProblem> = Line(
    "general-position", "weights 1, 2, 4, …:  2^D different totals",
    because: "in general no two states share a total, and nothing can be put together",
    claims: ["A-235"]
  ) { functions, problem in
    var general = problem
    general.weights = problem.weights.indices.map { 1 << $0 }
    return .equalCounts(functions.totals(general), 1 << general.weights.count)
  }

  private static let equalWeights: Line<CauseFunctions, CauseProblem> = Line(
    "equal-weights", "all weights equal:  D + 1 totals ≠ 2^D",
    because: "the same graph, the same (in)dependences, other numbers: the sum is polynomial",
    claims: ["A-235"]
  ) { functions, problem in
    var equal = problem
    equal.weights = problem.weights.map { _ in 2 }
    let size = equal.weights.count
    return .different(
      Double(functions.totals(equal)), Double(1 << size), by: Double(size + 1 - 1 << size),
      atLeast: 1)
  }
}
