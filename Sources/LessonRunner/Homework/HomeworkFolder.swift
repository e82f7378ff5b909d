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
      guard let names = files.entries(of: path) else {
        throw CommandError(path, "there is no such folder")
      }
      self.sheet = sheet.inLanguage(of: names)
    } else {
      let file = path + "/" + Self.sheetFile
      guard files.isPlainFile(file) else {
        throw CommandError(
          path, "holds no \(Self.sheetFile): `lessons homework new LESSON \(path)` begins one")
      }
      self.sheet = try Self.sheet(in: file, environment)
    }
  }

  /// The words of a path; one that ends in "." or ".." is taken from where it leads to.
  static func words(of path: String, in here: String) -> [String] {
    let typed = path.split(separator: "/").map(String.init)
    guard let last = typed.last, [".", ".."].contains(last) else { return typed }
    let all = path.hasPrefix("/") ? typed : here.split(separator: "/").map(String.init) + typed
    return all.reduce(into: []) { words, word in
      if word == ".." { _ = words.popLast() } else if word != "." { words.append(word) }
    }
  }

  /// What it is called.
  var name: String { Self.words(of: path, in: files.currentFolder).last ?? path }

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

  /// A number for everything that the homework's result depends on and that lies in its folder.
  var contentsNumber: String {
    let sheet = [(name: "", bytes: Array(sheet.json.text().utf8))]
    return (sheet + sources()).contentsNumber
  }

  /// The same for one exercise: what is asked, and the files that it depends on.
  func contentsNumber(of item: HomeworkItem) -> String {
    ([(name: "", bytes: Array(item.json.text().utf8))] + sources(for: item)).contentsNumber
  }

  // MARK: What has been reached

  /// What is remembered of a folder from one call to the next.
  struct Progress: Equatable {
    /// How many hints of an exercise were shown.
    var hints: [String: Int] = [:]
    /// The files, by a number for their contents, of which an exercise was right.
    var right: [String: String] = [:]
    /// The same, of which nothing was written.
    var unwritten: [String: String] = [:]
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
    progress.right = Self.texts(json["right"])
    progress.unwritten = Self.texts(json["unwritten"])
    return progress
  }

  private static func texts(_ json: JSON?) -> [String: String] {
    guard case .object(let members)? = json else { return [:] }
    return members.reduce(into: [:]) { texts, member in
      if case .string(let text) = member.value { texts[member.key] = text }
    }
  }

  func write(_ progress: Progress) throws(CommandError) {
    func list(_ texts: [String: String]) -> JSON {
      .object(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
    }
    let json: JSON = [
      "hints": .object(
        progress.hints.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) }),
      "right": list(progress.right), "unwritten": list(progress.unwritten),
    ]
    try files.write(json.text(.pretty) + "\n", to: path + "/" + Self.progressFile)
  }
}

extension HomeworkSheet {
  /// The same in the language that a folder's files are written in: everybody chooses their own.
  fileprivate func inLanguage(of names: [String]) -> HomeworkSheet {
    func answers(_ language: HomeworkLanguage) -> Int {
      items.count { names.contains(language.file(of: $0.id)) }
    }
    var sheet = self
    for other in HomeworkLanguage.allCases where answers(other) > answers(sheet.language) {
      sheet.language = other
    }
    return sheet
  }
}

extension Sequence<(name: String, bytes: [UInt8])> {
  /// A number for files and what is in them, as text: FNV-1a of 64 bits.
  var contentsNumber: String {
    fingerprint(of: flatMap { name, bytes in Array(name.utf8) + [0] + bytes + [0] })
  }
}
