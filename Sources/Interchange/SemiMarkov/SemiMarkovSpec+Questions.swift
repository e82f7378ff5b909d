public import Exact
import JSONText
import Models
public import Probability

extension SemiMarkovSpec {
  /// The segmentation, and the slopes.
  public var questions: [OracleQuestion] { [.explanation, .samples, .gradient, .entropy] }

  /// The answer to one of them, by messages or from all segmentations.
  public func further(
    _ question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    let visits = request.route == .bruteForce
    do {
      switch question {
      case .explanation: return try explanation(visits)
      case .samples: return try drawn(visits, samples, &sampler)
      case .gradient: return try gradient(visits)
      default:
        return .entropy(
          try sequences.map {
            try visits ? $0.visitedSegmentations.entropy : SegmentMessages($0)?.entropy
          }, of: "sequence")
      }
    } catch { throw oracleRefusal(error) }
  }

  private func explanation(_ visits: Bool) throws -> FurtherAnswer {
    let found = try sequences.map { sequence in
      let best =
        try visits
        ? sequence.visitedSegmentations.explanation.map {
          (segments: $0.state, logJoint: $0.logJoint)
        } : sequence.explanation
      return best.map {
        Explained(
          logJoint: $0.logJoint, state: ("segments", SemiMarkovSpec.segments($0.segments)),
          text: SemiMarkovSpec.text($0.segments))
      }
    }
    let evidence = try sequences.map {
      try visits
        ? $0.visitedSegmentations.logEvidence : SemiMarkovPosterior(of: $0).logEvidence.value
    }
    return .explanation(found, evidence: evidence, of: "sequence")
  }

  private static func segments(_ segments: [StateSegment]) -> JSON {
    .array(segments.map { ["state": .integer($0.state), "duration": .integer($0.length)] })
  }

  private static func text(_ segments: [StateSegment]) -> String {
    segments.prefix(20).map { "\($0.state) for \($0.length)" }.joined(separator: ", ")
  }

  private func drawn(
    _ visits: Bool, _ samples: Int, _ sampler: inout Sampler
  ) throws -> FurtherAnswer {
    var found: [[(value: JSON, text: String)]?] = []
    for sequence in sequences {
      var drawn: [[StateSegment]]? = []
      if visits {
        drawn = try sequence.visitedSegmentations.samples(samples, &sampler)
      } else if let messages = SegmentMessages(sequence) {
        for _ in 0..<samples { drawn?.append(try messages.sample(&sampler)) }
      } else {
        drawn = nil
      }
      found.append(drawn.map { $0.map { (SemiMarkovSpec.segments($0), SemiMarkovSpec.text($0)) } })
    }
    return .samples(found, of: "sequence")
  }

  private func gradient(_ visits: Bool) throws -> FurtherAnswer {
    var slopes = SemiMarkovSlopes(model)
    for sequence in sequences {
      if visits {
        try slopes.addEnumerated(sequence)
      } else if let messages = SegmentMessages(sequence) {
        slopes.add(messages)
      }
    }
    guard slopes.isFinite else { throw OracleRefusal.unanswered(.overflow("observations")) }
    return FurtherAnswer(
      .object([
        ("initial", .numbers(slopes.initial)), ("transition", .matrix(slopes.transition)),
        ("durations", .matrix(slopes.durations)),
        ("emission", LawSlopes.emission(slopes.factors, isList: isList)),
      ]),
      sections: [
        .bars(
          title: "∂ log p(x) / ∂ initial", labels: slopes.initial.indices.map { "state \($0)" },
          values: slopes.initial)
      ])
  }
}

/// What a computation throws, as a refusal of the oracle.
func oracleRefusal(_ error: any Error) -> OracleRefusal {
  do throws(OracleRefusal) { return try computing { throw error } } catch { return error }
}
