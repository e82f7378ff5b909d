/// Lines to a program under judgement and from it, in turn.
public protocol Conversation {
  /// Hands over a line.
  mutating func write(_ line: String) throws(Fault)
  /// The next line, without its end.
  mutating func read() throws(Fault) -> String
  /// A conversation of the same kind with the same program, started anew.
  func again() throws(Fault) -> Self
  /// Ends the program and all that it started.
  func close()
}
