import CChildren
import Judge

/// A program that is not trusted, as a process in a cage: lines to it and from it.
struct ChildProcess: Conversation {
  /// How it is started.
  struct Plan: Sendable, Equatable {
    /// The program and its arguments; the program by its path.
    var command: [String]
    /// Where it starts and may write.
    var folder: String
    /// What else it may read besides the system's own.
    var readable: [String] = []
    /// What it may use.
    var limits = ChildLimits()
    /// Whether every process that lost its parent is taken for something that it left behind: true
    /// where this process has no other children.
    var isAlone = false
  }

  private let plan: Plan
  private let number: Int32
  /// What is left of the time for all its answers.
  private var left: Duration
  /// Whether a line of it has been read: what it writes before that is taken for its first answer,
  /// whether it was quicker than the task or not.
  private var hasAnswered = false

  init(_ plan: Plan) throws(Fault) {
    self.plan = plan
    number = ChildProcess.start(plan)
    left = .seconds(plan.limits.seconds)
    guard number >= 0 else {
      let program = plan.command.first ?? ""
      throw Fault(.start, "\(program) cannot be started (\(SystemError(-number)))")
    }
  }

  func again() throws(Fault) -> ChildProcess { try ChildProcess(plan) }

  /// What holds it back, in words.
  var cages: [String] { ChildCage.held(child_cages(number)) }

  mutating func write(_ line: String) throws(Fault) {
    for byte in line.utf8 { _ = child_write_byte(number, Int32(byte)) }
    guard child_write_byte(number, 10) != 0 else {
      throw Fault(.protocolBroken, "the program does not read what it is given")
    }
    guard !hasAnswered || child_has_output(number) == 0 else {
      throw Fault(.protocolBroken, "the program wrote a line that nobody had asked for")
    }
    switch child_flush(number, Int32(clamping: plan.limits.answerMilliseconds)) {
    case 1: return
    case 0: throw Fault(.time, "the program did not read its task for \(plan.limits.answerWords)")
    // It has ended or reads no more: what it wrote before that says why, and is read next.
    default: return
    }
  }

  mutating func read() throws(Fault) -> String {
    var bytes: [UInt8] = []
    let start = ContinuousClock.now
    let patience = min(.milliseconds(plan.limits.answerMilliseconds), left)
    defer { left -= ContinuousClock.now - start }
    child_expect(number, Int32(clamping: Int(patience / .milliseconds(1))))
    while true {
      let byte = child_read_byte(number)
      switch byte {
      case -1: throw ended()
      case -2:
        throw Fault(
          .time,
          ContinuousClock.now - start >= left
            ? "the program took more than \(plan.limits.seconds) s in all"
            : "no answer for \(plan.limits.answerWords): does it end?")
      case 10:
        hasAnswered = true
        return String(decoding: bytes, as: UTF8.self)
      default:
        guard bytes.count < 16 << 20 else {
          throw Fault(.protocolBroken, "a line of the answer is longer than 16 MB")
        }
        bytes.append(UInt8(truncatingIfNeeded: byte))
      }
    }
  }

  /// The end of what it wrote to standard error, for its author.
  var complaints: String {
    let count = child_error_count(number)
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: child_error_byte(number, $0)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Ends it and everything that it started.
  func close() { _ = child_finish(number) }

  private func ended() -> Fault {
    Fault(.ended, "the program ended before it had answered")
  }
}

/// What a program under judgement may use.
struct ChildLimits: Sendable, Equatable {
  /// All its answers together.
  var seconds = 60
  /// One answer.
  var answerMilliseconds = 10_000
  var megabytes = 1024
  var processes = 64
  var files = 64
  var fileMegabytes = 16
  /// All files that it writes; 0 for as many as it likes, which are kept.
  var folderMegabytes = 64
  /// The first of the users of which it becomes one where we are root; 0 for none.
  var user = 20_000

  /// "10 s".
  var answerWords: String { "\(answerMilliseconds / 1000) s" }
}

/// What holds a process back.
enum ChildCage {
  static func held(_ bits: Int32) -> [String] {
    let all: [(child_cage, String)] = [
      (child_cage_limits, "limits on time, memory, processes and files"),
      (child_cage_user, "a user of its own"), (child_cage_files, "no files but its own"),
      (child_cage_sockets, "no sockets"), (child_cage_network, "no network"),
      (child_cage_signals, "no signals"), (child_cage_processes, "no processes but its own"),
      (child_cage_space, "a bounded folder that is gone with it"),
    ]
    return all.filter { bits & Int32($0.0.rawValue) != 0 }.map(\.1)
  }
}

extension ChildProcess {
  /// Starts a program: its number, or minus the system's number for what went wrong.
  private static func start(_ plan: Plan) -> Int32 {
    child_prepare()
    let environment = [
      "PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "HOME=\(plan.folder)",
      "TMPDIR=\(plan.folder)", "PYTHONHASHSEED=0", "PYTHONDONTWRITEBYTECODE=1",
      "OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1", "SWIFT_BACKTRACE=enable=no",
    ]
    let fits =
      plan.command.allSatisfy { put($0, child_argument_byte) }
      && ([plan.folder] + plan.readable).allSatisfy { put($0, child_folder_byte) }
      && environment.allSatisfy { put($0, child_environment_byte) }
    guard fits else { return -SystemError.tooLong.number }
    let limits = plan.limits
    let values: [(child_limit, Int)] = [
      (child_limit_cpu_seconds, limits.seconds), (child_limit_megabytes, limits.megabytes),
      (child_limit_processes, limits.processes), (child_limit_files, limits.files),
      (child_limit_file_megabytes, limits.fileMegabytes), (child_limit_user, limits.user),
      (child_limit_sweeps_all, plan.isAlone ? 1 : 0),
      (child_limit_folder_megabytes, limits.folderMegabytes),
    ]
    for (limit, value) in values { child_set_limit(Int32(limit.rawValue), value) }
    return child_start()
  }

  private static func put(_ text: String, _ take: (Int32) -> Int32) -> Bool {
    !text.utf8.contains(0) && (text.utf8.map(Int32.init) + [0]).allSatisfy { take($0) != 0 }
  }
}

/// The system's number for what went wrong, in words.
struct SystemError: CustomStringConvertible {
  let number: Int32
  init(_ number: Int32) { self.number = number }

  static let tooLong = SystemError(7)

  var description: String {
    switch number {
    case 1, 13: "it may not be run"
    case 2: "there is no such program"
    case 7: "its arguments are too long"
    case 8: "it is no program"
    case 11: "too many programs are running"
    case 12: "there is no memory left"
    default: "the system's error \(number)"
    }
  }
}
