extension Drawing {
  /// A graphical model: named quantities, arrows between them, and plates around repeated ones.
  public struct Graph: Sendable, Equatable {
    /// What a node is.
    public enum Kind: String, Sendable, Equatable, CaseIterable {
      /// Not seen.
      case latent
      /// Seen.
      case observed
      /// A number that is learned or set.
      case parameter
      /// A function of what points at it.
      case deterministic
      /// No quantity: a thing that others stand on.
      case thing
    }

    /// A node on a grid of columns and rows.
    public struct Node: Sendable, Equatable {
      /// Its name, unique in the graph.
      public let name: String
      /// What it is.
      public let kind: Kind
      /// Its column, from the left.
      public let column: Int
      /// Its row, from the top.
      public let row: Int
      /// Words about it, under the graph: what it means, its table.
      public let note: String
      /// What it stands for.
      public let ink: Ink

      /// A node.
      public init(
        _ name: String, _ kind: Kind, column: Int, row: Int, note: String = "", ink: Ink = .neutral
      ) {
        self.name = name
        self.kind = kind
        self.column = column
        self.row = row
        self.note = note
        self.ink = ink
      }
    }

    /// An arrow.
    public struct Edge: Sendable, Equatable {
      /// The node that it leaves.
      public let from: String
      /// The node that it enters.
      public let to: String
    }

    /// A box around nodes that are repeated.
    public struct Plate: Sendable, Equatable {
      /// How often, as in "n = 1 … N".
      public let label: String
      /// The names of the nodes.
      public let nodes: [String]

      /// A plate.
      public init(_ label: String, around nodes: [String]) {
        self.label = label
        self.nodes = nodes
      }
    }

    /// The nodes.
    public let nodes: [Node]
    /// The arrows.
    public let edges: [Edge]
    /// The plates.
    public let plates: [Plate]

    func node(_ name: String) -> Node? { nodes.first { $0.name == name } }

    /// How many plates lie inside one.
    func depth(_ plate: Plate) -> Int {
      let inner = plates.filter {
        $0 != plate && Set($0.nodes).isStrictSubset(of: Set(plate.nodes))
      }
      return (inner.map { depth($0) }.max() ?? -1) + 1
    }

    /// The kinds of quantities that occur.
    var kinds: [Kind] {
      Kind.allCases.filter { kind in kind != .thing && nodes.contains { $0.kind == kind } }
    }
  }

  /// A graphical model.
  ///
  /// - Parameters:
  ///   - title: what is seen.
  ///   - nodes: the quantities, with their places.
  ///   - edges: pairs of names, from and to.
  ///   - plates: boxes around repeated nodes.
  ///   - caption: what to notice.
  /// - Returns: the picture, with a legend of the kinds of nodes and the notes.
  public static func graph(
    _ title: String, _ nodes: [Graph.Node], edges: [(String, String)], plates: [Graph.Plate] = [],
    caption: String = ""
  ) -> Picture {
    let graph = Graph(
      nodes: nodes, edges: edges.map { Graph.Edge(from: $0.0, to: $0.1) }, plates: plates)
    return Picture(title: title, .graph(graph), caption: caption)
  }
}
