import Probability

extension Drawing.Curves {
  /// Dashes and width of each line, as the characters are light, double and heavy.
  private static let strokes = [("", 2.0), ("9 4", 2.5), ("2 4", 3.0)]

  func draw(on svg: inout SVG) {
    guard let frame = PlotFrame(self) else { return svg.text("(nothing to draw)", 8, 20) }
    let ticks = frame.ticks(rows)
    let left = 16 + (ticks.map(SVG.width).max() ?? 0)
    let (right, top, bottom) = (SVG.width - 12, 12.0, 12 + Double(rows) * 22)
    func y(_ height: Double) -> Double {
      bottom - (frame.share(height) ?? 0.5) * (bottom - top)
    }
    func x(_ place: Double) -> Double {
      let span = frame.right - frame.left
      return left + (span > 0 ? (place - frame.left) / span : 0.5) * (right - left)
    }
    func isDrawn(_ height: Double) -> Bool { height.isFinite && (frame.isLinear || height > 0) }
    for row in Plot.labelled(rows) {
      let height = bottom - Double(row) / Double(rows - 1) * (bottom - top)
      svg.line((left, height), (right, height), class: "grid", width: 0.5)
      svg.text(Drawing.bare(ticks[row]), left - 6, height + 5, anchor: "end", class: "axis")
    }
    svg.line((left, top), (left, bottom), class: "axis")
    svg.line((left, bottom), (right, bottom), class: "axis")
    for level in levels where isDrawn(level.height) {
      let height = y(level.height)
      svg.line(
        (left, height), (right, height), class: level.ink.rawValue, width: 1.5, dashes: "5 5")
    }
    for (curve, stroke) in zip(series, Self.strokes) {
      let points = zip(curve.places, curve.heights).filter { isDrawn($0.1) }
      var drawn: [(Double, Double)] = []
      for (place, height) in points {
        if curve.isStepped, let last = drawn.last { drawn.append((x(place), last.1)) }
        drawn.append((x(place), y(height)))
      }
      svg.polyline(drawn, class: curve.ink.rawValue, width: stroke.1, dashes: stroke.0)
    }
    for mark in marks {
      let (low, high) = (y(mark.heights.lowerBound), y(mark.heights.upperBound))
      if mark.isPoint {
        svg.circle(x(mark.place), low, radius: 5, class: "neutral")
      } else {
        svg.line((x(mark.place), low), (x(mark.place), high), class: "neutral", width: 3)
      }
    }
    svg.text(Format.short(frame.left, digits: 4), left, bottom + 18, class: "axis")
    svg.text(axis, (left + right) / 2, bottom + 18, anchor: "middle", class: "axis")
    svg.text(Format.short(frame.right, digits: 4), right, bottom + 18, anchor: "end", class: "axis")
    svg.legend(samples)
  }

  private var samples: [(name: String, sample: (inout SVG, Double, Double) -> Void)] {
    let curves = zip(series, Self.strokes).map { curve, stroke in
      (
        curve.name,
        { (svg: inout SVG, x: Double, y: Double) in
          svg.polyline(
            [(x, y - 5), (x + 24, y - 5)], class: curve.ink.rawValue, width: stroke.1,
            dashes: stroke.0)
        }
      )
    }
    let lines = levels.map { level in
      (
        level.name,
        { (svg: inout SVG, x: Double, y: Double) in
          svg.line(
            (x, y - 5), (x + 24, y - 5), class: level.ink.rawValue, width: 1.5, dashes: "5 5")
        }
      )
    }
    let points = marks.map { mark in
      (
        mark.name,
        { (svg: inout SVG, x: Double, y: Double) in
          if mark.isPoint {
            svg.circle(x + 12, y - 5, radius: 5, class: "neutral")
          } else {
            svg.line((x + 12, y - 12), (x + 12, y + 2), class: "neutral", width: 3)
          }
        }
      )
    }
    return curves + lines + points
  }
}
