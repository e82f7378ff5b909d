public import Probability

/// Something that learns, round by round.
///
/// A round is an epoch, a sweep or a batch of steps: what takes a second or less, so that whoever
/// watches sees it move and an interrupt loses little. What is random in it comes from a seed for each
/// round, so that a training that was stopped and resumed ends where one that ran through would.
public protocol Training: Sendable {
  /// How many rounds have been made.
  var round: Int { get }
  /// One round.
  mutating func advance() throws
  /// What is shown while it learns: a loss, a bound, KL(data‖model).
  var measures: [(name: String, value: any Quantity)] { get }
  /// Tables and pictures of what has been learned so far.
  func page(_ context: RunContext) throws -> [Block]
  /// All that is needed to go on from here, as plain finite numbers by name.
  var state: [String: [Double]] { get }
}

/// A training that a lesson offers: `lessons train 06/digits`.
public struct TrainingCourse: Sendable {
  /// Its name within the lesson, one word with hyphens.
  public let id: String
  /// What is learned, as a title.
  public let title: String
  /// The number of rounds of the long form.
  public let rounds: Int
  /// A training that has learned nothing yet.
  public let begin: @Sendable (_ seed: UInt64) throws -> any Training
  /// The training that had reached a state, or nil if these numbers are none of its states.
  public let resume: @Sendable (_ state: [String: [Double]]) throws -> (any Training)?

  /// A training under its name.
  public init(
    id: String, title: String, rounds: Int,
    begin: @escaping @Sendable (_ seed: UInt64) throws -> any Training,
    resume: @escaping @Sendable (_ state: [String: [Double]]) throws -> (any Training)?
  ) {
    self.id = id
    self.title = title
    self.rounds = rounds
    self.begin = begin
    self.resume = resume
  }

  /// The page of a short run, to look at while the lesson is read.
  public func page(after rounds: Int) -> @Sendable (_ context: RunContext) throws -> [Block] {
    { context in
      var training = try begin(context.seed)
      for _ in 0..<rounds { try training.advance() }
      return try training.page(context)
    }
  }
}
