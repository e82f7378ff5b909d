import FoundationEssentials

/// A command as it is started: its program by its path, and the folders that it has to read.
struct ProgramPath {
  /// The program's path and its arguments; those that are files by their paths.
  let command: [String]
  /// The folders that the program and its files lie in.
  let folders: [String]

  /// Looks for a command's program; nil where there is none.
  ///
  /// - Parameters:
  ///   - command: the words as they were typed.
  ///   - folder: where they were typed.
  ///   - path: the folders in which programs are looked for, with colons between.
  init?(_ command: [String], in folder: String, path: String) {
    guard let name = command.first, let program = Self.program(name, in: folder, path: path) else {
      return nil
    }
    let words = command.dropFirst().map { word in
      let file = Self.absolute(word, in: folder)
      return FileManager.default.fileExists(atPath: file) ? file : word
    }
    self.command = [program] + words
    let files = words.filter { $0.hasPrefix("/") && FileManager.default.fileExists(atPath: $0) }
    let own = files.map { Self.folder(of: Self.target(of: $0)) }
    folders = Array(Set(own + Self.homes(of: program))).sorted()
  }

  private static func program(_ name: String, in folder: String, path: String) -> String? {
    let candidates =
      name.contains("/")
      ? [absolute(name, in: folder)] : path.split(separator: ":").map { "\($0)/\(name)" }
    return candidates.lazy.compactMap(standIn)
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// What a program stands for: pyenv, rbenv and their like put scripts named after the programs of
  /// all versions into a folder "shims", and the version in use into a file beside it.
  private static func standIn(_ program: String) -> String? {
    let shims = URL(filePath: program).deletingLastPathComponent()
    guard shims.lastPathComponent == "shims" else { return program }
    let root = shims.deletingLastPathComponent()
    guard let data = FileManager.default.contents(atPath: root.appending(path: "version").path),
      let version = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        .first
    else { return nil }
    return root.appending(path: "versions/\(version)/bin").path + "/" + name(of: program)
  }

  /// The folders that a program reads to start: its own, and where it lies in a `bin`, those beside it,
  /// for the program itself and for what it is a link to (an environment of Python is a link).
  private static func homes(of program: String) -> [String] {
    [program, target(of: program)].map { file in
      let folder = folder(of: file)
      guard name(of: folder) == "bin" else { return folder }
      let home = Self.folder(of: folder)
      let isHome = ["pyvenv.cfg", "lib", "share/julia"].contains {
        FileManager.default.fileExists(atPath: home + "/" + $0)
      }
      return isHome && home != "/" ? home : folder
    }
  }

  private static func absolute(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") ? path : folder + "/" + path
  }

  private static func target(of file: String) -> String {
    URL(filePath: file).resolvingSymlinksInPath().path
  }

  private static func folder(of file: String) -> String {
    URL(filePath: file).deletingLastPathComponent().path
  }

  private static func name(of file: String) -> String { URL(filePath: file).lastPathComponent }
}
