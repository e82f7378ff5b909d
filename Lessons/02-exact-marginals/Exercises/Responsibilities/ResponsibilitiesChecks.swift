import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification
import _Differentiation

/// The signature of exercise `responsibilities`, the posterior of the component.
protocol ResponsibilityForm: Sendable {
  /// p(z = k | y_s), a row a datum, from log p(z) and log p(y_s|z); nil for an impossible datum.
  func responsibilities(logWeights: [Double], _ rows: [[Double]]) -> [[Double]?]
}

extension Sheet where Subject == any ResponsibilityForm, Model == MixtureProblem {
  /// Write the posterior of the component.
  static let responsibilities = Sheet(
    id: "responsibilities",
    title: "Whose datum is it?",
    task: """
      Write `responsibilities`: for each datum the posterior of its component, by Bayes' rule. \
      Both arguments are logarithms; `rows` has a row a datum and a column a component. A datum \
      that no component can make has no posterior: return nil for it.
      """,
    hints: [
      "Bayes: p(z|y) = p(z) p(y|z) / p(y). The denominator is last exercise's sum.",
      "Each row is normalised by itself: a datum's responsibilities sum to one over components.",
      "Subtract the log evidence before you exponentiate, so that tails survive.",
      "exp(log p(z) + log p(y|z) − log p(y)); nil where log p(y) is −∞.",
    ],
    example: .threeRates,
    draw: { try .random(&$0) },
    lines: [
      isBayes, sumsToOne, isAGradient, isAGradientOfLogits, mostLikelyComponent,
      averagesToTheWeights, flatWeights, flatLikelihoods, unmovedByTails, noneWhereImpossible,
    ])

  static var isBayes: Line<any ResponsibilityForm, MixtureProblem> {
    Line(
      "bayes", "r_sk = π_k p(y_s|k) / Σ_k′ π_k′ p(y_s|k′)",
      because: "Bayes' rule over K components: the posterior is a table of K numbers",
      claims: ["A-073", "A-249"]
    ) { form, problem in
      let found = form.responsibilities(logWeights: problem.logWeights, problem.logLikelihoods)
      let weights = problem.mixture.weights
      let direct = problem.logLikelihoods.flatMap { row -> [Double] in
        let joints = row.indices.map { weights[$0] * exp(row[$0]) }
        return joints.map { $0 / joints.reduce(0, +) }
      }
      return .equal(found.flatMap { $0 ?? [] }, direct, terms: 512)
    }
  }

  static var sumsToOne: Line<any ResponsibilityForm, MixtureProblem> {
    Line(
      "sum-to-one", "Σ_k r_sk = 1", because: "the datum came from one of the K, and only one"
    ) { form, problem in
      let found = form.responsibilities(logWeights: problem.logWeights, problem.logLikelihoods)
      return .equal(
        found.map { ($0 ?? []).reduce(0, +) }, problem.counts.map { _ in 1 })
    }
  }

  static var isAGradient: Line<any ResponsibilityForm, MixtureProblem> {
    Line(
      "is-a-gradient", "r_sk = ∂ log Σ_k′ e^{log π_k′} p(y_s|k′) / ∂ log π_k",
      because: "d log-sum-exp is a softmax: back-propagation computes a posterior unasked",
      claims: ["A-073"]
    ) { form, problem in
      let found = form.responsibilities(logWeights: problem.logWeights, problem.logLikelihoods)
      let gradients = problem.logLikelihoods.flatMap { row -> [Double] in
        let row = Vector(row)
        return gradient(at: Vector(problem.logWeights)) { logSumExp($0 + row) }.array
      }
      return .equal(found.flatMap { $0 ?? [] }, gradients, terms: 512)
    }
  }

  static var isAGradientOfLogits: Line<any ResponsibilityForm, MixtureProblem> {
    Line(
      "gradient-of-logits", "r_sk − π_k = ∂ log p(y_s) / ∂φ_k,  π = softmax(φ)",
      because: "a network that sets the weights is pulled from what it said to what Bayes says",
      claims: ["A-207"]
    ) { form, problem in
      let found = form.responsibilities(logWeights: problem.logWeights, problem.logLikelihoods)
      let differences = found.flatMap { row in
        zip(row ?? [], problem.mixture.weights).map { $0 - $1 }
      }
      // Logits are log weights up to a constant, which softmax does not see.
      let logits = Vector(problem.logWeights.map { $0 + 0.7 })
      let gradients = problem.logLikelihoods.flatMap { row -> [Double] in
        let row = Vector(row)
        return gradient(at: logits) { logSumExp(logSoftmax($0) + row) }.array
      }
      return .equal(differences, gradients, terms: 512, magnitude: 1)
    }
  }

