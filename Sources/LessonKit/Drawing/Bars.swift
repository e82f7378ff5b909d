public import Probability

extension Drawing {
  /// One bar: its name, its length, and words behind it.
  public typealias Bar = (label: String, value: Double, note: String)

  /// Named lengths from a common zero; on a logarithmic scale places instead of lengths.
  public struct Bars: Sendable, Equatable {
    /// A named number.
    public struct Item: Sendable, Equatable {
      /// Its name.
      public let label: String
      /// The number.
      public let value: Double
      /// Words behind it.
      public let note: String
      /// What it stands for.
      public let ink: Ink
    }

    /// What is drawn, from the top.
    public let items: [Item]
    /// What a length stands for.
    public let scale: Scale
    /// The significant digits of the numbers.
    public let digits: Int

    /// The numbers as they are printed, of one width.
    var numbers: [String] { Columns.aligned(Format.together(items.map(\.value), digits: digits)) }

    /// On a logarithmic scale, how many times the smallest positive number each one is.
    var factors: [String] {
      let least = items.map(\.value).filter { $0 > 0 && $0.isFinite }.min()
      guard scale == .logarithmic, let least else { return items.map { _ in "" } }
      return items.map { item in
        guard item.value > 0, item.value.isFinite else { return "" }
        return item.value == least ? "×1" : "×" + Format.short(item.value / least, digits: 3)
      }
    }
  }

  /// Horizontal bars, to an eighth of a column, each with its number and a note.
  ///
  /// Negative numbers extend to the left of a common zero (linear scale). On a logarithmic scale,
  /// which has no zero that a length could start from, each number is a point on a ruler of powers
  /// of ten, and is followed by the factor by which it exceeds the smallest.
  ///
  /// - Parameters:
  ///   - title: what is seen.
  ///   - bars: names, numbers and words behind them.
  ///   - scale: what lengths or places stand for.
  ///   - digits: the significant digits of the numbers.
  ///   - inks: what each bar stands for, where that is something.
  ///   - kind: what the numbers are.
  ///   - caption: what to notice.
  /// - Returns: the picture.
  public static func bars(
    _ title: String, _ bars: [Bar], scale: Scale = .linear, digits: Int = 4, inks: [Ink] = [],
    kind: NumberKind? = nil, caption: String = ""
  ) -> Picture {
    let items = bars.enumerated().map { index, bar in
      Bars.Item(
        label: bar.label, value: bar.value, note: bar.note,
        ink: inks.indices.contains(index) ? inks[index] : .neutral)
    }
    let content = Bars(items: items, scale: scale, digits: digits)
    return Picture(title: title, .bars(content), kind: kind, caption: caption)
  }
}
