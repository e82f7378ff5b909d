public import Models
import Probability

extension SigmoidBeliefNetwork {
  /// Every setting of all hidden units with log p(hidden, x), one by one: the twin of ``HiddenLayerTables``.
  public func visitedStates(_ observation: [Bool]) -> VisitedStates<[[Bool]]> {
    VisitedStates { each in
      let counts = hiddenUnitCounts
      for number in BitStates(of: counts.reduce(0, +)).indices {
        var rest = number
        let hidden = counts.map { count in
          defer { rest >>= count }
          return units(rest, count: count)
        }
        try each(hidden, logJoint(hidden + [observation]))
      }
    }
  }

  /// Tables over the settings of each hidden layer.
  ///
  /// - Throws: more settings than are allowed, tables that memory is not given to, numbers of which rounding would
  ///   decide the answer.
  public func hiddenLayerTables(
    _ observation: [Bool], _ request: ExactRequest
  ) throws(ExactRefusal) -> HiddenLayerTables {
    _ = try validated([observation])
    let widest = hiddenUnitCounts.reduce(0, max)
    let what = "layers: a hidden layer of \(widest) units"
    try request.require(layeredStateCount, what)
    try request.requireMemory(for: 2 * power(2, widest), what)
    guard fitsDoubles else { throw .imprecise("layers") }
    let tables = HiddenLayerTables(self, observation)
    guard abs(tables.logEvidence) < 0x1p17 else { throw .imprecise("layers") }
    return tables
  }

  /// All settings, if they are allowed and doubles hold their logarithms.
  public func visitedStates(
    _ observation: [Bool], _ request: ExactRequest
  ) throws(ExactRefusal) -> VisitedStates<[[Bool]]> {
    _ = try validated([observation])
    let hidden = hiddenUnitCounts.reduce(0, +)
    try request.require(power(2, hidden), "layers: \(hidden) hidden units")
    guard fitsDoubles else { throw .imprecise("layers") }
    return visitedStates(observation)
  }

  /// The posterior of all hidden units, by the route that was asked for.
  public func hiddenLaw(
    _ observation: [Bool], _ request: ExactRequest
  ) throws(ExactRefusal) -> any HiddenStateLaw<[[Bool]]> {
    if request.route == .bruteForce { return try visitedStates(observation, request) }
    return try hiddenLayerTables(observation, request)
  }

  /// P(unit on | x) of every hidden unit, layer by layer.
  public func hiddenMarginals(
    _ observation: [Bool], _ request: ExactRequest
  ) throws -> [[Double]] {
    guard request.route == .bruteForce else {
      return try hiddenLayerTables(observation, request).marginals
    }
    let counts = hiddenUnitCounts
    let all = try visitedStates(observation, request).mean(of: counts.reduce(0, +)) { layers in
      layers.flatMap { $0.map { $0 ? 1 : 0 } }
    }
    var rest = (all ?? [])[...]
    return counts.map { count in
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count).map { min(1, $0) }
    }
  }

  /// ∂ log p(x) / ∂θ in the order of `parameters`.
  ///
  /// ```
  /// ∇ log p(x) = E[∇ log p(hidden, x) | x]
  /// ```
  public func evidenceGradient(
    _ observation: [Bool], _ request: ExactRequest
  ) throws -> [Double] {
    guard request.route == .bruteForce else {
      return try hiddenLayerTables(observation, request).gradient
    }
    return try visitedStates(observation, request).mean(of: parameters.count) { hidden in
      logSlopes(hidden + [observation])
    } ?? []
  }
}
