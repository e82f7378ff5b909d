public import Models

extension ExactAnswers where Answer == FactorGraphPosterior {
  /// Messages in a junction tree, or the sum over all joint states.
  public init(
    of graph: FactorGraph, evidence: [[Int?]], _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    if request.route == .bruteForce {
      try self.init(statesOf: graph, evidence, request)
    } else {
      try self.init(treeOf: graph, evidence, request)
    }
  }

  private init(
    treeOf graph: FactorGraph, _ evidence: [[Int?]], _ request: ExactRequest
  ) throws(ExactRefusal) {
    let field = try ObservedField(graph, evidence, request)
    self.init(
      posteriors: try evidence.indices.map { (index) throws(ExactRefusal) in
        try field[index].posterior(evidence[index])
      }, route: .structured, way: "messages in a junction tree", work: field.work)
  }

  private init(
    statesOf graph: FactorGraph, _ evidence: [[Int?]], _ request: ExactRequest
  ) throws(ExactRefusal) {
    for (index, values) in evidence.enumerated() { try graph.require(values, index) }
    try graph.requireModerate()
    let all = evidence.reduce(0) { $0 + graph.stateCount($1) }
    try request.require(all, "variables: \(counted(graph.cardinalities.count, "variable"))")
    let count = request.counting(upTo: all)
    self.init(
      posteriors: evidence.map { values in
        .enumerated(of: graph, evidence: values) { count?(Double($0)) }
      }, route: .bruteForce, way: "sum over all \(countText(all)) joint states, one by one",
      work: [("states", all)])
  }
}

extension CompiledFactorGraph {
  /// The answer for one piece of evidence.
  public func posterior(_ evidence: [Int?]) throws(ExactRefusal) -> FactorGraphPosterior {
    try require(evidence)
    guard let posterior = FactorGraphPosterior(of: self, evidence: evidence) else {
      throw .imprecise("factors")
    }
    return posterior
  }
}

extension FactorGraph {
  /// How many joint states agree with the evidence, infinity beyond the doubles.
  public func stateCount(_ evidence: [Int?]) -> Double {
    zip(cardinalities, evidence).reduce(1) { $0 * ($1.1 == nil ? Double($1.0) : 1) }
  }

  /// Refuses evidence that is none of this field.
  func require(_ evidence: [Int?], _ index: Int) throws(ExactRefusal) {
    do { try validate(evidence: evidence) } catch {
      throw .misfit(ModelError("observations[\(index)]", error.reason))
    }
  }
}
