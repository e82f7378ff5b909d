/// What is known of some of the outcomes when they have been visited.
struct GatheredMoments: LeafSum {
  var seen = CoverageSum()
  var sums = MomentSums()

  init() {}

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
  mutating func add(_ others: GatheredMoments) throws {
    seen.add(others.seen)
    try sums.add(others.sums)
  }

  /// What was seen, then the sums.
  var numbers: [Double] { seen.numbers + sums.numbers }

  /// The moments of all outcomes; refused where probability was lost.
  func moments() throws(ChoiceError) -> ExactMoments { try sums.moments(try seen.coverage()) }
}

extension GatheredMoments {
  init?(numbers: [Double]) {
    guard let seen = CoverageSum(numbers: numbers.prefix(CoverageSum.width)),
      let sums = MomentSums(numbers: numbers.dropFirst(CoverageSum.width))
    else { return nil }
    (self.seen, self.sums) = (seen, sums)
  }
}
