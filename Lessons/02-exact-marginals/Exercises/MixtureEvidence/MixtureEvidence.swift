import Exact
import GSL
import LessonKit
import Probability

extension Page {
  /// The log-likelihood of a mixture, and the ways to get it wrong.
  static let mixtureEvidence: Exercise<any MixtureEvidenceForm, MixtureProblem> = Exercise(
    .mixtureEvidence,
    answer: LogSumExp(),
    mistakes: [
      Mistake(
        "averages-the-logs", "Σ_z p(z) log p(y|z), the log inside the sum",
        source: "Pyro #3104 (order of log and sum)", AveragesTheLogs()),
      Mistake(
        "forgets-the-shift", "log Σ_z exp(a_z) without taking the largest a_z out",
        source: "xqding/Importance_Weighted_Autoencoders #3", ForgetsTheShift()),
      Mistake(
        "forgets-the-weights", "log Σ_z p(y|z): as with a missing log K, the sum is no average",
        source: "YosefLab/scVI-dev #8 (missing log K)", ForgetsTheWeights()),
      Mistake(
        "weighs-all-alike", "log of the plain mean of p(y|z), whatever the weights",
        WeighsAllAlike()),
      Mistake(
        "keeps-the-largest", "max_z log p(z, y): the best explanation in place of all of them",
        KeepsTheLargest()),
      Mistake(
        "shifts-by-minus-infinity", "−∞ − (−∞) where the observation is impossible",
        ShiftsByMinusInfinity()),
      Mistake(
        "means-over-data", "the mean over data under the name of the log-likelihood",
        source: "E-077", MeansOverData()),
      Mistake(
        "one-component-for-all", "log Σ_z p(z) Π_s p(y_s|z): all data from the same component",
        OneComponentForAll()),
    ])
}

/// The library's log-sum-exp, and a sum over data.
private protocol RightEvidence: MixtureEvidenceForm {}

extension RightEvidence {
  func logEvidence(logWeights: [Double], logLikelihoods: [Double]) -> Double {
    ExactPosterior(logJoints: zip(logWeights, logLikelihoods).map { $0 + $1 }).logEvidence.value
  }
  func logLikelihood(logWeights: [Double], _ rows: [[Double]]) -> Double {
    rows.reduce(0) { $0 + logEvidence(logWeights: logWeights, logLikelihoods: $1) }
  }
}

private struct LogSumExp: RightEvidence {}

private struct AveragesTheLogs: RightEvidence {
  func logEvidence(logWeights: [Double], logLikelihoods: [Double]) -> Double {
    zip(logWeights, logLikelihoods).reduce(0) { $0 + exp($1.0) * $1.1 }
  }
}

private struct ForgetsTheShift: RightEvidence {
  func logEvidence(logWeights: [Double], logLikelihoods: [Double]) -> Double {
    log(zip(logWeights, logLikelihoods).reduce(0) { $0 + exp($1.0 + $1.1) })
  }
}

private struct ForgetsTheWeights: RightEvidence {
  func logEvidence(logWeights: [Double], logLikelihoods: [Double]) -> Double {
    logSumExp(logLikelihoods)
  }
}

private struct WeighsAllAlike: RightEvidence {
  func logEvidence(logWeights: [Double], logLikelihoods: [Double]) -> Double {
    logSumExp(logLikelihoods) - log(Double(logLikelihoods.count))
  }
}

private struct KeepsTheLargest: RightEvidence {
  func logEvidence(logWeights: [Double], logLikelihoods: [Double]) -> Double {
    zip(logWeights, logLikelihoods).map { $0 + $1 }.max() ?? -.infinity
  }
}

private struct ShiftsByMinusInfinity: RightEvidence {
  func logEvidence(logWeights: [Double], logLikelihoods: [Double]) -> Double {
    let joints = zip(logWeights, logLikelihoods).map { $0 + $1 }
    let largest = joints.max() ?? -.infinity
    return largest + log(joints.reduce(0) { $0 + exp($1 - largest) })
  }
}

private struct MeansOverData: RightEvidence {
  func logLikelihood(logWeights: [Double], _ rows: [[Double]]) -> Double {
    rows.reduce(0) { $0 + logEvidence(logWeights: logWeights, logLikelihoods: $1) }
      / Double(rows.count)
  }
}

private struct OneComponentForAll: RightEvidence {
  func logLikelihood(logWeights: [Double], _ rows: [[Double]]) -> Double {
    let columns = logWeights.indices.map { k in rows.reduce(0) { $0 + $1[k] } }
    return logEvidence(logWeights: logWeights, logLikelihoods: columns)
  }
}
