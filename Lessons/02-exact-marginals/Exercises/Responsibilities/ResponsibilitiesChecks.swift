import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification
import _Differentiation

/// Exercise `responsibilities`: the posterior of the component.
enum ResponsibilitiesExercise {
  /// What is written.
  struct Parts: Sendable {
    /// p(z = k | y_s), a row a datum, from log p(z) and log p(y_s|z); nil for an impossible datum.
    var responsibilities: @Sendable (_ logWeights: [Double], _ rows: [[Double]]) -> [[Double]?]

    /// All of them in a row, for the problem's weights and data.
    fileprivate func flat(_ problem: MixtureProblem) -> [Double] {
      responsibilities(problem.logWeights, problem.logLikelihoods).flatMap { $0 ?? [] }
    }
  }

  typealias Check = LessonKit.Check<Parts, MixtureProblem>

  static let checks: [Check] = [
    isBayes, isAGradient, isAGradientOfLogits, averagesToTheWeights, sumsToOne,
    mostLikelyComponent, flatWeights, flatLikelihoods, unmovedByTails, noneWhereImpossible,
  ]
}

// MARK: Bayes' rule

extension ResponsibilitiesExercise {
  static let isBayes = Check(
    "bayes", "r_sk = π_k p(y_s|k) / Σ_k′ π_k′ p(y_s|k′)",
    because: "Bayes' rule: one term of the sum, over all of it",
    claims: ["A-073", "A-249"],
    as: .step
  ) { parts, problem in
    .equal(parts.flat(problem), problem.exactResponsibilities.flatMap { $0 })
  }

  static let sumsToOne = Check(
    "sum-to-one", "Σ_k r_sk = 1", because: "the datum came from one of the K, and only one",
    as: .specialCase
  ) { parts, problem in
    let found = parts.responsibilities(problem.logWeights, problem.logLikelihoods)
    return .equal(found.map { ($0 ?? []).reduce(0, +) }, problem.counts.map { _ in 1.0 })
  }

  static let averagesToTheWeights = Check(
    "averages-to-the-weights", "Σ_y p(y) r_k(y) = π_k",
    because: "averaged over the data that the model expects, the posterior is the prior",
    as: .consequence
  ) { parts, problem in
    let table = problem.mixture.exactTable(below: 80)
    let found = parts.responsibilities(
      problem.logWeights, (0..<80).map(problem.logLikelihoods))
    let averages = problem.logWeights.indices.map { k in
      zip(table, found).reduce(0) { total, pair in
        total + pair.0 * (pair.1.map { $0.indices.contains(k) ? $0[k] : 0 } ?? 0)
      }
    }
    return .equal(averages, problem.mixture.weights)
  }
}

// MARK: The posterior as a gradient

extension ResponsibilitiesExercise {
  static let isAGradient = Check(
    "is-a-gradient",
    "π_k p(y_s|k) / Σ_k′ π_k′ p(y_s|k′) = ∂ log Σ_k′ e^{log π_k′} p(y_s|k′) / ∂ log π_k",
    because: "the derivative of log Σ is the derivative of one term over Σ",
    claims: ["A-073"],
    as: .step
  ) { parts, problem in
    let gradients = problem.logLikelihoods.flatMap {
      differentiatedResponsibilities(logWeights: problem.logWeights, logLikelihoods: $0)
    }
    return .equal(parts.flat(problem), gradients)
  }

  static let isAGradientOfLogits = Check(
    "gradient-of-logits", "r_sk − π_k = ∂ log p(y_s) / ∂φ_k,  π = softmax(φ)",
    because: "a network that sets the weights is pulled from what it said to what Bayes says",
    claims: ["A-207"],
    as: .consequence
  ) { parts, problem in
    let found = parts.responsibilities(problem.logWeights, problem.logLikelihoods)
    let differences = found.flatMap { row in
      zip(row ?? [], problem.mixture.weights).map { $0 - $1 }
    }
    // Logits are log weights up to a constant, which softmax does not see.
    let logits = Vector(problem.logWeights.map { $0 + 0.7 })
    let gradients = problem.logLikelihoods.flatMap { row -> [Double] in
      let row = Vector(row)
      return gradient(at: logits) { logSumExp(logSoftmax($0) + row) }.array
    }
    return .equal(
      differences, gradients,
      rounding: .of(size: 1, because: "two probabilities are subtracted, each of them up to one"))
  }
}

