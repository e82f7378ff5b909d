public import Probability

extension Drawing {
  /// Parts that add up to one total in every row: ELBO + KL = log p(x) for several q.
  ///
  /// The first part may be negative: it is drawn from a common edge at the left up to its number,
  /// the others as lengths from there on, so that every row ends at the total.
  public struct Stack: Sendable, Equatable {
    /// A kind of part.
    public struct Part: Sendable, Equatable {
      /// Its name.
      public let name: String
      /// What it stands for.
      public let ink: Ink

      /// A kind of part.
      public init(_ name: String, _ ink: Ink) {
        self.name = name
        self.ink = ink
      }
    }

    /// A row: its name and its parts.
    public struct Row: Sendable, Equatable {
      /// Its name.
      public let label: String
      /// Its parts, as many as are named.
      public let parts: [Double]

      /// A row.
      public init(_ label: String, _ parts: [Double]) {
        self.label = label
        self.parts = parts
      }

      /// What they add up to.
      public var sum: Double { parts.reduce(0, +) }
    }

    /// The parts, in the order in which they are added.
    public let parts: [Part]
    /// The rows, from the top.
    public let rows: [Row]
    /// What every row adds up to.
    public let total: Level
    /// The decimals of the numbers.
    public let decimals: Int

    /// From where to where the picture reaches.
    var ends: ClosedRange<Double> {
      let firsts = rows.compactMap(\.parts.first).filter(\.isFinite)
      let sums = (rows.map(\.sum) + [total.height]).filter(\.isFinite)
      let high = max(sums.max() ?? 0, firsts.max() ?? 0)
      guard let least = firsts.min(), least < 0 else { return 0...max(high, 1e-300) }
      // The worst row keeps a stub, a tenth of the picture.
      return (least - max(high - least, 1e-300) / 9)...high
    }

    /// The numbers of a row as an equation.
    func equation(_ row: Row) -> String {
      let terms = row.parts.enumerated().map { index, part in
        let text = Format.fixed(part, decimals: decimals)
        return index == 0 ? text : part < 0 ? "− " + text.dropFirst() : "+ " + text
      }
      return terms.joined(separator: " ") + " = " + Format.fixed(row.sum, decimals: decimals)
    }

    /// Places where parts end, of what can be drawn.
    func borders(_ row: Row) -> [Double] {
      var (sum, borders) = (0.0, [Double]())
      for part in row.parts {
        sum += part
        borders.append(sum)
      }
      return borders
    }
  }

  /// Rows of parts that add up to one total.
  ///
  /// - Parameters:
  ///   - title: what is seen.
  ///   - parts: the names of the parts.
  ///   - rows: names and parts of the rows.
  ///   - total: what every row adds up to.
  ///   - decimals: of the numbers.
  ///   - kind: what the numbers are.
  ///   - caption: what to notice.
  /// - Returns: the picture, with its scale and a legend.
  public static func stack(
    _ title: String, parts: [Stack.Part], _ rows: [Stack.Row],
    total: (name: String, value: Double), decimals: Int = 3, kind: NumberKind? = nil,
    caption: String = ""
  ) -> Picture {
    let stack = Stack(
      parts: parts, rows: rows,
      total: Level(name: total.name, height: total.value, ink: .evidence), decimals: decimals)
    return Picture(title: title, .stack(stack), kind: kind, caption: caption)
  }
}
