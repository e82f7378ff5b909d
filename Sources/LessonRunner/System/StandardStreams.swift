import CTerminal

/// Standard output and standard error.
///
/// The pager starts with the first result, so a call that is refused never sees one.
struct StandardStreams: CommandOutput {
  private var pager: String?
  /// What went to the pager, in case there turns out to be none; nil where none is running.
  private var paged: String?

  mutating func page(through command: String) { pager = command }

  mutating func write(_ text: String) {
    if let command = pager {
      pager = nil
      if StandardStreams.start(command) { paged = "" }
    }
    print(text, terminator: "")
    if paged != nil { paged?.append(text) }
  }

  /// Waits for the reader of a pager; what the shell had no pager for is written plainly.
  mutating func finish() {
    guard let text = paged else { return }
    paged = nil
    let notFound = 127
    if pager_finish() == Int32(notFound) { print(text, terminator: "") }
  }

  private static func start(_ command: String) -> Bool {
    command.utf8.allSatisfy { pager_command_byte(Int32($0)) != 0 } && pager_start() != 0
  }

  func flush() { output_flush() }

  func complain(_ text: String) { StandardStreams.complain(text) }

  static func complain(_ text: String) {
    for byte in text.utf8 { terminal_complain(Int32(byte)) }
  }
}
