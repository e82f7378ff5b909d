import GSL
public import Probability

extension Drawing {
  /// A named curve through points; points that are not finite are left out.
  public struct Series: Sendable, Equatable {
    /// What the curve is, for the legend.
    public let name: String
    /// Where its points are, from left to right.
    public let places: [Double]
    /// How high they are.
    public let heights: [Double]

    /// A curve through points.
    public init(_ name: String, places: [Double], heights: [Double]) {
      let points = zip(places, heights).filter { $0.0.isFinite && $0.1.isFinite }
        .sorted { $0.0 < $1.0 }
      self.name = name
      self.places = points.map(\.0)
      self.heights = points.map(\.1)
    }

    /// A curve through heights at 0, 1, 2 and so on.
    public init(_ name: String, _ heights: [Double]) {
      self.init(name, places: heights.indices.map { Double($0) }, heights: heights)
    }

    /// The height at a place, on the straight line between neighbours; nil outside.
    func height(at place: Double) -> Double? {
      guard let first = places.first, let last = places.last, first <= place, place <= last else {
        return nil
      }
      guard let right = places.firstIndex(where: { $0 >= place }), places[right] > place else {
        return heights[places.firstIndex { $0 >= place } ?? 0]
      }
      let share = (place - places[right - 1]) / (places[right] - places[right - 1])
      return heights[right - 1] * (1 - share) + heights[right] * share
    }
  }

  /// Curves over a common axis, with dashed levels to compare them with.
  ///
  /// - Parameters:
  ///   - title: what is seen.
  ///   - series: up to three curves, drawn with light, double and heavy lines.
  ///   - levels: horizontal reference lines, as in "log p(x)".
  ///   - axis: what the horizontal axis counts.
  ///   - rows: the height of the picture.
  ///   - scale: of the vertical axis; on a logarithmic one only positive heights are drawn.
  ///   - kind: what the heights are.
  ///   - caption: what to notice.
  /// - Returns: the picture, with a legend under it.
  public static func curve(
    _ title: String, _ series: [Series], levels: [(name: String, height: Double)] = [],
    axis: String = "", rows: Int = 12, scale: Scale = .linear, kind: NumberKind? = nil,
    caption: String = ""
  ) -> Picture {
    let plot = Plot(series: series, levels: levels, rows: max(3, rows), scale: scale)
    guard let plot else {
      return Picture(title: title, lines: ["(nothing to draw)"], kind: kind, caption: caption)
    }
    let legend =
      zip(series, Stroke.all).map { "\($1.sample) \($0.name)" }
      + levels.map { "╌╌ \($0.name)" }
    return Picture(
      title: title, lines: plot.lines(axis: axis) + inRows(legend), kind: kind, caption: caption)
  }
}

extension Drawing {
  /// Names side by side with a gap of three, in as many lines as they need.
  private static func inRows(_ names: [String]) -> [String] {
    var lines: [String] = []
    for name in names.map({ Columns.cut($0, width - 2) }) {
      if let last = lines.last, last.count + 3 + name.count <= width {
        lines[lines.count - 1] = last + "   " + name
      } else {
        lines.append("  " + name)
      }
    }
    return lines
  }
}

/// The characters of one kind of line.
struct Stroke: Sendable {
  let flat: Character
  let upright: Character
  /// Coming from the left and turning down, from the left up, from below right, from above right.
  let (leftDown, leftUp, downRight, upRight): (Character, Character, Character, Character)

  var sample: String { String([flat, flat]) }

  static let all: [Stroke] = [
    Stroke(flat: "─", upright: "│", leftDown: "╮", leftUp: "╯", downRight: "╭", upRight: "╰"),
    Stroke(flat: "═", upright: "║", leftDown: "╗", leftUp: "╝", downRight: "╔", upRight: "╚"),
    Stroke(flat: "━", upright: "┃", leftDown: "┓", leftUp: "┛", downRight: "┏", upRight: "┗"),
  ]
}
