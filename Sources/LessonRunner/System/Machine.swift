import CTerminal
import FoundationEssentials
import Glibc

/// The machine that the command runs on.
///
/// FoundationEssentials reads files and the environment: the command starts in 8 ms with it, 6
/// without any Foundation and 12 with all of it (two cores, release build, mean of 20 starts).
enum Machine {
  static func environment(_ course: Course) -> CommandEnvironment {
    let columns = isatty(STDOUT_FILENO) == 1 ? Int(terminal_columns(STDOUT_FILENO)) : nil
    return CommandEnvironment(
      columns: columns, variables: ProcessInfo.processInfo.environment,
      course: course, files: Disk(),
      showProgress: isatty(STDERR_FILENO) == 1 ? Machine.showProgress : nil,
      executable: executable, screen: screen,
      watch: TrainingWatch(
        catchInterrupts: { interrupts_catch() }, endOnInterrupts: { interrupts_end() },
        interrupt: {
          let signal = interrupts_noted()
          return signal == 0 ? nil : signal
        }, pause: { usleep(UInt32($0) * 1000) }), judgesAlone: true)
  }

  /// Writes over the line that stands there; an empty line erases it.
  ///
  /// It leaves the last column free: what is wider than the terminal would go on in the next line.
  @Sendable private static func showProgress(_ line: String) {
    let columns = Int(terminal_columns(STDERR_FILENO))
    let room = columns > 0 ? min(60, columns - 1) : 60
    let text = String(line.prefix(room))
    let blanks = String(repeating: " ", count: room - text.count)
    StandardStreams.complain("\r" + text + blanks + (text.isEmpty ? "\r" : ""))
  }

  private static var screen: (any Screen)? {
    let isTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
    let isDumb = ProcessInfo.processInfo.environment["TERM"] ?? "dumb" == "dumb"
    return isTerminal && !isDumb ? TerminalScreen() : nil
  }

  /// The path of the running program: what the system says, else how it was called.
  private static var executable: String? {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments.first
  }

  /// A reader that goes away (`| head`) is no reason to die: what it does not want is dropped.
  static func ignoreClosedPipes() { signal(SIGPIPE, SIG_IGN) }
}

/// The file system.
struct Disk: FileAccess {
  func read(_ path: String, limit: Int) throws(CommandError) -> [UInt8] {
    guard !path.isEmpty else { throw CommandError("FILE", "expected a path, found nothing") }
    if ["-", "/dev/stdin"].contains(path) { return try standardInput(limit: limit) }
    let folder = "/dev/fd/"
    if path.hasPrefix(folder), let descriptor = Int32(path.dropFirst(folder.count)) {
      return try behind(descriptor, path, limit: limit)
    }
    return try file(path, limit: limit)
  }

  /// Standard input line by line; anything else at once.
  func stream(_ path: String, _ take: (_ bytes: [UInt8]) throws -> Bool) throws {
    guard ["-", "/dev/stdin"].contains(path) else {
      _ = try take(read(path, limit: 1 << 30))
      return
    }
    var bytes: [UInt8] = []
    while case let byte = input_byte(), byte >= 0 {
      bytes.append(UInt8(truncatingIfNeeded: byte))
      guard byte == 10 || bytes.count >= 1 << 16 else { continue }
      guard try take(bytes) else { return }
      bytes.removeAll(keepingCapacity: true)
    }
    guard input_failed() == 0 else { throw CommandError("standard input", "cannot be read") }
    _ = try take(bytes)
  }

  /// What a shell puts in the place of `<(command)`: a pipe, which has no path of its own.
  private func behind(
    _ descriptor: Int32, _ path: String, limit: Int
  ) throws(CommandError) -> [UInt8] {
    var bytes: [UInt8] = []
    var byte = descriptor_byte(descriptor)
    while byte >= 0 {
      guard bytes.count < limit else { throw tooLarge(path, limit) }
      bytes.append(UInt8(truncatingIfNeeded: byte))
      byte = descriptor_byte(descriptor)
    }
    guard byte == -1 else { throw CommandError(path, "cannot be read") }
    return bytes
  }

  private func standardInput(limit: Int) throws(CommandError) -> [UInt8] {
    var bytes: [UInt8] = []
    while case let byte = input_byte(), byte >= 0 {
      guard bytes.count < limit else { throw tooLarge("standard input", limit) }
      bytes.append(UInt8(truncatingIfNeeded: byte))
    }
    guard input_failed() == 0 else { throw CommandError("standard input", "cannot be read") }
    return bytes
  }

  func isPlainFile(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.type] as? FileAttributeType == .typeRegular
  }

  private func file(_ path: String, limit: Int) throws(CommandError) -> [UInt8] {
    do {
      let attributes = try FileManager.default.attributesOfItem(
        atPath: resolved(path))
      switch attributes[.type] as? FileAttributeType {
      case .typeDirectory: throw CommandError(path, "is a folder, expected a file")
      case .typeRegular:
        guard (attributes[.size] as? Int ?? 0) <= limit else { throw tooLarge(path, limit) }
      default: break
      }
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
      guard bytes.count <= limit else { throw tooLarge(path, limit) }
      return bytes
    } catch let error as CommandError {
      throw error
    } catch {
      throw CommandError(path, exists(path) ? "cannot be read" : "no such file")
    }
  }

  /// Where a symbolic link leads to.
  private func resolved(_ path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().path
  }

  private func tooLarge(_ place: String, _ limit: Int) -> CommandError {
    CommandError(place, "larger than \(limit >> 20) MB")
  }

  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  var currentFolder: String { FileManager.default.currentDirectoryPath }

  func entries(of folder: String) -> [String]? {
    try? FileManager.default.contentsOfDirectory(atPath: folder)
  }

  func makeFolder(_ path: String) throws(CommandError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw CommandError(path, "this folder cannot be made")
    }
  }

  func write(_ text: String, to path: String) throws(CommandError) {
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw CommandError(path, "cannot be written")
    }
  }
}
