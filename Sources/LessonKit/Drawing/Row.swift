public import Probability

extension Drawing {
  /// Numbers in order, as blocks between the smallest and the largest.
  public struct Row: Sendable, Equatable {
    /// The numbers.
    public let values: [Double]
    /// The significant digits of the ends.
    public let digits: Int

    /// The smallest and the largest number, as printed.
    var ends: [String] {
      let finite = values.filter(\.isFinite)
      return Format.together([finite.min() ?? .nan, finite.max() ?? .nan], digits: digits)
    }
  }

  /// Numbers as a row of blocks between their smallest and their largest; for a cell or a caption.
  public static func spark(_ values: [Double]) -> String {
    let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else {
      return String(repeating: "·", count: values.count)
    }
    return String(
      values.map { value -> Character in
        guard value.isFinite else { return "·" }
        guard high > low else { return blocks[3] }
        let share = (value / 2 - low / 2) / (high / 2 - low / 2)
        return blocks[min(7, Int(share * 8))]
      })
  }

  /// A row of blocks with its smallest and largest number, thinned to fit the page.
  public static func sparkline(
    _ title: String, _ values: [Double], digits: Int = 4, kind: NumberKind? = nil,
    caption: String = ""
  ) -> Picture {
    Picture(
      title: title, .row(Row(values: values, digits: digits)), kind: kind, caption: caption)
  }
}

extension Drawing.Row: Drawable {
  func lines(width: Int) -> [InkedText] {
    let ends = ends
    let room = max(1, width - ends[0].count - ends[1].count - 2)
    let step = max(1, (values.count + room - 1) / room)
    let thinned = stride(from: 0, to: values.count, by: step).map { values[$0] }
    return [InkedText(ends[0] + " " + Drawing.spark(thinned) + " " + ends[1])]
  }

  var alternative: String {
    "\(values.count) numbers in order, within \(Drawing.range(values))."
  }
}
