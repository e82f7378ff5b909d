extension Drawing.Graph: Drawable {
  func lines(width: Int) -> [InkedText] {
    guard !nodes.isEmpty else { return [InkedText("(nothing to draw)")] }
    var canvas = GraphCanvas(self, width: width)
    canvas.drawPlates()
    canvas.drawEdges()
    canvas.drawNodes()
    let legend = kinds.map { kind in InkedText(kind.around("·") + " \(kind.rawValue)") }
    let notes = nodes.filter { !$0.note.isEmpty }.flatMap { node in
      Wrapping.paragraph("\(node.name): \(node.note)", width: width, first: "  ", rest: "    ")
    }
    return canvas.lines + Drawing.legend(legend, width: width) + notes.map { InkedText($0) }
  }

  var alternative: String {
    let names = nodes.map { "\($0.name) (\($0.kind.rawValue))" }.joined(separator: ", ")
    let arrows = edges.map { "\($0.from) → \($0.to)" }.joined(separator: ", ")
    let boxes = plates.map { "\($0.label): \($0.nodes.joined(separator: ", "))" }
    return "A graphical model with \(names). Arrows: \(arrows.isEmpty ? "none" : arrows)."
      + (boxes.isEmpty ? "" : " Plates: \(boxes.joined(separator: "; ")).")
  }
}

extension Drawing.Graph.Kind {
  /// A name in the brackets of its kind.
  func around(_ name: String) -> String {
    switch self {
    case .latent: "( \(name) )"
    case .observed: "[ \(name) ]"
    case .parameter: "\(name)"
    case .deterministic: "⟨ \(name) ⟩"
    case .thing: "[ \(name) ]"
    }
  }
}

/// Cells with lines that know where they lead, so that arrows that meet join.
private struct GraphCanvas {
  private let graph: Drawing.Graph
  private let size: (columns: Int, rows: Int)
  private let centres: [Int]
  private let margin: Int
  private let pitch: Int
  private var cells: [[(character: Character, ink: Ink)]]
  /// Where a line leads from each cell: 1 up, 2 down, 4 left, 8 right.
  private var leads: [[Int]]

  init(_ graph: Drawing.Graph, width: Int) {
    self.graph = graph
    let layers = graph.plates.isEmpty ? 0 : 1 + (graph.plates.map { graph.depth($0) }.max() ?? 0)
    margin = layers
    pitch = 2 + 2 * max(1, layers)
    let last = (graph.nodes.map(\.column).max() ?? 0, graph.nodes.map(\.row).max() ?? 0)
    let widths = (0...max(0, last.0)).map { column in
      graph.nodes.filter { $0.column == column }
        .map { $0.kind.around($0.name).count }.max() ?? 1
    }
    let side = 2 * layers + 1
    let free = width - widths.reduce(0, +) - 2 * side
    let gap = min(10, max(2, widths.count > 1 ? free / (widths.count - 1) : 2))
    var (centres, x) = ([Int](), side)
    for width in widths {
      centres.append(x + width / 2)
      x += width + gap
    }
    self.centres = centres
    size = (x - gap + side, max(0, last.1) * pitch + 1 + 2 * layers)
    cells = Array(
      repeating: Array(repeating: (" ", .neutral), count: size.columns), count: size.rows)
    leads = Array(repeating: Array(repeating: 0, count: size.columns), count: size.rows)
  }

  private func place(_ node: Drawing.Graph.Node) -> (x: Int, y: Int) {
    let column = min(centres.count - 1, max(0, node.column))
    return (centres[column], margin + max(0, node.row) * pitch)
  }

  /// The columns that a node takes.
  private func span(_ node: Drawing.Graph.Node) -> ClosedRange<Int> {
    let text = node.kind.around(node.name)
    let left = place(node).x - text.count / 2
    return left...(left + text.count - 1)
  }

