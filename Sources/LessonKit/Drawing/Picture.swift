public import Probability

/// A picture as data: one value that is drawn with characters and as SVG.
public struct Picture: Sendable, Equatable {
  /// What is drawn.
  public enum Content: Sendable, Equatable {
    /// Curves over a common axis.
    case curves(Drawing.Curves)
    /// Named lengths.
    case bars(Drawing.Bars)
    /// Parts that add up to the same total in every row.
    case stack(Drawing.Stack)
    /// Shaded cells.
    case grid(Drawing.Grid)
    /// A graphical model.
    case graph(Drawing.Graph)
    /// Random vectors as outcomes in the plane.
    case cloud(Drawing.Cloud)
    /// A row of small blocks.
    case row(Drawing.Row)
    /// Small pictures of pixels.
    case images(Drawing.Images)
  }

  /// What is seen.
  public let title: String
  /// What is drawn.
  public let content: Content
  /// What to notice, under the picture.
  public let caption: String
  /// What the numbers drawn are; nil where there are none.
  public let kind: NumberKind?

  /// A picture.
  public init(
    title: String, _ content: Content, kind: NumberKind? = nil, caption: String = ""
  ) {
    self.title = title
    self.content = content
    self.kind = kind
    self.caption = caption
  }

  /// What is seen, in words, for whoever does not see it: ranges, ends, the largest.
  public var alternative: String { drawable.alternative }

  /// The picture in characters; no line is wider than `width`, which is at least 36.
  public func lines(width: Int = Drawing.width) -> [String] { inked(width: width).map(\.plain) }

  /// The picture as an SVG element to be put into a page, with its title and description.
  ///
  /// It has no colours of its own: a stylesheet gives the classes "q", "p", "bound", "evidence",
  /// "neutral", "grid" and "axis" a `color`.
  public func svg() -> String {
    var svg = SVG()
    drawable.draw(on: &svg)
    return svg.document(title: title, description: alternative)
  }

  /// The lines, of which parts have an ink.
  func inked(width: Int) -> [InkedText] {
    let width = max(Drawing.leastWidth, width)
    return drawable.lines(width: width).map { $0.trimmed.cut(width) }
  }

  /// The caption, and what the numbers are.
  public var foot: String {
    let numbers = kind.map { "What is drawn is \($0.word)." }
    return [caption, numbers ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private var drawable: any Drawable {
    switch content {
    case .curves(let curves): curves
    case .bars(let bars): bars
    case .stack(let stack): stack
    case .grid(let grid): grid
    case .graph(let graph): graph
    case .cloud(let cloud): cloud
    case .row(let row): row
    case .images(let images): images
    }
  }
}

/// What a picture may be made of.
protocol Drawable {
  /// Lines of characters, none wider than `width`.
  func lines(width: Int) -> [InkedText]
  /// The same, 640 units wide.
  func draw(on svg: inout SVG)
  /// What is seen, in words.
  var alternative: String { get }
}
