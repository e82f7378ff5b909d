public import Probability

extension Drawing {
  /// What a curve is to the others.
  public enum Role: Sendable, Equatable {
    /// Nothing in particular.
    case plain
    /// What a bound is compared with.
    case evidence
    /// A lower bound: nowhere above the series or the level of this name.
    case bound(of: String)
  }

  /// A named curve through points; points that are not finite are left out.
  public struct Series: Sendable, Equatable {
    /// What the curve is, for the legend.
    public let name: String
    /// Where its points are, from left to right.
    public let places: [Double]
    /// How high they are.
    public let heights: [Double]
    /// What it is to the others.
    public let role: Role
    /// What it stands for.
    public let ink: Ink
    /// Whether each height holds until the next place: a staircase.
    public let isStepped: Bool

    /// A curve through points.
    public init(
      _ name: String, places: [Double], heights: [Double], role: Role = .plain, ink: Ink? = nil,
      stepped: Bool = false
    ) {
      let points = zip(places, heights).filter { $0.0.isFinite && $0.1.isFinite }
        .sorted { $0.0 < $1.0 }
      self.name = name
      self.places = points.map(\.0)
      self.heights = points.map(\.1)
      self.role = role
      self.ink = ink ?? role.ink
      isStepped = stepped
    }

    /// A curve through heights at 0, 1, 2 and so on.
    public init(
      _ name: String, _ heights: [Double], role: Role = .plain, ink: Ink? = nil,
      stepped: Bool = false
    ) {
      self.init(
        name, places: heights.indices.map { Double($0) }, heights: heights, role: role, ink: ink,
        stepped: stepped)
    }

    /// The height at a place: on the straight line between neighbours, or on the tread of a
    /// staircase; nil outside.
    func height(at place: Double) -> Double? {
      guard let first = places.first, let last = places.last, first <= place, place <= last else {
        return nil
      }
      guard let right = places.firstIndex(where: { $0 >= place }), places[right] > place else {
        return heights[places.firstIndex { $0 >= place } ?? 0]
      }
      if isStepped { return heights[right - 1] }
      let share = (place - places[right - 1]) / (places[right] - places[right - 1])
      return heights[right - 1] * (1 - share) + heights[right] * share
    }
  }

  /// A horizontal line to compare curves with.
  public struct Level: Sendable, Equatable {
    /// What it is, for the legend.
    public let name: String
    /// How high it is.
    public let height: Double
    /// What it stands for.
    public let ink: Ink
  }

  /// A point, or a vertical distance, that the picture points out.
  public struct Mark: Sendable, Equatable {
    /// What it is, for the legend.
    public let name: String
    /// Where it is.
    public let place: Double
    /// From where to where it reaches; one height for a point.
    public let heights: ClosedRange<Double>

    /// A point.
    public init(_ name: String, at place: Double, _ height: Double) {
      self.init(name, at: place, from: height, to: height)
    }

    /// A distance between two heights.
    public init(_ name: String, at place: Double, from low: Double, to high: Double) {
      self.name = name
      self.place = place
      heights = min(low, high)...max(low, high)
    }

    /// Whether it is a point.
    var isPoint: Bool { heights.lowerBound == heights.upperBound }
  }

  /// Curves over a common axis, with levels and marks.
  public struct Curves: Sendable, Equatable {
    /// The curves.
    public let series: [Series]
    /// Dashed horizontal lines.
    public let levels: [Level]
    /// What is pointed out.
    public let marks: [Mark]
    /// What the horizontal axis counts.
    public let axis: String
    /// The height of the picture in rows of characters.
    public let rows: Int
    /// The scale of the vertical axis.
    public let scale: Scale
  }

  /// Curves over a common axis, with dashed levels to compare them with.
  ///
  /// - Parameters:
  ///   - title: what is seen.
  ///   - series: up to three curves, drawn with light, double and heavy lines.
  ///   - levels: horizontal reference lines, as in "log p(x)".
  ///   - marks: points and distances to point out.
  ///   - axis: what the horizontal axis counts.
  ///   - rows: the height of the picture.
  ///   - scale: of the vertical axis; on a logarithmic one only positive heights are drawn.
  ///   - kind: what the heights are.
  ///   - caption: what to notice.
  /// - Returns: the picture, with a legend under it.
  public static func curve(
    _ title: String, _ series: [Series], levels: [(name: String, height: Double)] = [],
    marks: [Mark] = [], axis: String = "", rows: Int = 12, scale: Scale = .linear,
    kind: NumberKind? = nil, caption: String = ""
  ) -> Picture {
    let curves = Curves(
      series: series,
      levels: levels.map { Level(name: $0.name, height: $0.height, ink: .evidence) },
      marks: marks, axis: axis, rows: max(3, rows), scale: scale)
    return Picture(title: title, .curves(curves), kind: kind, caption: caption)
  }
}

extension Drawing.Role {
  /// The ink of a curve of which nothing else is said.
  fileprivate var ink: Ink {
    switch self {
    case .plain: .neutral
    case .evidence: .evidence
    case .bound: .bound
    }
  }
}
