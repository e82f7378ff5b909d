public import Models

extension BeliefNetworkAnswer {
  /// The answer by visiting every setting of all hidden units.
  ///
  /// ```
  /// p(x) = Σ_top … Σ_lowest hidden p(top, …, lowest hidden, x)
  /// ```
  /// - Parameters:
  ///   - network: the network, with fewer than 63 hidden units.
  ///   - observation: its last layer.
  ///   - progress: told now and then how many settings have been visited.
  /// - Throws: an observation that does not fit the network.
  public init(
    enumerating network: SigmoidBeliefNetwork, _ observation: [Bool],
    progress: (Double) -> Void = { _ in }
  ) throws(ModelError) {
    try network.validate(observation: observation)
    let counts = network.hiddenUnitCounts
    let hiddenUnits = counts.reduce(0, +)
    guard hiddenUnits < 63 else {
      throw ModelError("layers", "expected fewer than 63 hidden units, found \(hiddenUnits)")
    }
    var tally = WeightedTally(events: counts[0])
    for state in 0..<(1 << hiddenUnits) {
      var rest = state
      var settings = counts.map { count in
        defer { rest >>= count }
        return units(rest, count: count)
      }
      settings.append(observation)
      tally.add(network.logJoint(settings), events: unitsOn(state, count: counts[0]))
      if state & 0x3FFF == 0x3FFF { progress(Double(state + 1)) }
    }
    self.init(tally, terms: Double(hiddenUnits + observation.count))
  }
}