  mutating func drawPlates() {
    for plate in graph.plates {
      let inside = plate.nodes.compactMap { graph.node($0) }
      let depth = graph.depth(plate)
      let spans = inside.map { span($0) }
      let ys = inside.map { place($0).y }
      guard let left = spans.map(\.lowerBound).min(), let right = spans.map(\.upperBound).max(),
        let top = ys.min(), let bottom = ys.max()
      else { continue }
      let pad = 2 + 2 * depth
      let (x0, x1) = (max(0, left - pad), min(size.columns - 1, right + pad))
      let (y0, y1) = (max(0, top - 1 - depth), min(size.rows - 1, bottom + 1 + depth))
      for x in x0...x1 {
        put("┄", x, y0)
        put("┄", x, y1)
      }
      for y in y0...y1 {
        put("┆", x0, y)
        put("┆", x1, y)
      }
      put("┌", x0, y0)
      put("┐", x1, y0)
      put("└", x0, y1)
      put("┘", x1, y1)
      let label = Columns.cut(" " + plate.label + " ", max(1, x1 - x0 - 1))
      for (index, character) in label.enumerated() {
        put(character, x1 - label.count + index, y1)
      }
    }
  }

  mutating func drawEdges() {
    var tips: [(Character, Int, Int)] = []
    for edge in graph.edges {
      guard let from = graph.node(edge.from), let to = graph.node(edge.to) else { continue }
      let (start, end) = (place(from), place(to))
      if start.y == end.y, !isBlocked(from, to) {
        let rightwards = start.x < end.x
        let first = rightwards ? span(from).upperBound + 1 : span(from).lowerBound - 1
        let last = rightwards ? span(to).lowerBound - 1 : span(to).upperBound + 1
        lead((first, start.y), (last, end.y))
        tips.append((rightwards ? "▶" : "◀", last, end.y))
        continue
      }
      // Down (or up, or below a row) to halfway before the target, across, and in.
      let downwards = end.y > start.y
      let entry = end.y + (downwards ? -1 : 1)
      let across = end.y + (downwards ? -pitch / 2 : pitch / 2)
      let exit = start.y + (start.y > end.y ? -1 : 1)
      guard across < size.rows, across >= 0 else { continue }
      lead((start.x, exit), (start.x, across))
      lead((start.x, across), (end.x, across))
      lead((end.x, across), (end.x, entry))
      tips.append((downwards ? "▼" : "▲", end.x, entry))
    }
    let joints: [Character] = Array(" │││─╯╮┤─╰╭├─┴┬┼")
    for y in leads.indices {
      for x in leads[y].indices where leads[y][x] > 0 { put(joints[leads[y][x]], x, y) }
    }
    for (tip, x, y) in tips { put(tip, x, y) }
  }

  private func isBlocked(_ from: Drawing.Graph.Node, _ to: Drawing.Graph.Node) -> Bool {
    let between = (min(from.column, to.column) + 1)..<max(from.column, to.column, 1)
    return graph.nodes.contains { $0.row == from.row && between.contains($0.column) }
  }

  /// A straight line from cell to cell.
  private mutating func lead(_ from: (Int, Int), _ to: (Int, Int)) {
    let (dx, dy) = ((to.0 - from.0).signum(), (to.1 - from.1).signum())
    var (x, y) = from
    while (x, y) != to, leads.indices.contains(y), leads[y].indices.contains(x) {
      leads[y][x] |= dx > 0 ? 8 : dx < 0 ? 4 : dy > 0 ? 2 : 1
      (x, y) = (x + dx, y + dy)
      guard leads.indices.contains(y), leads[y].indices.contains(x) else { return }
      leads[y][x] |= dx > 0 ? 4 : dx < 0 ? 8 : dy > 0 ? 1 : 2
    }
  }

  mutating func drawNodes() {
    for node in graph.nodes {
      for (x, character) in zip(span(node), node.kind.around(node.name)) {
        put(character, x, place(node).y, node.ink)
      }
    }
  }

  private mutating func put(_ character: Character, _ x: Int, _ y: Int, _ ink: Ink = .neutral) {
    guard cells.indices.contains(y), cells[y].indices.contains(x) else { return }
    cells[y][x] = (character, ink)
  }

  var lines: [InkedText] { cells.map { InkedText($0) } }
}
