import GSL

/// The law of directed spanning trees, p(tree) = exp(score(tree)) / Z.
///
/// The matrix-tree theorem (Tutte 1948) makes Z a determinant, found by elimination without
/// subtractions. It divides, so it is no recursion over a semiring.
///
/// With any number of roots, Z is the weight of the arborescences out of node 0. With a single root,
/// Z = Σ_r exp(score(0 → r)) τ_r, where τ_r is the weight of the arborescences of the words out of word
/// r; the determinant of Koo et al (2007) is the same sum. Projective trees are added up by Eisner's recursion.
public struct TreeLaw: Sendable {
  /// What trees are made of.
  public let potentials: TreePotentials
  /// log Z.
  public let logPartition: Double
  /// The probability of each edge, edgeMarginals[head][modifier]: the derivatives of log Z by the scores.
  public let edgeMarginals: [[Double]]
  /// The pieces of projective trees, and their entropy.
  private let projective: (chart: ProjectiveChart<LogSum>, entropy: Double)?

  /// Adds up all trees; nil when none is allowed.
  public init?(_ potentials: TreePotentials) {
    if potentials.projective {
      let chart = ProjectiveChart<LogSum>(potentials)
      guard chart[chart.top] != .zero else { return nil }
      let (marginals, entropy) = chart.shares()
      self.potentials = potentials
      logPartition = chart[chart.top].log
      edgeMarginals = marginals
      projective = (chart, entropy)
      return
    }
    let scores = potentials.scores
    let nodes = scores.indices
    let arborescences =
      potentials.singleRoot
      ? Arborescences(singleRoot: scores)
      : Arborescences(
        weights: nodes.map { head in nodes.map { $0 == 0 ? -.infinity : scores[head][$0] } },
        roots: nodes.map { $0 == 0 ? 0 : -.infinity })
    guard arborescences.logTotal > -.infinity else { return nil }
    self.potentials = potentials
    logPartition = arborescences.logTotal
    var marginals = scores.map { $0.map { _ in 0.0 } }
    let offset = potentials.singleRoot ? 1 : 0
    for (head, row) in arborescences.edges.enumerated() {
      for (modifier, share) in row.enumerated() where head != modifier {
        // What is impossible, or certain, comes out with the rounding of a difference or a sum.
        marginals[head + offset][modifier + offset] = min(1, max(0, share))
      }
    }
    if potentials.singleRoot {
      for (word, share) in arborescences.roots.enumerated() {
        marginals[0][word + 1] = min(1, share)
      }
    }
    edgeMarginals = marginals
    projective = nil
  }

  /// The entropy −E[log p(tree)] = log Z − Σ p(edge) score(edge).
  ///
  /// *Limits.* A difference: its rounding is that of log Z. Of projective trees it is a sum over pieces.
  public var entropy: Double {
    if let projective { return projective.entropy }
    var sum = CompensatedSum([logPartition])
    for (shares, row) in zip(edgeMarginals, potentials.scores) {
      for (share, score) in zip(shares, row) where share > 0 { sum.add(-share * score) }
    }
    return sum.value
  }

  /// A tree drawn from the law, as the heads of words 1 … n.
  ///
  /// Word by word, from the edge marginals of the trees that are left: a program of n choices (Colbourn,
  /// Myrvold and Neufeld 1996; Zmigrod, Vieira and Cotterell 2021 for single roots). Heads that would close a cycle, or make a second
  /// root, are left out by name: rounding leaves some of them a share. Of projective trees, piece by piece.
  public func sample<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> [Int] {
    if let projective {
      return try projective.chart.walk { (weights: [LogSum]) throws(ChoiceError) in
        try choices.choose(among: weights)
      } ?? []
    }
    var heads: [Int] = []
    var law = self
    for word in 1..<potentials.scores.count {
      let shares = law.edgeMarginals.indices.map { head in
        let isOpen = potentials.leavesTree(heads, word, on: head)
        return LogSum(logWeight: isOpen ? log(law.edgeMarginals[head][word]) : -.infinity)
      }
      let head = try choices.choose(among: shares)
      heads.append(head)
      law = TreeLaw(law.potentials.settling(word, on: head)) ?? law
    }
    return heads
  }
}

/// The total weight of a graph's arborescences and the share of it that uses each edge and root.
private struct Arborescences {
  let logTotal: Double
  let edges: [[Double]]
  let roots: [Double]

  /// Those of the words, from any word that is the root's only one.
  ///
  /// ```
  /// e^(score(0 → r)) τ_r = e^(score(0 → r) + Σ_(m≠r) c_m) τ'_r
  /// ```
  /// with c_m the best score of a head of m among the words and τ' made of scores less c. A root that
  /// is far better than all words, or a word that no word may lead to (a score of −10³⁰⁰), would
  /// else swallow the digits of all the others.
  init(singleRoot scores: [[Double]]) {
    let words = Array(scores.indices.dropFirst())
    let best = words.map { word in
      words.filter { $0 != word }.map { scores[$0][word] }.max() ?? 0
    }
    // Where nothing leads there is nothing to take out.
    let common = best.map { $0 == -.infinity ? 0 : $0 }
    let roots = words.indices.map { root in
      let others = words.indices.filter { $0 != root }.map { common[$0] }
      return CompensatedSum(others + [scores[0][words[root]]]).value
    }
    self.init(
      weights: words.map { head in zip(words, common).map { scores[head][$0] - $1 } }, roots: roots)
  }

  /// Eliminates all nodes but one.
  init(weights: [[Double]], roots: [Double]) {
    let elimination = TreeElimination(weights: weights, roots: roots)
    logTotal = elimination.logTotal
    let shares = elimination.shares()
    var (edges, rootShares) = (weights, roots)
    for (place, node) in elimination.order.enumerated() {
      rootShares[node] = shares.roots[place]
      for (other, modifier) in elimination.order.enumerated() {
        edges[node][modifier] = shares.edges[place][other]
      }
    }
    (self.edges, self.roots) = (edges, rootShares)
  }
}
