import JSONText
import LessonKit

/// A folder with homework: the assignment, a file an exercise, and what has been reached.
struct HomeworkFolder {
  let path: String
  let sheet: HomeworkSheet
  let files: any FileAccess

  static let sheetFile = "assignment.json"
  static let progressFile = ".homework.json"

  /// Opens a folder; a lecturer's own assignment may take the place of the one that lies in it.
  init(
    _ path: String, sheet: HomeworkSheet? = nil, _ environment: CommandEnvironment
  ) throws(CommandError) {
    files = environment.files
    self.path = path
    if let sheet {
      guard files.entries(of: path) != nil else {
        throw CommandError(path, "there is no such folder")
      }
      self.sheet = sheet
    } else {
      let file = path + "/" + Self.sheetFile
      guard files.isPlainFile(file) else {
        throw CommandError(
          path, "holds no \(Self.sheetFile): `lessons homework new LESSON \(path)` begins one")
      }
      self.sheet = try Self.sheet(in: file, environment)
    }
  }

  /// Reads an assignment.
  static func sheet(
    in file: String, _ environment: CommandEnvironment
  ) throws(CommandError) -> HomeworkSheet {
    let bytes = try environment.files.read(file, limit: 16 << 20)
    do {
      return try HomeworkSheet(
        JSONPlace(try JSON(parsing: bytes)), environment.lessonNames)
    } catch { throw CommandError(file, "\(error)") }
  }

  /// The file that answers an exercise.
  func file(of item: HomeworkItem) -> String {
    path + "/" + sheet.language.file(of: item.id)
  }

  /// All sources in the folder, by name: the answers, and what they use, without the client.
  ///
  /// A link is left out, since it could lead to what is the grader's; so is a pipe, which has no end.
  func sources() -> [(name: String, bytes: [UInt8])] {
    let names = (files.entries(of: path) ?? []).sorted().filter {
      $0.hasSuffix(sheet.language.ending) && $0 != sheet.language.client.file
        && files.isPlainFile(path + "/" + $0)
    }
    return names.prefix(100).compactMap { name in
      (try? files.read(path + "/" + name, limit: 1 << 20)).map { (name, $0) }
    }
  }

  /// The sources that an exercise depends on: its own file, and those that are no other exercise's.
  func sources(for item: HomeworkItem) -> [(name: String, bytes: [UInt8])] {
    let others = Set(sheet.items.filter { $0.id != item.id }.map { sheet.language.file(of: $0.id) })
    return sources().filter { !others.contains($0.name) }
  }

  // MARK: What has been reached

  /// What is remembered of a folder from one call to the next.
  struct Progress: Equatable {
    /// How many hints of an exercise were shown.
    var hints: [String: Int] = [:]
    /// The files, by a number for their contents, of which an exercise was right.
    var right: [String: String] = [:]
  }

  /// What has been reached; nothing where the file was lost or somebody wrote in it.
  var progress: Progress {
    var progress = Progress()
    guard files.isPlainFile(path + "/" + Self.progressFile),
      let bytes = try? files.read(path + "/" + Self.progressFile, limit: 1 << 20),
      let json = try? JSON(parsing: bytes)
    else { return progress }
    if case .object(let hints)? = json["hints"] {
      for (key, value) in hints {
        if case .number(let count) = value, let whole = Int(exactly: count) {
          progress.hints[key] = whole
        }
      }
    }
    if case .object(let right)? = json["right"] {
      for (key, value) in right { if case .string(let text) = value { progress.right[key] = text } }
    }
    return progress
  }

  func write(_ progress: Progress) throws(CommandError) {
    let json: JSON = [
      "hints": .object(
        progress.hints.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) }),
      "right": .object(
        progress.right.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }),
    ]
    try files.write(json.text(.pretty) + "\n", to: path + "/" + Self.progressFile)
  }
}

extension Sequence<(name: String, bytes: [UInt8])> {
  /// A number for files and what is in them, as text: FNV-1a of 64 bits.
  var contentsNumber: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for (name, bytes) in self {
      for byte in Array(name.utf8) + [0] + bytes + [0] {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
      }
    }
    return String(hash, radix: 16)
  }
}
