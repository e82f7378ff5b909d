/// What is known of some of the outcomes when they have been visited.
struct GatheredMoments: Sendable {
  var seen = CoverageSum()
  var sums = MomentSums()

  /// Visits what is left of an interpreter's outcomes.
  mutating func visit(
    _ choices: inout Exhaustive, limits: ChoiceLimits,
    _ program: (inout Exhaustive, inout [Double]) throws -> Void
  ) throws {
    var values: [Double] = []
    try seen.visit(&choices, limits: limits) { choices in
      try program(&choices, &values)
      if !choices.isImpossible { try sums.add(values, weight: choices.probability) }
    }
    try sums.settle()
  }

  /// Adds what was gathered in the next part.
  mutating func add(_ others: GatheredMoments, limits: ChoiceLimits) throws(ChoiceError) {
    try seen.add(others.seen, limits: limits)
    try sums.add(others.sums)
  }

  /// The moments of all outcomes; refused where probability was lost.
  func moments() throws(ChoiceError) -> ExactMoments { try sums.moments(try seen.coverage()) }
}
