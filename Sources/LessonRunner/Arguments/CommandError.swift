/// Why a call cannot be answered: where, and what is wrong there.
///
/// Shown as one line, `lessons: <place>: <reason>`, on standard error with exit status 2.
struct CommandError: Error, Sendable, Equatable, CustomStringConvertible {
  let place: String
  let reason: String

  init(_ place: String, _ reason: String) {
    self.place = place
    self.reason = reason
  }

  /// One line, whatever was typed: line breaks and control characters are made visible.
  var description: String {
    let text = "lessons: \(place): \(reason)"
    return String(
      text.unicodeScalars.flatMap { $0.value < 32 ? $0.escaped(asASCII: true) : "\($0)" })
  }
}

/// How a command ended.
enum ExitStatus: Int32, Sendable {
  case held = 0
  case failed = 1
  case unusable = 2
}
