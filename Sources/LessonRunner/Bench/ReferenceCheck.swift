import JSONText
import LessonKit

/// Whether an answer is the one that the input file promises.
enum ReferenceCheck: Equatable {
  /// The file promises nothing that the operation answers.
  case noReference
  /// Every number is within the tolerance; the largest |got − want| / max(1, |want|).
  case agrees(worst: Double)
  /// The first place that is not, and what stands there.
  case differs(String)

  /// What an answer may be off: |got − want| ≤ tolerance · max(1, |want|).
  ///
  /// The rule by which the peers' programs accept their own answers.
  static let tolerance = 1e-8

  /// Compares the keys that both have.
  init(answer: JSON, reference: JSON?) {
    self = .noReference
    guard case .object(let wanted)? = reference else { return }
    do throws(Difference) {
      for (key, want) in wanted {
        guard let got = answer[key] else { continue }
        let error = try worst(got, want, key)
        if case .agrees(let before) = self {
          self = .agrees(worst: max(before, error))
        } else {
          self = .agrees(worst: error)
        }
      }
    } catch {
      self = .differs(error.text)
    }
  }
}

private struct Difference: Error {
  let text: String
  init(_ path: String, _ got: String, _ want: String) {
    text = "\(path): \(got), the reference says \(want)"
  }
}

private func worst(_ got: JSON, _ want: JSON, _ path: String) throws(Difference) -> Double {
  switch (got, want) {
  // The log of zero, which a file writes as a string.
  case (.number(-.infinity), .string("-inf")), (.number(-.infinity), .number(-.infinity)):
    return 0
  case (.number(let got), .number(let want)):
    let error = abs(got - want) / max(1, abs(want))
    // Asked this way round, so that NaN is refused.
    guard error <= ReferenceCheck.tolerance else { throw Difference(path, "\(got)", "\(want)") }
    return error
  case (.array(let got), .array(let want)):
    guard got.count == want.count else {
      throw Difference(path, "\(got.count) entries", "\(want.count)")
    }
    var largest = 0.0
    for (index, (got, want)) in zip(got, want).enumerated() {
      largest = max(largest, try worst(got, want, "\(path)[\(index)]"))
    }
    return largest
  case (.object, .object(let want)):
    var largest = 0.0
    for (key, want) in want {
      largest = max(largest, try worst(got[key] ?? .null, want, "\(path).\(key)"))
    }
    return largest
  default:
    guard got == want else {
      throw Difference(path, quoted(got.text()), quoted(want.text()))
    }
    return 0
  }
}
