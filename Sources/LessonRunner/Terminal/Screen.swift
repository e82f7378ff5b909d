import CTerminal
import Glibc

/// A terminal that shows pages and says what is pressed.
///
/// Tests have one that only writes down what it was shown.
protocol Screen: Sendable {
  /// Takes the terminal over; false where that cannot be done.
  func open() -> Bool
  /// Gives it back.
  func close()
  /// Columns and rows.
  var size: ScreenSize { get }
  /// Shows lines in place of what was shown before.
  func show(_ lines: [String])
  /// Waits for a key.
  func key() -> Key
}

/// How large a screen is.
struct ScreenSize: Equatable, Sendable {
  var columns: Int
  var rows: Int
}

/// The terminal of standard input and output, where both are one.
struct TerminalScreen: Screen {
  func open() -> Bool {
    output_flush()
    return screen_open() != 0
  }

  func close() { screen_close() }

  var size: ScreenSize {
    let columns = Int(terminal_columns(STDOUT_FILENO))
    let rows = Int(terminal_rows(STDOUT_FILENO))
    return ScreenSize(columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24)
  }

  func show(_ lines: [String]) {
    // From the top left, each line cleared behind its end, the rest of the screen cleared.
    let clear = "\u{1B}[K"
    print("\u{1B}[H" + lines.joined(separator: clear + "\n") + clear + "\u{1B}[J", terminator: "")
    output_flush()
  }

  func key() -> Key { Key { Int(screen_byte(Int32($0))) } }
}
