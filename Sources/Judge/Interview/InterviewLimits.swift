/// How much a program may be asked, and ask.
public struct InterviewLimits: Sendable, Equatable {
  /// The largest number of outcomes visited.
  public var outcomes: Int
  /// The largest number of choices in one run.
  public var choices: Int
  /// How many outcomes are visited a second time.
  public var replays: Int

  /// A million outcomes of up to a hundred thousand choices, 64 of them twice.
  public init(outcomes: Int = 1_000_000, choices: Int = 100_000, replays: Int = 64) {
    self.outcomes = outcomes
    self.choices = choices
    self.replays = replays
  }
}
