import FoundationEssentials

/// A folder for an assignment and those who hand in, gone at the end.
struct HomeworkDesk: ~Copyable {
  let path: String

  /// A folder of its own for a test, by its name and its file.
  init(_ name: String = #function, of file: String = #fileID) throws {
    let word = (file + name).filter { $0.isLetter || $0.isNumber }
    path =
      FileManager.default.temporaryDirectory
      .appending(path: "homework-\(ProcessInfo.processInfo.processIdentifier)-\(word)").path
    try? FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// Writes a file, and makes the folders that it is in.
  func write(_ text: String, to name: String) throws {
    let file = path + "/" + name
    let folder = file.split(separator: "/").dropLast().joined(separator: "/")
    try FileManager.default.createDirectory(
      atPath: "/" + folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: file))
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
