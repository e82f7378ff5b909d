import GSL
import Kernels
public import Models
import Probability

extension SpanningTreePosterior {
  /// The fast form of ``init(of:)``, by the kernel of `Kernels`; nil where plain doubles do not suffice.
  ///
  /// The same elimination without subtractions, on weights relative to each word's best head. Where
  /// scores are so far apart that a product of weights leaves the doubles, where nothing leads to some
  /// word, where no tree is allowed, or where edges must not cross, ``init(of:)`` is asked.
  public init?(scaled model: SpanningTreeModel) {
    guard !model.projective else { return nil }
    let words = model.wordCount
    let first = model.singleRoot ? 1 : 0
    let nodes = words + 1 - first
    var scores: [Double] = []
    scores.reserveCapacity(nodes * nodes)
    for row in model.scores[first...] { scores += row[first...] }
    guard
      let found = ArborescenceSum(
        scores: scores, nodes: nodes,
        rootScores: model.singleRoot ? Array(model.scores[0][1...]) : nil)
    else { return nil }
    let total = log(found.sum) + found.exponent * log(2) + found.logScale
    // n eliminations, in each of which an entry gains one term; and n greatest scores are added up.
    let roundings = 4 * Double(nodes * nodes) + Double(nodes) * abs(found.logScale)
    var marginals: [[Double]] = []
    marginals.reserveCapacity(words + 1)
    // What is certain may come out an ulp above one.
    if model.singleRoot { marginals.append([0] + found.roots.map { min(1, $0) }) }
    for head in 0..<nodes {
      let row = found.edges[(head * nodes)..<((head + 1) * nodes)].map { min(1, $0) }
      marginals.append(model.singleRoot ? [0] + row : row)
    }
    self.init(
      logPartition: ExactValue(
        total, roundingBound: (roundings + 4 * abs(total)) * Double.ulpOfOne),
      edgeMarginals: marginals)
  }
}
