/// Why a call cannot be answered: where, and what is wrong there.
///
/// Shown as one line, `lessons: <place>: <reason>`, on standard error with exit status 2, and a
/// second line with the usage where the call itself is not complete.
struct CommandError: Error, Sendable, Equatable, CustomStringConvertible {
  let place: String
  let reason: String
  /// How the command is called, where that helps.
  private(set) var usage: String?

  init(_ place: String, _ reason: String) {
    self.place = place
    self.reason = reason
  }

  /// The same with the way in which the command is called.
  func with(usage: String) -> CommandError {
    var error = self
    error.usage = usage
    return error
  }

  /// A line each, whatever was typed: line breaks and control characters are made visible.
  var description: String {
    let text = "lessons: \(place): \(reason)"
    let line = String(
      text.unicodeScalars.flatMap { $0.value < 32 ? $0.escaped(asASCII: true) : "\($0)" })
    return line + (usage.map { "\nUsage: lessons \($0)" } ?? "")
  }
}

/// How a command ended.
enum ExitStatus: Int32, Sendable {
  case held = 0
  case failed = 1
  case unusable = 2
  /// Asked to end before it was done, and what was done is kept: 128 and the number of the signal.
  case hungUp = 129
  case interrupted = 130
  case terminated = 143
}
