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
    let enumerates = request.route == .bruteForce
    if question == .gradient { return try gradient(enumerates) }
    var entries: [JSON] = []
    for sequence in sequences {
      let entry: JSON?
      do {
        switch question {
        case .explanation: entry = try explanation(sequence, enumerates)
        case .samples: entry = try drawn(sequence, enumerates, samples, &sampler)
        default:
          let entropy =
            try enumerates
            ? sequence.visitedSegmentations.entropy : SegmentMessages(sequence)?.entropy
          entry = entropy.map(JSON.number)
        }
      } catch { throw oracleRefusal(error) }
      entries.append(entry ?? .null)
    }
    return FurtherAnswer(
      .array(entries), sections: [.note("\(question.rawValue): \(question.meaning), under --json.")]
    )
  }

  private func explanation(
    _ sequence: SemiMarkovSequence, _ enumerates: Bool
  ) throws -> JSON? {
    let best =
      try enumerates
      ? sequence.visitedSegmentations.explanation.map {
        (segments: $0.state, logJoint: $0.logJoint)
      }
      : sequence.explanation
    return best.map {
      .object([("logProbability", .number($0.logJoint))] + SemiMarkovSpec.members($0.segments))
    }
  }

  /// The states of the segments, and how long each is.
  private static func members(_ segments: [StateSegment]) -> [(key: String, value: JSON)] {
    [
      ("states", .array(segments.map { .integer($0.state) })),
      ("durations", .array(segments.map { .integer($0.length) })),
    ]
  }

  private func drawn(
    _ sequence: SemiMarkovSequence, _ enumerates: Bool, _ samples: Int, _ sampler: inout Sampler
  ) throws -> JSON? {
    let messages = enumerates ? nil : SegmentMessages(sequence)
    var drawn: [JSON] = []
    for _ in 0..<samples {
      let segments =
        try messages?.sample(&sampler)
        ?? (enumerates ? sequence.visitedSegmentations.sample(&sampler) : nil)
      guard let segments else { return nil }
      drawn.append(.object(SemiMarkovSpec.members(segments)))
    }
    return .array(drawn)
  }

  private func gradient(_ enumerates: Bool) throws(OracleRefusal) -> FurtherAnswer {
    var slopes = SemiMarkovSlopes(model)
    for sequence in sequences {
      if enumerates {
        do { try slopes.addEnumerated(sequence) } catch { throw oracleRefusal(error) }
      } else if let messages = SegmentMessages(sequence) {
        slopes.add(messages)
      }
    }
    guard slopes.isFinite else { throw .unanswered(.overflow("observations")) }
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
