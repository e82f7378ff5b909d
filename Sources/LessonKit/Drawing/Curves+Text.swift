import Probability

extension Drawing.Curves: Drawable {
  func lines(width: Int) -> [InkedText] {
    guard let plot = Plot(self, width: width) else { return [InkedText("(nothing to draw)")] }
    var legend = zip(series, Stroke.all).map { InkedText($1.sample, $0.ink) + " \($0.name)" }
    legend += levels.map { InkedText("╌╌", $0.ink) + " \($0.name)" }
    legend += marks.map { InkedText($0.isPoint ? "●" : "┊") + " \($0.name)" }
    return plot.lines(axis: axis) + Drawing.legend(legend, width: width)
  }

  var alternative: String {
    let curves = series.map { curve -> String in
      guard let first = curve.heights.first, let last = curve.heights.last else {
        return "\(curve.name): nothing finite"
      }
      let ends = "from \(Drawing.brief(first)) to \(Drawing.brief(last))"
      return "\(curve.name): \(ends), within \(Drawing.range(curve.heights))"
    }
    let lines = levels.map { "\($0.name): level at \(Drawing.brief($0.height))" }
    let points = marks.map { mark in
      let ends = [mark.heights.lowerBound, mark.heights.upperBound]
      return "\(mark.name): at \(Drawing.brief(mark.place)), \(Drawing.range(ends))"
    }
    let over = axis.isEmpty ? "" : " over \(axis) \(Drawing.range(series.flatMap(\.places)))"
    return "Curves\(over). " + (curves + lines + points).joined(separator: "; ") + "."
  }
}
