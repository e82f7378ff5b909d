extension Drawing.Graph {
  private static let half = 20.0

  func draw(on svg: inout SVG) {
    let layers = plates.isEmpty ? 0.0 : Double(1 + (plates.map { depth($0) }.max() ?? 0))
    let columns = Double((nodes.map(\.column).max() ?? 0) + 1)
    let widest = nodes.map { halfWidth($0) }.max() ?? Self.half
    let side = widest + 12 + 16 * layers
    let across = columns > 1 ? min(160, (SVG.width - 2 * side) / (columns - 1)) : 0
    let down = (layers > 0 ? 104 : 84) + 36 * max(0, layers - 1)
    func place(_ node: Node) -> (Double, Double) {
      (side + Double(node.column) * across, 28 + 24 * layers + Double(node.row) * down)
    }
    for plate in plates {
      let inside = plate.nodes.compactMap { node($0) }
      let pad = 14 + 16 * Double(depth(plate))
      let lefts = inside.map { place($0).0 - halfWidth($0) }
      let rights = inside.map { place($0).0 + halfWidth($0) }
      let ys = inside.map { place($0).1 }
      guard let left = lefts.min(), let right = rights.max(), let top = ys.min(),
        let bottom = ys.max()
      else { continue }
      let width = max(right - left + 2 * pad, SVG.width(plate.label) + 16)
      svg.box(
        left - pad, top - Self.half - pad, width, bottom - top + 2 * Self.half + 2 * pad + 14,
        class: "grid", isOutline: true, corner: 8)
      svg.text(
        plate.label, left - pad + width - 8, bottom + Self.half + pad + 8, anchor: "end",
        class: "axis")
    }
    for edge in edges {
      guard let from = node(edge.from), let to = node(edge.to) else { continue }
      let (start, end) = (place(from), place(to))
      svg.arrow(
        from: border(of: from, start, towards: end), to: border(of: to, end, towards: start),
        class: "neutral", width: 1.5)
    }
    for node in nodes { draw(node, place(node), on: &svg) }
    svg.legend(
      kinds.map { kind in
        (
          kind.rawValue,
          { (svg: inout SVG, x: Double, y: Double) in
            Self.outline(kind, x, y - 15, 24, 20, "neutral", on: &svg)
          }
        )
      })
    for node in nodes where !node.note.isEmpty {
      let lines = Wrapping.paragraph("\(node.name): \(node.note)", width: 82, first: "", rest: "  ")
      for line in lines { svg.text(line, 8, svg.height + 16) }
    }
  }

  private func halfWidth(_ node: Node) -> Double {
    max(Self.half, SVG.width(node.name) / 2 + 10)
  }

  private func draw(_ node: Node, _ place: (Double, Double), on svg: inout SVG) {
    let half = halfWidth(node)
    Self.outline(
      node.kind, place.0 - half, place.1 - Self.half, 2 * half, 2 * Self.half, node.ink.rawValue,
      on: &svg)
    svg.text(node.name, place.0, place.1 + 5, anchor: "middle")
  }

  /// Round and empty for what is not seen, filled for what is, a double line for functions.
  private static func outline(
    _ kind: Kind, _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ name: String,
    on svg: inout SVG
  ) {
    switch kind {
    case .latent:
      svg.box(x, y, width, height, class: name, isOutline: true, corner: height / 2)
    case .observed:
      svg.box(x, y, width, height, class: name, opacity: 0.2, corner: height / 2)
      svg.box(x, y, width, height, class: name, isOutline: true, corner: height / 2)
    case .parameter:
      svg.line((x + 2, y + height), (x + width - 2, y + height), class: name)
    case .deterministic:
      svg.box(x, y, width, height, class: name, isOutline: true, corner: 4)
      svg.box(x + 3, y + 3, width - 6, height - 6, class: name, isOutline: true, corner: 3)
    case .thing:
      svg.box(x, y, width, height, class: name, isOutline: true, corner: 8)
    }
  }

  /// Where the way from a node to another leaves it.
  private func border(
    of node: Node, _ place: (Double, Double), towards other: (Double, Double)
  ) -> (Double, Double) {
    let (dx, dy) = (other.0 - place.0, other.1 - place.1)
    let (width, height) = (halfWidth(node) + 3, Self.half + 3)
    let length = max((dx / width * dx / width + dy / height * dy / height).squareRoot(), 1)
    return (place.0 + dx / length, place.1 + dy / length)
  }
}
