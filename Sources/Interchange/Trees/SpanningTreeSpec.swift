public import JSONText
public import Models

/// A field over spanning trees, as `"model": "spanning-tree"` describes it.
public struct SpanningTreeSpec: Sendable, Equatable {
  /// The scores, and the rules about the root and about edges that cross.
  public let model: SpanningTreeModel

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(requiring: ["model", "scores", "singleRoot"], allowing: ["projective"])
    let table = try place.member("scores")
    let nodes = try table.array().count
    guard nodes >= 2 else {
      throw table.error("expected at least 2 rows, for the root and a word, found \(nodes)")
    }
    let scores = try table.matrix(rows: nodes, columns: nodes)
    let singleRoot = try place.member("singleRoot").bool()
    let projective = try place.optional("projective")?.bool() ?? false
    model = try place.making { () throws(ModelError) in
      try SpanningTreeModel(scores: scores, singleRoot: singleRoot, projective: projective)
    }
  }
}
