public import Exact
import JSONText
import Models
public import Probability

extension SemiMarkovSpec {
  /// All but marginals, which the answer has.
  public var questions: [OracleQuestion] {
    [.explanation, .samples, .filtered, .counts, .gradient, .entropy]
  }

  /// The answer to one of them, by messages or from all segmentations.
  public func further(
    _ question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    let visits = request.route == .bruteForce
    return try computing {
      switch question {
      case .filtered:
        beliefAnswer(
          try sequences.map {
            try visits ? $0.enumeratedBeliefs() : SegmentMessages($0)?.beliefs
          })
      case .counts: try counts(visits)
      case .gradient: try gradient(visits)
      default:
        try hiddenStateAnswer(
          question, of: laws(visits),
          as: SemiMarkovSpec.segments, samples: samples, &sampler)
      }
    }
  }

  private func laws(_ visits: Bool) -> [any HiddenStateLaw<[StateSegment]>] {
    if visits { sequences.map(\.visitedSegmentations) } else { sequences }
  }

  private static var segments: HiddenStateForm<[StateSegment]> {
    HiddenStateForm(
      noun: "sequence", key: "segments",
      json: { .array($0.map { ["state": .integer($0.state), "duration": .integer($0.length)] }) },
      text: { listed($0, separator: ", ") { "\($0.state) for \($0.length)" } })
  }

  private func counts(_ visits: Bool) throws -> FurtherAnswer {
    var counts = SemiMarkovCounts(model)
    for sequence in sequences {
      if visits {
        try counts.addEnumerated(sequence)
      } else if let messages = SegmentMessages(sequence) {
        counts.add(messages)
      }
    }
    return FurtherAnswer(
      [
        "initial": .numbers(counts.initial), "transition": .matrix(counts.transition),
        "durations": .matrix(counts.durations),
        "emission": LawSums.emission(counts.factors, isList: isList),
      ],
      sections: OracleSection.table(
        "expected number of segments of each state",
        columns: ["state", "all"] + (1...model.longest).map { "of duration \($0)" },
        count: model.stateCount
      ) { (label: "\($0)", values: [counts.durations[$0].reduce(0, +)] + counts.durations[$0]) }
        + LawSums.sections(counts.factors))
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
    guard slopes.factors.allSatisfy(\.isSettled) else { throw ExactRefusal.imprecise("gradient") }
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