  /// Labels are counted from one.
  static var mostLikelyComponent: Line<any ResponsibilityForm, MixtureProblem> {
    Line(
      "most-likely-component", "argmax_k r_k(y) = argmax_k [log π_k − λ_k + y log λ_k], y = 0 … 20",
      because: "y! is everybody's, so the borders between clusters are straight lines in y",
      claims: ["A-204"]
    ) { form, problem in
      let rows = (0...20).map(problem.logLikelihoods)
      let found = form.responsibilities(logWeights: problem.logWeights, rows)
      let lines = (0...20).map { count in
        problem.logWeights.indices.map { k in
          let rate = problem.mixture.rates[k]
          return problem.logWeights[k] - rate + Double(count) * log(rate)
        }
      }
      return .equal(found.map { label($0 ?? []) }, lines.map(label))
    }
  }

  static var averagesToTheWeights: Line<any ResponsibilityForm, MixtureProblem> {
    Line(
      "averages-to-the-weights", "Σ_y p(y) r_k(y) = π_k",
      because: "averaged over the data that the model expects, the posterior is the prior"
    ) { form, problem in
      let table = problem.mixture.exactTable(below: 80)
      let found = form.responsibilities(
        logWeights: problem.logWeights, (0..<80).map(problem.logLikelihoods))
      let averages = problem.logWeights.indices.map { k in
        zip(table, found).reduce(0) { total, pair in
          total + pair.0 * (pair.1.map { $0.indices.contains(k) ? $0[k] : 0 } ?? 0)
        }
      }
      return .equal(averages, problem.mixture.weights, terms: 1024)
    }
  }

  static var flatWeights: Line<any ResponsibilityForm, MixtureProblem> {
    Line(
      "flat-weights", "π_k = 1/K:  r_sk = p(y_s|k) / Σ_k′ p(y_s|k′)",
      because: "a flat prior has no opinion and drops out"
    ) { form, problem in
      let rows = problem.logLikelihoods
      let flat = problem.logWeights.map { _ in -log(Double(problem.logWeights.count)) }
      let direct = rows.flatMap { row -> [Double] in
        let total = row.reduce(0) { $0 + exp($1) }
        return row.map { exp($0) / total }
      }
      return .equal(
        form.responsibilities(logWeights: flat, rows).flatMap { $0 ?? [] }, direct, terms: 512)
    }
  }

  static var flatLikelihoods: Line<any ResponsibilityForm, MixtureProblem> {
    Line(
      "flat-likelihoods", "p(y|k) = c for all k:  r_k = π_k",
      because: "a datum that all components explain alike teaches nothing"
    ) { form, problem in
      let constant = problem.logLikelihoods[0][0]
      let row = problem.logWeights.map { _ in constant }
      let found = form.responsibilities(logWeights: problem.logWeights, [row])
      return .equal(found.flatMap { $0 ?? [] }, problem.mixture.weights, terms: 256)
    }
  }

  static var unmovedByTails: Line<any ResponsibilityForm, MixtureProblem> {
    Line(
      "far-tail", "e^−2000 p(y|k) for p(y|k):  r stays",
      because: "a common factor cancels, if it is still there to cancel"
    ) { form, problem in
      let row = problem.logLikelihoods[0]
      let weights = problem.mixture.weights
      let joints = row.indices.map { weights[$0] * exp(row[$0]) }
      let found = form.responsibilities(
        logWeights: problem.logWeights, [row.map { $0 - 2000 }])
      // Subtracting 2000 rounds the logarithms to 2000 ε.
      return .equal(
        found.flatMap { $0 ?? [] }, joints.map { $0 / joints.reduce(0, +) }, terms: 8192)
    }
  }

  static var noneWhereImpossible: Line<any ResponsibilityForm, MixtureProblem> {
    Line(
      "none-where-impossible", "p(y|k) = 0 for all k:  no posterior, 1 of 1",
      because: "0/0 is not a law; a flat table would be an invention"
    ) { form, problem in
      let found = form.responsibilities(
        logWeights: problem.logWeights, [problem.logWeights.map { _ in -.infinity }])
      return .equalCounts(found.filter { $0 == nil }.count, 1)
    }
  }
}

/// One more than the index of the largest entry; zero for none.
private func label(_ values: [Double]) -> Double {
  guard let largest = values.max(), let index = values.firstIndex(of: largest) else { return 0 }
  return Double(index + 1)
}
