public import JSONText

/// What a program returns, over every outcome of its choices.
public struct ProgramLaw: Sendable {
  /// A run that was completed.
  public struct Outcome: Sendable {
    /// The outcomes of its choices.
    public let trail: [Double]
    /// The product of their probabilities.
    public let probability: Double
    /// What it returned.
    public let result: JSON
  }

  /// Every outcome of positive probability, once.
  public let outcomes: [Outcome]
  /// The largest number of choices in one run.
  public let depth: Int
  /// How many runs were repeated in another order and in a process of its own.
  public internal(set) var repeated = 0

  /// The probabilities, in the order of `outcomes`.
  public var probabilities: [Double] { outcomes.map(\.probability) }
}
