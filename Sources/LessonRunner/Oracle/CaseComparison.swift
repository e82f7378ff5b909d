import JSONText

/// How an answer compares with what a case expects.
///
/// |got − want| ≤ tolerance · max(1, |want|); null only where null is wanted; keys that are not
/// expected are ignored.
struct CaseComparison {
  /// A number that differs, or something that is missing, with its place.
  private(set) var differences: [String] = []
  /// How many numbers and nulls were compared.
  private(set) var compared = 0
  let tolerance: Double

  init(_ got: JSON, expected: JSON, tolerance: Double) {
    self.tolerance = tolerance
    compare(got, expected, at: "expected")
  }

  private mutating func compare(_ got: JSON?, _ want: JSON, at place: String) {
    switch (got, want) {
    case (nil, _): differences.append("\(place): missing")
    case (.object?, .object(let members)):
      for member in members {
        compare(got?[member.key], member.value, at: "\(place).\(member.key)")
      }
    case (.array(let list)?, .array(let wanted)) where list.count == wanted.count:
      for (index, pair) in zip(list, wanted).enumerated() {
        compare(pair.0, pair.1, at: "\(place)[\(index)]")
      }
    case (.some(let got), _):
      compared += 1
      if !agree(got, want) {
        differences.append("\(place): \(short(got)), expected \(short(want))")
      }
    }
  }

  private func short(_ value: JSON) -> String {
    let text = value.text(.compact)
    return text.count <= 60 ? text : text.prefix(59) + "…"
  }

  private func agree(_ got: JSON, _ want: JSON) -> Bool {
    guard let one = CaseComparison.number(got), let other = CaseComparison.number(want) else {
      return got == want
    }
    return one == other || abs(one - other) <= tolerance * max(1, abs(other))
  }

  /// A number; log 0 is written as a word.
  private static func number(_ value: JSON) -> Double? {
    switch value {
    case .number(let number): number
    case .string("-inf"): -.infinity
    case .string("inf"): .infinity
    default: nil
    }
  }
}
