import Exact
import GSL
import LessonKit
import Probability

extension Page {
  /// The posterior of a component, and the ways to get it wrong.
  static let responsibilities: Exercise<any ResponsibilityForm, MixtureProblem> = Exercise(
    .responsibilities,
    answer: BayesRule(),
    mistakes: [
      Mistake(
        "forgets-the-prior", "p(y|k) / Σ_k′ p(y|k′), as if the weights were flat",
        ForgetsThePrior()),
      Mistake(
        "normalises-over-the-data", "softmax along the wrong axis: columns sum to one",
        NormalisesOverTheData()),
      Mistake(
        "leaves-out-the-evidence", "π_k p(y|k), which is a joint and no posterior",
        LeavesOutTheEvidence()),
      Mistake(
        "divides-underflowed-numbers", "exponentiates first: 0/0 in the tails",
        source: "xqding/Importance_Weighted_Autoencoders #3", DividesUnderflowedNumbers()),
      Mistake(
        "decides-too-early", "one for the largest and zero for the others", DecidesTooEarly()),
      Mistake(
        "flat-where-impossible", "1/K for an observation that cannot happen",
        FlatWhereImpossible()),
      Mistake(
        "counts-the-prior-twice", "π_k² p(y|k), normalised", CountsThePriorTwice()),
    ])
}

private struct BayesRule: ResponsibilityForm {
  func responsibilities(logWeights: [Double], _ rows: [[Double]]) -> [[Double]?] {
    rows.map { row in
      ExactPosterior(logJoints: zip(logWeights, row).map { $0 + $1 }).probabilities
    }
  }
}

private struct ForgetsThePrior: ResponsibilityForm {
  func responsibilities(logWeights: [Double], _ rows: [[Double]]) -> [[Double]?] {
    rows.map { ExactPosterior(logJoints: $0).probabilities }
  }
}

private struct NormalisesOverTheData: ResponsibilityForm {
  func responsibilities(logWeights: [Double], _ rows: [[Double]]) -> [[Double]?] {
    let columns = logWeights.indices.map { k in logSumExp(rows.map { logWeights[k] + $0[k] }) }
    guard columns.contains(where: { $0 > -.infinity }) else { return rows.map { _ in nil } }
    return rows.map { row in
      row.indices.map { exp(logWeights[$0] + row[$0] - columns[$0]) }
    }
  }
}

private struct LeavesOutTheEvidence: ResponsibilityForm {
  func responsibilities(logWeights: [Double], _ rows: [[Double]]) -> [[Double]?] {
    rows.map { row in
      row.contains { $0 > -.infinity } ? zip(logWeights, row).map { exp($0 + $1) } : nil
    }
  }
}

private struct DividesUnderflowedNumbers: ResponsibilityForm {
  func responsibilities(logWeights: [Double], _ rows: [[Double]]) -> [[Double]?] {
    rows.map { row in
      let joints = zip(logWeights, row).map { exp($0 + $1) }
      return joints.map { $0 / joints.reduce(0, +) }
    }
  }
}

private struct DecidesTooEarly: ResponsibilityForm {
  func responsibilities(logWeights: [Double], _ rows: [[Double]]) -> [[Double]?] {
    rows.map { row in
      let joints = zip(logWeights, row).map { $0 + $1 }
      guard let largest = joints.max(), largest > -.infinity else { return nil }
      let winner = joints.firstIndex(of: largest)
      return joints.indices.map { $0 == winner ? 1 : 0 }
    }
  }
}

private struct FlatWhereImpossible: ResponsibilityForm {
  func responsibilities(logWeights: [Double], _ rows: [[Double]]) -> [[Double]?] {
    BayesRule().responsibilities(logWeights: logWeights, rows).map { row in
      row ?? logWeights.map { _ in 1 / Double(logWeights.count) }
    }
  }
}

private struct CountsThePriorTwice: ResponsibilityForm {
  func responsibilities(logWeights: [Double], _ rows: [[Double]]) -> [[Double]?] {
    BayesRule().responsibilities(logWeights: logWeights.map { 2 * $0 }, rows)
  }
}
