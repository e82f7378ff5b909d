import Probability

extension Drawing.Cloud {
  func draw(on svg: inout SVG) {
    let atOnce = panels.count > 1 ? 2 : 1
    let side = (SVG.width - 16 - 24 * Double(atOnce - 1)) / Double(atOnce)
    var top = 4.0
    for start in stride(from: 0, to: panels.count, by: atOnce) {
      for (index, panel) in panels[start..<min(start + atOnce, panels.count)].enumerated() {
        draw(panel, 8 + Double(index) * (side + 24), top, side, on: &svg)
      }
      top = svg.height + 16
    }
    svg.legend(samples)
    let (x, y) = frame
    let across = "across: \(axes[0]), \(Drawing.range([x.lowerBound, x.upperBound]))"
    let up = "up: \(axes[1]), \(Drawing.range([y.lowerBound, y.upperBound]))"
    svg.text(across, 8, svg.height + 18, class: "axis")
    if !isRow { svg.text(up, 8, svg.height + 14, class: "axis") }
  }

  /// The area of a circle is its probability.
  private func radius(_ probability: Double) -> Double {
    max(1.5, 16 * (probability / largest).squareRoot())
  }

  private func draw(
    _ panel: Panel, _ left: Double, _ top: Double, _ side: Double, on svg: inout SVG
  ) {
    svg.text(panel.name, left, top + 14)
    svg.text(meanText(panel), left, top + 32, class: "axis")
    let height = isRow ? 40 : side * 0.7
    let (up, margin) = (top + 40, 18.0)
    let (xs, ys) = frame
    func x(_ value: Double) -> Double {
      let span = xs.upperBound - xs.lowerBound
      return left + margin + (span > 0 ? (value - xs.lowerBound) / span : 0.5) * (side - 2 * margin)
    }
    func y(_ value: Double) -> Double {
      let span = ys.upperBound - ys.lowerBound
      return up + margin
        + (span > 0 ? (ys.upperBound - value) / span : 0.5) * (height - 2 * margin)
    }
    svg.box(left, up, side, height, class: "grid", isOutline: true)
    svg.line((left, y(0)), (left + side, y(0)), class: "axis", width: 0.7)
    if !isRow { svg.line((x(0), up), (x(0), up + height), class: "axis", width: 0.7) }
    let grain = max(xs.upperBound - xs.lowerBound, ys.upperBound - ys.lowerBound) / 1000
    for outcome in panel.gathered(grain) {
      svg.circle(
        x(outcome.x), y(outcome.y), radius: radius(outcome.probability), class: "neutral",
        opacity: 0.35)
    }
    let (origin, mean) = ((x(0), y(0)), panel.mean)
    svg.arrow(from: origin, to: (x(exact.x), y(exact.y)), class: "p", width: 5, opacity: 0.6)
    svg.arrow(from: origin, to: (x(mean.x), y(mean.y)), class: "q", width: 2)
  }

  private var samples: [(name: String, sample: (inout SVG, Double, Double) -> Void)] {
    let arrows: [(name: String, sample: (inout SVG, Double, Double) -> Void)] = [
      ("mean", { $0.arrow(from: ($1, $2 - 5), to: ($1 + 26, $2 - 5), class: "q", width: 2) }),
      (
        "exact \(point(exact.x, exact.y))",
        {
          $0.arrow(
            from: ($1, $2 - 5), to: ($1 + 26, $2 - 5), class: "p", width: 5, opacity: 0.6)
        }
      ),
    ]
    let sizes = [0.05, 0.25, 0.5, 1].map { share in
      (
        (share == 0.05 ? "probability: " : "") + Drawing.brief(share * largest),
        { (svg: inout SVG, x: Double, y: Double) in
          svg.circle(
            x + 12, y - 5, radius: min(12, radius(share * largest)), class: "neutral",
            opacity: 0.35)
        }
      )
    }
    return arrows + sizes
  }
}
