import Exact
import JSONText
import Models
import Probability

/// Answers with the keys of a file's `reference`, to be compared after timing.
enum Answers {
  static func logEvidence(_ values: [Double]) -> JSON { ["logEvidence": .numbers(values)] }

  static func moments(_ law: ExactMoments) -> JSON {
    ["mean": .numbers(law.mean), "covariance": .matrix(law.covariance)]
  }

  static func latentFactor(
    _ answers: (posteriors: [DocumentPosterior], gradient: DocumentGradient)
  ) -> JSON {
    let gradient = answers.gradient
    var parts: [(key: String, value: JSON)] = [
      ("weights", .matrix(gradient.weights)), ("bias", .numbers(gradient.bias)),
    ]
    if let prior = gradient.prior { parts.append(("prior", .numbers(prior))) }
    return [
      "logEvidence": .numbers(answers.posteriors.map(\.logEvidence.value)),
      "posteriorMarginals": .array(
        answers.posteriors.map { $0.marginals.map { .numbers($0) } ?? .null }),
      "gradient": .object(parts),
    ]
  }

  static func expectations(_ found: [ObservedChainPosterior]) -> JSON {
    let pairs = found.reduce(into: [Double]()) { total, one in
      total = added(total, one.transitionCounts)
    }
    let states = Int(Double(pairs.count).squareRoot())
    let initial = found.reduce(into: [Double]()) { total, one in
      total = added(total, one.initialCounts)
    }
    let rows = (0..<states).map { Array(pairs[($0 * states)..<(($0 + 1) * states)]) }
    return [
      "logEvidence": .numbers(found.map(\.logEvidence.value)),
      "expectedCounts": ["initial": .numbers(initial), "transition": .matrix(rows)],
    ]
  }

  static func bestPaths(_ found: [ChainExplanation?]) -> JSON {
    [
      "explanation": .array(
        found.map { best in
          best.map { ["logProbability": .number($0.logJoint), "states": .integers($0.path)] }
            ?? .null
        })
    ]
  }

  static func spanningTree(_ answer: SpanningTreePosterior) -> JSON {
    [
      "logPartition": .number(answer.logPartition.value),
      "edgeMarginals": .matrix(answer.edgeMarginals ?? []),
    ]
  }

  static func smoothed(_ posteriors: [StateSpacePosterior]) -> JSON {
    [
      "logEvidence": .numbers(posteriors.map(\.logEvidence.value)),
      "smoothedMeans": .array(
        posteriors.map { posterior in .matrix((0..<posterior.length).map(posterior.mean)) }),
      "smoothedCovariances": .array(
        posteriors.map { posterior in
          .array((0..<posterior.length).map { .matrix(posterior.covariance(at: $0)) })
        }),
    ]
  }

  static func beliefNetwork(_ answers: [BeliefNetworkPosterior]) -> JSON {
    [
      "logEvidence": .numbers(answers.map(\.logEvidence.value)),
      "posteriorMarginals": .matrix(answers.map(\.topMarginals)),
    ]
  }

  /// The sum entry by entry; a list that has not begun is zero.
  private static func added(_ one: [Double], _ other: some Collection<Double>) -> [Double] {
    if one.isEmpty { return Array(other) }
    return other.isEmpty ? one : zip(one, other).map { $0 + $1 }
  }
}
