import GSL

/// What an exhaustive run covered.
public struct Coverage: Sendable, Equatable {
  /// The number of outcomes of positive probability.
  public let outcomes: Int
  /// The sum of their probabilities: one, up to rounding.
  public let totalProbability: Double
  /// The largest number of choices in one run.
  public let depth: Int
}

/// An interpreter that runs a program once for each trail of choices.
protocol OutcomeInterpreter: DiscreteChoicesProtocol, ~Copyable {
  /// The probability of the choices made in this run.
  var probability: Double { get }
  /// The number of choices made in this run.
  var depth: Int { get }
  mutating func restart()
  /// Moves to the next outcome; false when all have been seen.
  mutating func advance() throws(ChoiceError) -> Bool
}

/// Runs a program over every outcome of its choices and hands each to `visit` with its probability.
///
/// Memory does not grow with the number of outcomes. The probabilities must add up to one: a
/// program whose choices lose probability is refused, not silently renormalised.
@discardableResult
public func forEachOutcome<Output>(
  limits: ChoiceLimits = ChoiceLimits(),
  of program: (inout Exhaustive) throws -> Output,
  visit: (Output, Double) throws -> Void
) throws -> Coverage {
  var choices = Exhaustive(limits: limits)
  return try visitAll(&choices, limits: limits) { choices in
    let output = try program(&choices)
    try visit(output, choices.probability)
  }
}

func visitAll<Interpreter: OutcomeInterpreter & ~Copyable>(
  _ choices: inout Interpreter, limits: ChoiceLimits, run: (inout Interpreter) throws -> Void
) throws -> Coverage {
  var total = CompensatedSum()
  var outcomes = 0
  var depth = 0
  repeat {
    guard outcomes < limits.outcomes else {
      throw ChoiceError.tooManyOutcomes(atLeast: outcomes + 1, cap: limits.outcomes)
    }
    choices.restart()
    try run(&choices)
    total.add(choices.probability)
    outcomes += 1
    depth = max(depth, choices.depth)
  } while try choices.advance()
  // Each probability is a product of at most `depth` factors, each of which may be off by 1e-9.
  guard abs(total.value - 1) <= 1e-9 * Double(depth + 1) else {
    throw ChoiceError.lostProbability(total: total.value)
  }
  return Coverage(outcomes: outcomes, totalProbability: total.value, depth: depth)
}
