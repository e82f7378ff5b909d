import Probability

/// Why a program could not be judged: what it did, in words for its author.
public struct Fault: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of fault.
  public enum Kind: Sendable, Equatable {
    /// It could not be started.
    case start
    /// It ended or was ended before it had answered.
    case ended
    /// It took longer than it may.
    case time
    /// It did not speak the protocol.
    case protocolBroken
    /// It said itself that it failed.
    case failed
    /// What the task names is not written yet; the program can be asked for something else.
    case unwritten
    /// It draws numbers of its own, or remembers.
    case ownNumbers
    /// It has more outcomes, or choices, than can be visited.
    case tooMany
    /// What it returned has not the shape that was asked for, or is not finite.
    case result
  }

  /// What kind of fault.
  public let kind: Kind
  /// What happened.
  public let reason: String
  /// The outcomes of the run in which it happened, if it was in one.
  public let trail: [Double]?

  /// A fault.
  public init(_ kind: Kind, _ reason: String, after trail: [Double]? = nil) {
    self.kind = kind
    self.reason = reason
    self.trail = trail
  }

  /// A function that the task names and the program does not have yet.
  public static let unwritten = Fault(
    .unwritten, "not written yet: the function is missing or returns nothing")

  /// One line: what happened, and in which run.
  public var description: String {
    guard let trail else { return reason }
    let outcomes = trail.prefix(12).map { Format.short($0) }.joined(separator: ", ")
    let rest = trail.count > 12 ? ", … (\(trail.count))" : ""
    return trail.isEmpty
      ? "\(reason) (in the first run)"
      : "\(reason) (in the run with the outcomes \(outcomes)\(rest))"
  }
}
