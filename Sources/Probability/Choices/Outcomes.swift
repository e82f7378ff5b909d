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
  /// Whether this run went where the program never does.
  var isImpossible: Bool { get }
  mutating func restart()
  /// Moves to the next outcome; false when all have been seen.
  mutating func advance() throws(ChoiceError) -> Bool
}

extension OutcomeInterpreter where Self: ~Copyable {
  /// Most interpreters only go where the program does.
  var isImpossible: Bool { false }
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
  var seen = CoverageSum()
  try seen.visit(&choices, limits: limits, run: run)
  return try seen.coverage()
}
