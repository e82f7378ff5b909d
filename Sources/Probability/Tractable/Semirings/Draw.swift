import GSL

extension DiscreteChoicesProtocol where Self: ~Copyable {
  /// An index drawn in proportion to weights, of which one at least is positive.
  mutating func choose(among weights: [LogSum]) throws(ChoiceError) -> Int {
    let total = logSumExp(weights.map { $0.log })
    return try choose(weights.map { exp($0.log - total) })
  }
}
