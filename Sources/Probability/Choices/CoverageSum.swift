import GSL

/// What was seen of a program's outcomes, added up from part to part.
struct CoverageSum: Sendable {
  private var total = CompensatedSum()
  private var outcomes = 0
  private var depth = 0

  init() {}

  /// Visits all outcomes of an interpreter that are left.
  mutating func visit<Interpreter: OutcomeInterpreter & ~Copyable>(
    _ choices: inout Interpreter, limits: ChoiceLimits, run: (inout Interpreter) throws -> Void
  ) throws {
    repeat {
      choices.restart()
      try requireBelow(limits)
      do { try run(&choices) } catch  where choices.isImpossible {}
      if choices.isImpossible { continue }
      total.add(choices.probability)
      outcomes += 1
      depth = max(depth, choices.depth)
    } while try choices.advance()
  }

  /// Adds outcomes that were visited otherwise.
  mutating func add(_ probability: Double, depth: Int, outcomes: Int) {
    total.add(probability)
    self.outcomes += outcomes
    self.depth = max(self.depth, depth)
  }

  /// Refuses one outcome more where there are as many as are allowed.
  private func requireBelow(_ limits: ChoiceLimits) throws(ChoiceError) {
    guard outcomes < limits.outcomes else {
      throw .tooManyOutcomes(atLeast: limits.outcomes + 1, cap: limits.outcomes)
    }
  }

  /// Adds what was seen in the next part.
  mutating func add(_ others: CoverageSum) {
    total.add(others.total)
    outcomes += others.outcomes
    depth = max(depth, others.depth)
  }

  /// The number of outcomes.
  var count: Int { outcomes }

  /// What was covered; refused where it does not add up to one.
  func coverage() throws(ChoiceError) -> Coverage {
    // Each probability is a product of at most `depth` factors, each of which may be off by 1e-9.
    guard abs(total.value - 1) <= 1e-9 * Double(depth + 1) else {
      throw .lostProbability(total: total.value)
    }
    return Coverage(outcomes: outcomes, totalProbability: total.value, depth: depth)
  }

  /// How many numbers it is.
  static let width = 4

  /// The sum, the number of outcomes, the depth.
  var numbers: [Double] {
    [total.plain, total.compensation, Double(outcomes), Double(depth)]
  }

  init?(numbers: some Collection<Double>) {
    let numbers = Array(numbers)
    guard numbers.count == Self.width, let outcomes = Int(exactly: numbers[2]), outcomes >= 0,
      outcomes <= mostVisited, let depth = Int(exactly: numbers[3]), (0...1 << 53).contains(depth)
    else { return nil }
    total = CompensatedSum(plain: numbers[0], compensation: numbers[1])
    (self.outcomes, self.depth) = (outcomes, depth)
  }
}
