public import Models

extension ExactRequest {
  /// Refuses more joint states that agree with the evidence than are allowed.
  public func requireStates(
    of graph: FactorGraph, evidence: [[Int?]]
  ) throws(ExactRefusal) {
    for (index, values) in evidence.enumerated() { try graph.require(values, index) }
    try require(
      evidence.reduce(0) { $0 + graph.stateCount($1) },
      "variables: \(counted(graph.cardinalities.count, "variable"))")
  }
}

extension VisitedStates<[Int]> {
  /// The joint states of a field that agree with the evidence.
  ///
  /// - Parameters:
  ///   - graph: the field.
  ///   - evidence: a value or nil for each variable, as the field has checked it.
  ///   - logPartition: log Z of the field, which every weight is divided by.
  public init(of graph: FactorGraph, evidence: [Int?], logPartition: Double = 0) {
    self.init { each in
      try forEachState(of: graph, evidence) { try each($0, $1 - logPartition) }
    }
  }
}

extension FactorGraph {
  /// ∂ log Z(evidence) / ∂ f(x_f) by adding up all joint states; nil when the evidence is impossible.
  ///
  /// ```
  /// ∂Z/∂f(k) = Σ_(x with x_f = k) Π_(g ≠ f) g(x_g)
  /// ```
  public func enumeratedGradient(_ evidence: [Int?]) -> [[Double]]? {
    var slopes = factors.map { [WideNumber](repeating: .zero, count: $0.logWeights.count) }
    var total = WideNumber.zero
    forEachState(of: self, evidence) { values, logWeight in
      total = total + WideNumber(log: logWeight)
      let cells = factors.map { cell(of: $0, at: values) }
      let weights = zip(factors, cells).map { $0.logWeights[$1] }
      for (number, cell) in cells.enumerated() {
        let others = weights.enumerated().reduce(0) { $0 + ($1.offset == number ? 0 : $1.element) }
        slopes[number][cell] = slopes[number][cell] + WideNumber(log: others)
      }
    }
    return total.isZero ? nil : slopes.map { $0.map { ($0 / total).double } }
  }
}

/// Visits the joint states that agree with the evidence, the last variable fastest.
func forEachState(
  of graph: FactorGraph, _ evidence: [Int?], _ visited: VisitReport = { _ in },
  _ visit: (_ values: [Int], _ logWeight: Double) throws -> Void
) rethrows {
  let open = evidence.indices.filter { evidence[$0] == nil }
  var values = evidence.map { $0 ?? 0 }
  var count = 0
  while true {
    try visit(values, graph.logWeight(values))
    count += 1
    if count.isMultiple(of: visitsBetweenReports) { visited(visitsBetweenReports) }
    guard let next = open.last(where: { values[$0] < graph.cardinalities[$0] - 1 }) else {
      return visited(count % visitsBetweenReports)
    }
    values[next] += 1
    for variable in open where variable > next { values[variable] = 0 }
  }
}
