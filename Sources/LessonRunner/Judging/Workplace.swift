import FoundationEssentials

/// A folder that a program under judgement starts in and may write to, gone when it is done.
struct Workplace {
  /// Its path.
  let folder: String

  init() throws(CommandError) {
    let name = "tightbound-" + String(UInt64.random(in: 0...UInt64.max), radix: 36)
    let folder = FileManager.default.temporaryDirectory.appending(path: name).path
    do {
      // The program may run as another user, who owns nothing here.
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o777])
      try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder)
    } catch { throw CommandError(folder, "this folder cannot be made") }
    self.folder = folder
  }

  /// Removes the folder with all that is in it.
  func clear() { try? FileManager.default.removeItem(atPath: folder) }

  /// A command whose program is a path, and whose files are paths too; nil where there is no program.
  static func resolved(_ command: [String], in folder: String, path: String) -> [String]? {
    guard let name = command.first, let program = program(name, in: folder, path: path) else {
      return nil
    }
    let files = command.dropFirst().map { word in
      let file = absolute(word, in: folder)
      return FileManager.default.fileExists(atPath: file) ? file : word
    }
    return [program] + files
  }

  /// The folders that a command's own files lie in.
  static func folders(of command: [String]) -> [String] {
    let own = command.filter { $0.hasPrefix("/") }.map { file in
      URL(filePath: file).resolvingSymlinksInPath().deletingLastPathComponent().path
    }
    return Array(Set(own)).sorted()
  }

  private static func program(_ name: String, in folder: String, path: String) -> String? {
    let candidates =
      name.contains("/")
      ? [absolute(name, in: folder)] : path.split(separator: ":").map { "\($0)/\(name)" }
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static func absolute(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") ? path : folder + "/" + path
  }
}
