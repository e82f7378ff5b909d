import LessonKit

extension Option {
  static let package = Option(
    name: "--package", value: "PATH-OR-URL",
    help: "the Tightbound package that checks the homework (default: the one you are in)")
}

extension Command {
  /// Exercises handed out as packages.
  static let homework = Command(
    name: "homework", usage: "homework new LESSON DIR",
    summary: "an exercise as a Swift package: one file to write, tests that say what is wrong",
    details: """
      Writes a Swift package into a new or empty folder: a stub to be filled in, the task with \
      its hints, and tests. It depends on the exact side of Tightbound only, so no answer is near.

          lessons homework new 04-nvil ~/score-function
          cd ~/score-function
          swift test --disable-xctest
      """,
    options: [.package]
  ) { (invocation) throws(CommandError) in
    let verb = try invocation.word(0, "new")
    guard verb == "new" else { throw unknown(verb, "word after homework", among: ["new"]) }
    let lesson = try invocation.environment.course.lesson(try invocation.word(1, "LESSON"))
    let folder = try invocation.word(2, "DIR")
    try invocation.requireWords(atMost: 3)
    guard let template = HomeworkTemplate.all.first(where: { $0.lesson == lesson.id }) else {
      let ids = HomeworkTemplate.all.map(\.lesson).joined(separator: ", ")
      throw CommandError(lesson.id, "no homework for this lesson; there is one for \(ids)")
    }
    let files = invocation.environment.files
    try files.refuseUsed(folder)
    let package = try files.package(invocation.arguments.text(.package))
    for (path, text) in template.files(package) {
      let parts = path.split(separator: "/").dropLast()
      try files.makeFolder(([folder] + parts.map(String.init)).joined(separator: "/"))
      try files.write(text, to: "\(folder)/\(path)")
    }
    invocation.write([
      "Written to \(folder). Edit Sources/Homework/ScoreFunction.swift, then run there:", "",
      "    swift test --disable-xctest", "", "README.md has the task and its hints.",
    ])
    return .held
  }
}

extension FileAccess {
  /// Refuses a folder in which there is something already, and a file.
  fileprivate func refuseUsed(_ folder: String) throws(CommandError) {
    guard exists(folder) else { return }
    guard let entries = entries(of: folder) else {
      throw CommandError(folder, "is a file, expected a new or empty folder")
    }
    guard entries.isEmpty else {
      throw CommandError(folder, "is not empty, expected a new or empty folder")
    }
  }

  /// The package asked for, or the one that the current folder lies in.
  fileprivate func package(_ asked: String?) throws(CommandError) -> PackageLocation {
    if let asked {
      if asked.contains("://") || asked.hasPrefix("git@") { return .repository(asked) }
      let path = tidy(asked.hasPrefix("/") ? asked : currentFolder + "/" + asked)
      guard isTightbound(path) else {
        throw CommandError(
          asked, "no Tightbound package there: expected a folder with its manifest")
      }
      return .folder(path)
    }
    var parts = currentFolder.split(separator: "/")
    while true {
      let path = "/" + parts.joined(separator: "/")
      if isTightbound(path) { return .folder(path) }
      guard !parts.isEmpty else { break }
      parts.removeLast()
    }
    throw CommandError(
      "--package", "the current folder is in no checkout of Tightbound: say where one is")
  }

  private func isTightbound(_ folder: String) -> Bool {
    let manifest = folder + "/Package.swift"
    guard exists(manifest), let bytes = try? read(manifest, limit: 1 << 20) else { return false }
    let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
    return text.contains("Package(name:\"Tightbound\"")
  }

  /// The path without "." and "..", so that it reads well in a manifest.
  private func tidy(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}