// MARK: Special cases

extension ResponsibilitiesExercise {
  /// Labels are counted from one.
  static let mostLikelyComponent = Check(
    "most-likely-component", "argmax_k r_k(y) = argmax_k [log π_k − λ_k + y log λ_k], y = 0 … 20",
    because: "y! is everybody's, so the borders between clusters are straight lines in y",
    claims: ["A-204"],
    as: .aside
  ) { parts, problem in
    let rows = (0...20).map(problem.logLikelihoods)
    let found = parts.responsibilities(problem.logWeights, rows)
    let lines = (0...20).map { count in
      problem.logWeights.indices.map { k in
        let rate = problem.mixture.rates[k]
        return problem.logWeights[k] - rate + Double(count) * log(rate)
      }
    }
    return .equal(found.map { label($0 ?? []) }, lines.map(label), rounding: .none)
  }

  static let flatWeights = Check(
    "flat-weights", "π_k = 1/K:  r_sk = p(y_s|k) / Σ_k′ p(y_s|k′)",
    because: "a flat prior has no opinion and drops out",
    as: .specialCase,
    changing: { problem in
      [Given("π", problem.logWeights.map { _ in 1 / Double(problem.logWeights.count) })]
    }
  ) { parts, problem in
    let rows = problem.logLikelihoods
    let flat = problem.logWeights.map { _ in -log(Double(problem.logWeights.count)) }
    let direct = rows.flatMap { row in exactShares(row.map { ExactValue($0).exponential }) }
    return .equal(parts.responsibilities(flat, rows).flatMap { $0 ?? [] }, direct)
  }

  static let flatLikelihoods = Check(
    "flat-likelihoods", "p(y|k) = c for all k:  r_k = π_k",
    because: "a datum that all components explain alike teaches nothing",
    as: .specialCase,
    changing: { problem in [Given("log p(y|k)", problem.logLikelihoods[0][0])] }
  ) { parts, problem in
    let constant = problem.logLikelihoods[0][0]
    let row = problem.logWeights.map { _ in constant }
    let found = parts.responsibilities(problem.logWeights, [row])
    return .equal(found.flatMap { $0 ?? [] }, problem.mixture.weights)
  }

  static let unmovedByTails = Check(
    "far-tail", "e^−2000 p(y|k) for p(y|k):  r stays",
    because: "a common factor cancels, if it is still there to cancel",
    as: .specialCase
  ) { parts, problem in
    let row = problem.logLikelihoods[0].map { $0 - 2000 }
    let found = parts.responsibilities(problem.logWeights, [row])
    return .equal(
      found.flatMap { $0 ?? [] }, problem.exactResponsibilities[0],
      rounding: .of(
        terms: 4096, because: "logarithms of 2000 are rounded by 2000 ε, and r by as much of itself"
      ))
  }

  static let noneWhereImpossible = Check(
    "none-where-impossible", "p(y|k) = 0 for all k:  no posterior, 1 of 1",
    because: "0/0 is not a distribution; a flat table would be an invention",
    as: .specialCase,
    changing: { _ in [Given("p(y|k)", 0)] }
  ) { parts, problem in
    let found = parts.responsibilities(
      problem.logWeights, [problem.logWeights.map { _ in -.infinity }])
    return .equalCounts(found.filter { $0 == nil }.count, 1)
  }

  /// One more than the index of the largest entry; zero for none.
  private static func label(_ values: [Double]) -> Double {
    guard let largest = values.max(), let index = values.firstIndex(of: largest) else { return 0 }
    return Double(index + 1)
  }
}
