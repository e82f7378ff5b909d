import GSL
public import Models
public import Probability

/// What can be asked of the trees of a field, beside how much they weigh together; trees are heads of words 1 … n.
public protocol TreeInquiry {
  /// The most probable tree with its log probability, the first of several.
  var explanation: (heads: [Int], logProbability: Double)? { get throws }
  /// −Σ_t p(t) log p(t), in nats; nil where a difference would leave too few digits of it.
  var entropy: Double? { get throws }
  /// So many trees drawn from the field.
  func samples<Choices: DiscreteChoices>(_ count: Int, _ choices: inout Choices) throws -> [[Int]]?
}

/// The answers of Chu, Liu and Edmonds, of the matrix-tree theorem, and of Eisner's pieces.
public struct ChartedTrees: TreeInquiry {
  private let model: SpanningTreeModel
  let law: TreeLaw

  /// The trees of a model; nil when none is allowed.
  public init?(_ model: SpanningTreeModel) {
    guard let law = TreeLaw(model.potentials) else { return nil }
    self.init(model, law)
  }

  init(_ model: SpanningTreeModel, _ law: TreeLaw) {
    self.model = model
    self.law = law
  }

  /// log p(t) = score(t) − log Z.
  public var explanation: (heads: [Int], logProbability: Double)? {
    model.potentials.bestTree.map { ($0, model.score(heads: $0) - law.logPartition) }
  }

  /// What a tree costs beside its most probable heads, if that is not the difference of numbers too large; of
  /// projective trees a sum over pieces.
  ///
  /// ```
  /// H = log Z − Σ_m s(h_m, m) − Σ p(h, m) (s(h, m) − s(h_m, m)),     h_m the most probable head of m
  /// ```
  /// The differences of scores are what a share is wrong by, in units of its last place, and what it is multiplied by.
  public var entropy: Double? {
    guard !model.projective else { return law.entropy }
    let nodes = model.scores.count
    var sum = CompensatedSum([law.logPartition])
    var (size, largest, common) = (0.0, Double(8 * nodes), abs(law.logPartition))
    for m in 1..<nodes {
      let shares = (0..<nodes).map { law.edgeMarginals[$0][m] }
      guard let head = shares.indices.max(by: { shares[$0] < shares[$1] }) else { continue }
      let best = model.scores[head][m]
      sum += -best
      common += abs(best)
      for (share, row) in zip(shares, model.scores) where share > 0 {
        let excess = row[m] - best
        sum += -share * excess
        size += share * abs(excess)
        if share > 1e-15 { largest = max(largest, abs(excess)) }
      }
    }
    guard (size * largest + 4 * common) * Double.ulpOfOne < 1e-9 else { return nil }
    return max(0, sum.value)
  }

  /// Word by word, or piece by piece.
  public func samples<Choices: DiscreteChoices>(
    _ count: Int, _ choices: inout Choices
  ) throws -> [[Int]]? {
    var drawn: [[Int]] = []
    for _ in 0..<count { drawn.append(try law.sample(&choices)) }
    return drawn
  }
}

/// The brute-force twin: every question visits all assignments of heads.
public struct ListedTrees: TreeInquiry {
  private let model: SpanningTreeModel

  /// The trees of a model.
  public init(_ model: SpanningTreeModel) { self.model = model }

  var states: VisitedStates<[Int]> {
    VisitedStates { [model] each in
      try forEachPath(
        states: model.wordCount + 1, length: model.wordCount, in: 0..<Int.max
      ) { (heads: [Int]) throws in
        if model.isTree(heads) { try each(heads, model.score(heads: heads)) }
      }
    }
  }

  /// The largest score of all.
  public var explanation: (heads: [Int], logProbability: Double)? {
    get throws {
      let total = try states.logEvidence
      return try states.explanation.map { ($0.state, $0.logJoint - total) }
    }
  }

  /// By its definition.
  public var entropy: Double? { get throws { try states.entropy } }

  /// Trees drawn from the list.
  public func samples<Choices: DiscreteChoices>(
    _ count: Int, _ choices: inout Choices
  ) throws -> [[Int]]? {
    try states.samples(count, &choices)
  }
}
