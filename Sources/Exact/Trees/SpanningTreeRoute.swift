public import Models
public import Probability

extension SpanningTreePosterior: Posterior {
  /// log Z: of a field nothing is observed.
  public var logEvidence: ExactValue { logPartition }
}

extension ExactAnswers where Answer == SpanningTreePosterior {
  /// Beyond this the logarithms are too large to tell trees apart by their last digits.
  ///
  /// Every tree is then made of heads that are worse than the best ones by more than this. Up to it, the
  /// shares of a word's heads sum to one to 10^-9 and better.
  fileprivate static var furthest: Double { 1e6 }

  /// The same for projective trees, whose weights are sums of logarithms as large as that.
  fileprivate static var furthestOfPieces: Double { 1e4 }

  /// Elimination in the matrix-tree theorem, all pieces of projective trees, or all assignments of heads.
  ///
  /// Structured, it is the kernel in plain doubles, or the elimination in log space where these do not
  /// suffice.
  public init(
    of model: SpanningTreeModel, _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    let words = model.wordCount
    let isBruteForce = request.route == .bruteForce
    let assignments = power(words + 1, words)
    posteriors = [try .relative(to: model, request, assignments)]
    route = isBruteForce ? .bruteForce : .structured
    way =
      isBruteForce
      ? "sum over all \(countText(assignments)) assignments of heads, those that are trees"
      : model.projective
        ? "all pieces of projective trees, at all places to split"
        : "matrix-tree theorem, elimination without subtractions"
    work =
      isBruteForce
      ? [("states", assignments)]
      : [("words", Double(words)), ("terms", model.structuredTerms)]
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
  /// The answer to scores of any size, each taken relative to the best head of its word.
  fileprivate static func relative(
    to model: SpanningTreeModel, _ request: ExactRequest, _ assignments: Double
  ) throws(ExactRefusal) -> SpanningTreePosterior {
    let (relative, best) = model.relativeToBestHeads
    let furthest =
      model.projective
      ? ExactAnswers<SpanningTreePosterior>.furthestOfPieces
      : ExactAnswers<SpanningTreePosterior>.furthest
    let place = "scores: \(counted(model.wordCount, "word"))"
    let posterior: SpanningTreePosterior
    if request.route == .bruteForce {
      try request.require(assignments, place)
      let sum = SpanningTreePosterior.sum(of: relative)
      posterior = .enumerated(of: relative, try request.tallies([sum], states: assignments)[0])
    } else if let scaled = SpanningTreePosterior(scaled: relative) {
      posterior = scaled
    } else {
      try request.requireMemory(for: model.structuredCells, place)
      posterior = SpanningTreePosterior(of: relative)
    }
    // Every edge has a finite score, so that there is always a tree.
    let shifted = posterior.shifted(by: best)
    guard let marginals = posterior.edgeMarginals, shifted.logPartition.value.isFinite,
      marginals.allSatisfy({ row in row.allSatisfy(\.isFinite) })
    else { throw .overflow("scores") }
    guard abs(posterior.logPartition.value) <= furthest else { throw .imprecise("scores") }
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
}

extension SpanningTreeModel {
  /// How many terms the structured route adds up: an elimination, or four pieces for each pair of nodes and place.
  fileprivate var structuredTerms: Double {
    let nodes = Double(scores.count)
    let cube = nodes * nodes * nodes - nodes
    return projective ? 2 * cube / 3 : cube / 3
  }

  /// How many numbers it keeps: in log space every stage of the elimination, or two tables of pieces.
  fileprivate var structuredCells: Double {
    let nodes = Double(scores.count)
    return projective ? 10 * nodes * nodes : (nodes * nodes * nodes - nodes) / 3
  }
}

// MARK: What else is asked

/// What else the trees of a field say, by the route that is asked for.
///
/// Scores are taken relative to each word's best head, which is the same for all trees.
public func inquiry(
  into model: SpanningTreeModel, _ request: ExactRequest = ExactRequest()
) throws(ExactRefusal) -> any TreeInquiry {
  let relative = model.relativeToBestHeads.model
  let place = "scores: \(counted(model.wordCount, "word"))"
  guard request.route == .bruteForce else {
    try request.requireMemory(for: model.structuredCells, place)
    guard let law = TreeLaw(relative.potentials) else { throw .overflow("scores") }
    return ChartedTrees(relative, law)
  }
  try request.require(power(model.wordCount + 1, model.wordCount), place)
  return ListedTrees(relative)
}
