/// How many problems a hand-in is judged on, from which seed.
public struct HandinPlan: Sendable, Equatable {
  /// The seed of the problems; a lecturer keeps theirs.
  public var seed: UInt64
  /// The number of random problems beside the example.
  public var problems: Int

  /// Five problems of seed 1, unless said otherwise.
  public init(seed: UInt64 = 1, problems: Int = 5) {
    self.seed = seed
    self.problems = problems
  }
}

/// What was found of one function that was handed in.
public struct HandinPartReport: Sendable {
  /// What the verdict is.
  public enum Verdict: Sendable {
    /// All checks hold, and every answer was the library's.
    case right
    /// The same to the digits that single precision has.
    case rightInSinglePrecision
    /// It is not there yet.
    case unwritten
    /// It gave no answer: what it did, in words.
    case failed(String)
    /// It is something else.
    case wrong(HandinRefusal)
  }

  /// The function.
  public let part: HandinSignature
  /// The verdict.
  public let verdict: Verdict
  /// The mistakes whose every number is that of what was handed in.
  public let mistakes: [MistakeSummary]
  /// The checks that hold, by name.
  public let held: [String]
  /// How many there are.
  public let checks: Int

  /// Whether it is right.
  public var isRight: Bool {
    switch verdict {
    case .right, .rightInSinglePrecision: true
    default: false
    }
  }

  /// What share of the points it earns: all, half where the mean of something random is right, or none.
  public var share: Double {
    if isRight { return 1 }
    guard case .wrong(let refusal) = verdict, refusal.isRightInTheMean else { return 0 }
    return 0.5
  }
}

/// Why something that was handed in is not right.
public struct HandinRefusal: Sendable {
  /// The first check that refuses it; nil where only its answers are not those that belong there.
  public let check: CheckSummary?
  /// Both sides of the check, where it could be evaluated.
  public let sides: (left: [Double], right: [Double])?
  /// The problem that it refuses it on.
  public let givens: [Given]
  /// The first answer that is not what belongs there.
  public let difference: OutsideDifference?
  /// Whether it is random and its mean is right.
  public let isRightInTheMean: Bool
}
