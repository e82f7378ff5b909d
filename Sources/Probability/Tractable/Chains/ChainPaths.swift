// The best path and a random one are the same walk along the messages from behind, which know what can
// follow; at each fork one chooses by the largest and the other by chance.
extension ChainPotentials {
  /// Walks from the first place to the last, choosing among the weights of what each state leads to.
  ///
  /// ```
  /// first  node_1(k) ⊗ β_1(k)        then  edge_t(i, k) ⊗ node_{t+1}(k) ⊗ β_{t+1}(k),   i chosen before
  /// ```
  func walk<S: Semiring, Failure: Error>(
    _ backward: [[S]], choose: ([S]) throws(Failure) -> Int?
  ) throws(Failure) -> [Int]? {
    var path: [Int] = []
    for t in 0..<length {
      var ways: [S] = []
      for k in 0..<stateCount {
        let step = path.last.map { S(logWeight: edges[t - 1][$0][k]) } ?? .one
        ways.append(step * S(logWeight: nodes[t][k]) * backward[t][k])
      }
      guard let next = try choose(ways) else { return nil }
      path.append(next)
    }
    return path
  }

  /// argmax_z score(z), the first of equals; nil when every path is forbidden.
  public var bestPath: [Int]? {
    walk(backward { LogMax(logWeight: $1) }) { (ways: [LogMax]) in ways.firstLargest }
  }
}

extension ChainLaw {
  /// A path drawn from the law, place by place given the one before.
  ///
  /// ```
  /// p(z_{t+1} = k | z_t = i) ∝ exp(edge_t(i, k) + node_{t+1}(k)) β_{t+1}(k)
  /// ```
  /// A program of T choices; its outcomes have the probabilities of the paths.
  public func sample<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> [Int] {
    try potentials.walk(backward) { (ways: [LogSum]) throws(ChoiceError) in
      try choices.choose(among: ways)
    } ?? []
  }
}
