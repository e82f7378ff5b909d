public import Models
public import Probability

extension SpanningTreePosterior: Posterior {
  /// log Z: of a field nothing is observed.
  public var logEvidence: ExactValue { logPartition }
}

extension ExactAnswers where Answer == SpanningTreePosterior {
  /// Beyond this no digits are left to tell trees apart: a tree must then be made of heads that are
  /// worse than the best ones by more than this.
  fileprivate static var furthest: Double { 1e6 }

  /// Elimination in the matrix-tree theorem, or all assignments of heads.
  ///
  /// Structured, it is the kernel in plain doubles, or the elimination in log space where these do not
  /// suffice.
  public init(
    of model: SpanningTreeModel, _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    let words = model.wordCount
    let nodes = Double(words + 1)
    let isBruteForce = request.route == .bruteForce
    let assignments = power(words + 1, words)
    if !isBruteForce, let found = SpanningTreePosterior.moderate(model, within: Self.furthest) {
      posteriors = [found]
    } else {
      posteriors = [try .relative(to: model, request, assignments)]
    }
    route = isBruteForce ? .bruteForce : .structured
    way =
      isBruteForce
      ? "sum over all \(countText(assignments)) assignments of heads, those that are trees"
      : "matrix-tree theorem, elimination without subtractions"
    work =
      isBruteForce
      ? [("states", assignments)]
      : [("words", Double(words)), ("terms", (nodes * nodes * nodes - nodes) / 3)]
  }
}

extension ExactAnswers where Answer == SpanningTreePosterior {
  /// The sum over all assignments of heads, to be shared out.
  public static func sharedSums(
    of model: SpanningTreeModel, _ request: ExactRequest
  ) throws(ExactRefusal) -> SharedSums {
    let assignments = power(model.wordCount + 1, model.wordCount)
    try request.require(assignments, "scores: \(counted(model.wordCount, "word"))")
    let sum = SpanningTreePosterior.sum(of: model.relativeToBestHeads.model)
    return SharedSums([sum.tree], states: assignments)
  }
}

extension SpanningTreePosterior {
  /// What the kernel finds of scores so moderate that no tree is further from another than is allowed.
  fileprivate static func moderate(
    _ model: SpanningTreeModel, within furthest: Double
  ) -> SpanningTreePosterior? {
    let largest = furthest / (2 * Double(model.scores.count))
    guard model.scores.allSatisfy({ row in row.allSatisfy { abs($0) <= largest } }),
      let posterior = SpanningTreePosterior(scaled: model), posterior.isOneHeadEach
    else { return nil }
    return posterior
  }

  /// The answer to scores of any size, each taken relative to the best head of its word.
  fileprivate static func relative(
    to model: SpanningTreeModel, _ request: ExactRequest, _ assignments: Double
  ) throws(ExactRefusal) -> SpanningTreePosterior {
    let (relative, best) = model.relativeToBestHeads
    let nodes = Double(model.scores.count)
    let place = "scores: \(counted(model.wordCount, "word"))"
    let posterior: SpanningTreePosterior
    if request.route == .bruteForce {
      try request.require(assignments, place)
      let sum = SpanningTreePosterior.sum(of: relative)
      posterior = .enumerated(of: relative, try request.tallies([sum], states: assignments)[0])
    } else if let scaled = SpanningTreePosterior(scaled: relative) {
      posterior = scaled
    } else {
      // In log space every stage of the elimination is kept.
      try request.requireMemory(for: (nodes * nodes * nodes - nodes) / 3, place)
      posterior = SpanningTreePosterior(of: relative)
    }
    // Every edge has a finite score, so that there is always a tree.
    let shifted = posterior.shifted(by: best)
    guard let marginals = posterior.edgeMarginals, shifted.logPartition.value.isFinite,
      marginals.allSatisfy({ row in row.allSatisfy(\.isFinite) })
    else { throw .overflow("scores") }
    // Sums of scores that were rounded to the same double make ties, and ties too many heads.
    guard abs(posterior.logPartition.value) <= ExactAnswers<SpanningTreePosterior>.furthest,
      posterior.isOneHeadEach
    else {
      throw .imprecise("scores")
    }
    return shifted
  }

  /// The same trees, all of them with a larger score.
  fileprivate func shifted(by common: Double) -> SpanningTreePosterior {
    let total = logPartition.value + common
    let bound = logPartition.roundingBound + Double.ulpOfOne * (abs(common) + abs(total))
    return SpanningTreePosterior(
      logPartition: ExactValue(total, roundingBound: total.isFinite ? bound : 0),
      edgeMarginals: edgeMarginals)
  }

  /// Whether the shares of the heads of every word sum to one.
  fileprivate var isOneHeadEach: Bool {
    guard let edgeMarginals else { return false }
    var sums = [Double](repeating: 0, count: edgeMarginals.count)
    for row in edgeMarginals { for word in row.indices { sums[word] += row[word] } }
    return sums.dropFirst().allSatisfy { abs($0 - 1) <= 1e-9 }
  }
}
