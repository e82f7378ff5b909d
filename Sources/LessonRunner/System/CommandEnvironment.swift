import LessonKit

/// What a command may see of the machine: the page, the environment, the lessons and files.
///
/// Tests give their own; only `Machine` is real.
struct CommandEnvironment: Sendable {
  /// The columns of the terminal on standard output; nil where it is no terminal.
  var columns: Int?
  /// The environment variables.
  var variables: [String: String]
  /// The lessons and the ledger.
  var course: Course
  /// The files.
  var files: any FileAccess
  /// Shows a line in place of the one shown before; nil where nobody looks at standard error.
  var showProgress: (@Sendable (_ line: String) -> Void)?
  /// Where the command itself lies, if that is known.
  var executable: String?
  /// The terminal, where standard input and output are one that can show pages.
  var screen: (any Screen)?
  /// When colours are used.
  var colouring = Colouring.auto
  /// Whether a pager is welcome.
  var mayPage = true
  /// What `train` sees of time, and of signals.
  var watch = TrainingWatch()
  /// Whether this process starts no other programs than those under judgement, one at a time: every
  /// process that is left over is then swept away.
  var judgesAlone = false
  /// How long `bench` takes over a workload.
  var timing = TimingPlan()

  /// The lessons that can be asked for, by what people call them.
  var lessonNames: LessonNames { LessonNames(lessons: course.lessons) }

  /// The page: as wide as the terminal within limits, 80 columns where there is none.
  var page: TerminalStyle {
    TerminalStyle(width: columns.flatMap { $0 > 0 ? $0 : nil } ?? 80, isColoured: isColoured)
  }
}

/// Reading and writing files; errors carry the path and the reason.
protocol FileAccess: Sendable {
  /// The bytes of a file, or of standard input for "-"; refused if there are more than `limit`.
  func read(_ path: String, limit: Int) throws(CommandError) -> [UInt8]
  /// Hands over the bytes of a file, or of standard input for "-", while they come, until nobody wants
  /// more.
  func stream(_ path: String, _ take: (_ bytes: [UInt8]) throws -> Bool) throws
  /// Whether there is a file at a path that is no link to another and no pipe.
  func isPlainFile(_ path: String) -> Bool
  /// Whether there is anything at a path.
  func exists(_ path: String) -> Bool
  /// The folder that relative paths start from.
  var currentFolder: String { get }
  /// The names in a folder; nil where there is none at the path.
  func entries(of folder: String) -> [String]?
  /// Makes a folder and those that it lies in.
  func makeFolder(_ path: String) throws(CommandError)
  /// Writes a file at once; what stood there before is replaced whole.
  func write(_ text: String, to path: String) throws(CommandError)
}

extension FileAccess {
  /// All at once.
  func stream(_ path: String, _ take: (_ bytes: [UInt8]) throws -> Bool) throws {
    _ = try take(read(path, limit: 1 << 30))
  }

  /// Where there are neither links nor pipes, whatever is there.
  func isPlainFile(_ path: String) -> Bool { exists(path) }
}

/// Where text goes; results and complaints never share a stream.
protocol CommandOutput {
  /// Writes results to standard output.
  mutating func write(_ text: String)
  /// Writes progress or a complaint to standard error.
  mutating func complain(_ text: String)
  /// Hands over what was written: somebody is waiting for it.
  mutating func flush()
  /// Results that are written from now on go through a pager.
  mutating func page(through command: String)
}

extension CommandOutput {
  /// Where nothing is held back.
  mutating func flush() {}
}
