import Exact
import JSONText
import Models
import Probability

extension SpanningTreeSpec: OracleSpec {
  /// Beyond this no digits are left to tell trees apart: a tree must then be made of heads that are
  /// worse than the best ones by more than this.
  private static let furthest = 1e6

  /// Elimination in the matrix-tree theorem, or all assignments of heads.
  public func answer(_ request: OracleRequest) throws(OracleRefusal) -> OracleAnswer {
    let words = model.wordCount
    let nodes = Double(words + 1)
    let (relative, best) = model.relativeToBestHeads
    let isBruteForce = request.method == .bruteForce
    let assignments = power(words + 1, words)
    let posterior: SpanningTreePosterior
    if isBruteForce {
      try request.require(assignments, "scores: \(counted(words, "word"))")
      posterior = .enumerated(of: relative) { request.progress?(Double($0), assignments) }
    } else if let scaled = SpanningTreePosterior(scaled: relative) {
      posterior = scaled
    } else {
      // In log space every stage of the elimination is kept.
      try request.requireMemory(
        for: (nodes * nodes * nodes - nodes) / 3, "scores: \(counted(words, "word"))")
      posterior = SpanningTreePosterior(of: relative)
    }
    // Every edge has a finite score, so that there is always a tree.
    let logPartition = posterior.logPartition.value + best
    guard let marginals = posterior.edgeMarginals, logPartition.isFinite,
      marginals.joined().allSatisfy(\.isFinite)
    else { throw .overflow("scores") }
    // Sums of scores that were rounded to the same double make ties, and ties too many heads.
    guard abs(posterior.logPartition.value) <= SpanningTreeSpec.furthest,
      isOneHeadEach(marginals)
    else { throw .imprecise("scores") }
    return OracleAnswer(
      method: isBruteForce ? .bruteForce : .structured,
      route: isBruteForce
        ? "sum over all \(countText(assignments)) assignments of heads, those that are trees"
        : "matrix-tree theorem, elimination without subtractions",
      work: isBruteForce
        ? [("states", assignments)]
        : [("words", Double(words)), ("terms", (nodes * nodes * nodes - nodes) / 3)],
      members: [("logPartition", .number(logPartition)), ("edgeMarginals", .matrix(marginals))],
      sections: sections(logPartition, marginals))
  }

  /// Whether the shares of the heads of every word sum to one.
  private func isOneHeadEach(_ marginals: [[Double]]) -> Bool {
    (1...model.wordCount).allSatisfy { word in
      abs(marginals.reduce(0) { $0 + $1[word] } - 1) <= 1e-9
    }
  }

  private func sections(_ logPartition: Double, _ marginals: [[Double]]) -> [OracleSection] {
    let words = model.wordCount
    return [.line(label: "log Z", value: logPartition)]
      + OracleSection.table(
        "share of the trees in which head h has modifier m",
        columns: ["head"] + (1...words).map { "m = \($0)" }, count: words + 1
      ) { head in
        (label: head == 0 ? "root" : "\(head)", values: Array(marginals[head].dropFirst()))
      }
  }
}
