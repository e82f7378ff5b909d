public import JSONText

/// A line that the judge writes to a program.
public enum JudgeLine: Sendable {
  /// What to estimate from now on.
  case task(JSON)
  /// Trails, each to be run once, in this order.
  case runs([[Double]])
  /// Nothing more is asked.
  case end

  /// The version of the protocol.
  public static let version = 1

  /// The line, without its end.
  public var text: String {
    switch self {
    case .task(let task):
      JSON.object([("tightbound", .integer(Self.version)), ("task", task)]).text()
    case .runs(let trails): JSON.object([("runs", .matrix(trails))]).text()
    case .end: JSON.object([("end", 1)]).text()
    }
  }
}
