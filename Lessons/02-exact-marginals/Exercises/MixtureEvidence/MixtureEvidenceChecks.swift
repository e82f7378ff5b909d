import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `mixture-evidence`: sums over what was not seen.
enum MixtureEvidenceExercise {
  /// log p(y) = log Σ_z p(z) p(y|z) of one datum, from log p(z) and log p(y|z).
  typealias LogEvidence =
    @Sendable (_ logWeights: [Double], _ logLikelihoods: [Double]) -> Double

  /// What is written.
  struct Parts: Sendable {
    /// log p(y) of one datum.
    var logEvidence: LogEvidence
    /// log p(y_1 … y_N) of independent data, from the one above and a row of log p(y_s|z) a datum.
    var logLikelihood:
      @Sendable (_ logEvidence: LogEvidence, _ logWeights: [Double], _ rows: [[Double]]) -> Double

    /// log p(y_1 … y_N) by both parts.
    fileprivate func ofAllData(_ logWeights: [Double], _ rows: [[Double]]) -> Double {
      logLikelihood(logEvidence, logWeights, rows)
    }
  }

  typealias Check = LessonKit.Check<Parts, MixtureProblem>

  static let checks: [Check] = [
    isASumOfJoints, largestComesOut, addsOverData, normalises, equalLikelihoods, oneDatum,
    certainComponent, dataTwice, farTail, impossible,
  ]
}

// MARK: One datum

extension MixtureEvidenceExercise {
  static let isASumOfJoints = Check(
    "sum-of-joints", "log p(y) = log Σ_z p(z) p(y|z)",
    because: "whatever z was, it was one of the K",
    claims: ["A-067", "A-198", "A-230"],
    as: .step
  ) { parts, problem in
    let found = problem.logLikelihoods.map { parts.logEvidence(problem.logWeights, $0) }
    return .equal(found, problem.exactLogEvidence)
  }

  static let largestComesOut = Check(
    "largest-comes-out", "log Σ_z p(z) p(y|z) = M + log Σ_z e^{log p(z, y) − M}",
    because: "with M the largest log p(z, y), no e^… overflows and one of them is 1",
    claims: ["A-197"], as: .step
  ) { parts, problem in
    let found = problem.logLikelihoods.map { parts.logEvidence(problem.logWeights, $0) }
    let shifted = problem.exactJoints.map { row -> ExactValue in
      let logs = row.map(\.logarithm)
      let largest = logs.max { $0.value < $1.value } ?? 0
      return largest + logs.sum { ($0 - largest).exponential }.logarithm
    }
    return .equal(found, shifted)
  }

  /// The largest rate is below 17: less than 1e-27 is left above 80.
  static let normalises = Check(
    "normalises", "Σ_y p(y) = 1",
    because: "weights that sum to one mix distributions that sum to one", claims: ["A-197"],
    as: .consequence
  ) { parts, problem in
    let total = (0..<80).reduce(0) { total, count in
      total + exp(parts.logEvidence(problem.logWeights, problem.logLikelihoods(count)))
    }
    return .equal(total, 1.0)
  }

  static let equalLikelihoods = Check(
    "equal-likelihoods", "p(y|z) = c for all z:  log p(y) = log c",
    because: "the weights sum to one, so a constant comes out of the sum",
    as: .specialCase,
    changing: { problem in [Given("log p(y|k)", problem.logLikelihoods[0][0])] }
  ) { parts, problem in
    let constant = problem.logLikelihoods[0][0]
    let found = parts.logEvidence(problem.logWeights, problem.logWeights.map { _ in constant })
    return .equal(found, constant)
  }

  static let certainComponent = Check(
    "certain-component", "p(z=1) = 1:  log p(y) = log p(y|z=1)",
    because: "a weight of zero is a log of −∞, and e^−∞ adds nothing",
    as: .specialCase,
    changing: { problem in [Given("π", problem.logWeights.indices.map { $0 == 0 ? 1 : 0 })] }
  ) { parts, problem in
    let certain = problem.logWeights.indices.map { $0 == 0 ? 0 : -Double.infinity }
    let found = problem.logLikelihoods.map { parts.logEvidence(certain, $0) }
    return .equal(found, problem.logLikelihoods.map { $0[0] })
  }

  static let farTail = Check(
    "far-tail", "e^−2000 p(y|z) for p(y|z):  log p(y) goes down by 2000",
    because: "a common factor comes out of the sum before anything underflows",
    as: .specialCase
  ) { parts, problem in
    let found = problem.logLikelihoods.map { row in
      parts.logEvidence(problem.logWeights, row.map { $0 - 2000 })
    }
    return .equal(found, problem.exactLogEvidence.map { $0 - 2000 })
  }

  static let impossible = Check(
    "impossible-observation", "p(y|z) = 0 for all z:  log p(y) = −∞",
    because: "an empty sum of probabilities is 0 and its log −∞, not NaN",
    as: .specialCase,
    changing: { _ in [Given("p(y|k)", 0)] }
  ) { parts, problem in
    let found = parts.logEvidence(
      problem.logWeights, problem.logWeights.map { _ in -.infinity })
    return .equal(found, -.infinity)
  }
}

// MARK: All data

extension MixtureEvidenceExercise {
  static let addsOverData = Check(
    "adds-over-data", "Σ_s log Σ_z p(z) p(y_s|z) = log Σ_{z_1…z_N} Π_s p(z_s) p(y_s|z_s)",
    because: "a sum over all K^N assignments of a product is a product of N sums over K",
    claims: ["A-202", "A-229"],
    as: .consequence
  ) { parts, problem in
    .equal(
      parts.ofAllData(problem.logWeights, problem.logLikelihoods),
      exactLogEvidenceByAssignments(of: problem.mixture, problem.counts))
  }

  static let oneDatum = Check(
    "one-datum", "N = 1:  log p(y_1) = log Σ_z p(z) p(y_1|z)",
    because: "a data set of one is a datum",
    as: .specialCase,
    changing: { problem in [Given("y", [problem.counts[0]])] }
  ) { parts, problem in
    .equal(
      parts.ofAllData(problem.logWeights, [problem.logLikelihoods[0]]),
      problem.exactLogEvidence[0])
  }

  static let dataTwice = Check(
    "data-twice", "L(D, D) = 2 L(D)",
    because: "a log-likelihood is a sum over data; their mean is the sum divided by N",
    claims: ["A-229"],
    as: .specialCase,
    changing: { problem in [Given("y", problem.counts + problem.counts)] }
  ) { parts, problem in
    let rows = problem.logLikelihoods
    return .equal(
      parts.ofAllData(problem.logWeights, rows + rows), 2 * problem.exactLogEvidence.sum())
  }
}
