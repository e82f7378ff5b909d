import Probability

/// Pictures for looking rather than reading, as values that know nothing of how they are drawn.
///
/// A picture never fails: a number that is infinite or no number is drawn as such in words.
public enum Drawing {
  /// The width of a picture on a page of 80 columns.
  public static let width = 76

  /// The narrowest picture.
  public static let leastWidth = 36

  /// How a length stands for a number.
  public enum Scale: Sendable, Equatable {
    /// Lengths are proportional to the numbers.
    case linear
    /// Places are proportional to the logarithms; lengths mean nothing, so there are none.
    case logarithmic
  }

  static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }

  /// Without blanks on either side.
  static func bare(_ text: String) -> String { trimmed(String(text.drop { $0 == " " })) }

  /// Entries of a legend side by side with a gap of three, in as many lines as they need.
  static func legend(_ entries: [InkedText], width: Int) -> [InkedText] {
    var lines: [InkedText] = []
    for entry in entries.map({ $0.cut(width - 2) }) {
      if let last = lines.last, last.count + 3 + entry.count <= width {
        lines[lines.count - 1] = last + "   " + entry
      } else {
        lines.append("  " + entry)
      }
    }
    return lines
  }

  /// Numbers for a sentence: the smallest and the largest.
  static func range(_ values: [Double]) -> String {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return "nothing finite" }
    let texts = (brief(low), brief(high))
    return texts.0 == texts.1 ? texts.0 : "\(texts.0) to \(texts.1)"
  }
}

extension Drawing {
  /// A number with few digits.
  static func brief(_ value: Double) -> String { Format.short(value, digits: 4) }
}
