import JSONText
import LessonKit

extension Option {
  static let language = Option(
    name: "--language", value: "NAME", help: "python (default) or swift")
  static let assignment = Option(
    name: "--assignment", value: "FILE",
    help: "a lecturer's assignment.json in place of the folder's")
  static let problems = Option(
    name: "--problems", value: "N", help: "random problems beside the example (default 5)")
  static let format = Option(
    name: "--format", value: "FORMAT", help: "text, json, gradescope, junit or classroom")
  static let share = Option(
    name: "--part", value: "I/N", help: "only every N-th homework, beginning with the I-th")
  static let results = Option(
    name: "--results", value: "FOLDER",
    help: "keep each result in a file, go on from there, and write grades.csv at the end")
}

extension Command {
  /// Homework: begun, judged while it is written, and graded.
  static let homework = Command(
    name: "homework", usage: "homework new | check | watch | hint | grade ...",
    summary: "exercises to write yourself, in Python or Swift, judged and graded",
    details: """
      Homework is a folder: a file an exercise, each with functions to write. They are judged by the \
      checks of the lesson, on models that are drawn anew, over every outcome of their random \
      choices; wrong ones are told which known mistake they behave like.

      homework new LESSON FOLDER begins one; --assignment FILE takes a lecturer's choice of exercises \
      in place of a lesson. homework check [FOLDER] [EXERCISE...] judges it, watch judges again \
      whenever a file is saved, hint [FOLDER] EXERCISE shows the next hint. homework grade FOLDER... \
      grades one or a class: with --seed of the lecturer's own, and --results to be able to stop and \
      go on.

          lessons homework new 04-nvil hw && cd hw && lessons homework check
          lessons homework grade submissions/* --seed 20261 --results grades
      """,
    options: [.language, .assignment, .seed, .problems, .format, .share, .results, .json]
  ) { (invocation) throws(CommandError) in
    let word = try invocation.word(0, missing: "new, check, watch, hint or grade?")
    switch word {
    case "new": return try invocation.newHomework()
    case "check": return try invocation.checkHomework()
    case "watch": return try invocation.watchHomework()
    case "hint": return try invocation.hint()
    case "grade": return try invocation.gradeHomework()
    default:
      throw unknown(word, "word after homework", among: ["new", "check", "watch", "hint", "grade"])
    }
  }
}

// MARK: new

extension Invocation {
  fileprivate mutating func newHomework() throws(CommandError) -> ExitStatus {
    let own = arguments.text(.assignment)
    let folder = try word(
      own == nil ? 2 : 1, missing: own == nil ? "which lesson, and which folder?" : "which folder?")
    try requireWords(atMost: own == nil ? 3 : 2)
    var sheet: HomeworkSheet
    if let own {
      sheet = try HomeworkFolder.sheet(in: own, environment)
    } else {
      let lesson = try environment.lessonNames.lesson(arguments.words[1])
      sheet = HomeworkSheet(lesson, language: .python)
      guard !sheet.items.isEmpty else {
        throw CommandError(lesson.id, "nothing of this lesson can be handed in")
      }
    }
    if let language = try homeworkLanguage() { sheet.language = language }
    let files = environment.files
    if let entries = files.entries(of: folder) {
      guard entries.isEmpty else {
        throw CommandError(folder, "is not empty; choose another folder")
      }
    } else if files.exists(folder) {
      throw CommandError(folder, "is a file, expected a folder")
    }
    try files.makeFolder(folder)
    for file in HomeworkPages(sheet: sheet).files {
      try files.write(file.text, to: folder + "/" + file.name)
    }
    let first = sheet.language.file(of: sheet.items[0].id)
    write([
      "\(sheet.items.count) \(sheet.items.count == 1 ? "exercise" : "exercises") in \(folder), \(HomeworkResult.points(sheet.points)) points.",
      "",
      "Begin with \(folder)/\(first), then:", "", "    lessons homework check \(folder)",
    ])
    return .held
  }

  private func homeworkLanguage() throws(CommandError) -> HomeworkLanguage? {
    guard let typed = arguments.text(.language) else { return nil }
    guard let language = HomeworkLanguage(rawValue: typed.lowercased()) else {
      throw unknown(typed, "language", among: HomeworkLanguage.allCases.map(\.rawValue))
    }
    return language
  }
}

// MARK: check, hint

extension Invocation {
  /// The folder that is meant, and the other words: the first word is a folder where it is one.
  fileprivate func homeworkFolder() throws(CommandError) -> (HomeworkFolder, words: [String]) {
    var words = Array(arguments.words.dropFirst())
    var path = "."
    if let first = words.first, environment.files.entries(of: first) != nil {
      path = first
      words.removeFirst()
    }
    let own: HomeworkSheet?
    if let file = arguments.text(.assignment) {
      own = try HomeworkFolder.sheet(in: file, environment)
    } else {
      own = nil
    }
    return (try HomeworkFolder(path, sheet: own, environment), words)
  }

  fileprivate func items(
    _ words: [String], of folder: HomeworkFolder
  ) throws(CommandError) -> [HomeworkItem] {
    guard !words.isEmpty else { return folder.sheet.items }
    var items: [HomeworkItem] = []
    for word in words {
      guard
        let item = folder.sheet.items.first(where: {
          [$0.id, folder.sheet.language.file(of: $0.id)].contains(word)
        })
      else {
        throw unknown(word, "exercise of \(folder.path)", among: folder.sheet.items.map(\.id))
      }
      items.append(item)
    }
    return items
  }

  func handinPlan() throws(CommandError) -> HandinPlan {
    HandinPlan(
      seed: try arguments.integer(.seed, in: 0...UInt64.max, default: 1),
      problems: try arguments.integer(.problems, in: 0...1000, default: 5))
  }

  var programPath: String { environment.variables["PATH"] ?? "/usr/bin:/bin" }

  fileprivate mutating func checkHomework() throws(CommandError) -> ExitStatus {
    let (folder, words) = try homeworkFolder()
    let items = try items(words, of: folder)
    let format = try homeworkFormat()
    let result = try judged(folder, items, remembering: words.isEmpty && format == .text)
    if let signal = environment.watch.interrupt() {
      return ExitStatus(rawValue: 128 + signal) ?? .interrupted
    }
    write(result, as: format)
    if format == .text { write(nextStep(folder, items, result)) }
    return result.isAllRight ? .held : .failed
  }

  /// What to do next: the first exercise that is not right, and where its next hint is.
  private func nextStep(
    _ folder: HomeworkFolder, _ items: [HomeworkItem], _ result: HomeworkResult
  ) -> [String] {
    guard let open = result.items.first(where: { !$0.isRight }),
      let item = items.first(where: { $0.id == open.id })
    else { return [] }
    let place = folder.path == "." ? "" : folder.path + " "
    let hint = "lessons homework hint \(place)\(item.id)"
    return ["", "Next: \(folder.file(of: item).replacing("./", with: ""))"]
      + (item.hints.isEmpty ? [] : ["A hint: \(hint)"])
  }

  /// Judges exercises; those that were right and whose files are as they were are not judged again.
  fileprivate func judged(
    _ folder: HomeworkFolder, _ items: [HomeworkItem], remembering: Bool
  ) throws(CommandError) -> HomeworkResult {
    let plan = try handinPlan()
    let judge = HomeworkJudge(
      folder: folder, plan: plan, path: programPath, isAlone: environment.judgesAlone)
    var progress = folder.progress
    let ender = ChildrenEnder(environment.watch)
    defer { ender.stop() }
    var results: [HomeworkItemResult] = []
    for item in items where environment.watch.interrupt() == nil {
      let number = folder.contentsNumber(of: item) + "-\(plan.seed)-\(plan.problems)"
      if remembering, progress.right[item.id] == number {
        var result = HomeworkItemResult(remembered: item)
        result.isRemembered = true
        results.append(result)
        continue
      }
      if remembering, progress.unwritten[item.id] == number {
        results.append(HomeworkItemResult(item, refused: "not written yet", isWritten: false))
        continue
      }
      environment.showProgress?("judging \(item.id)")
      let result = judge.judge(item)
      guard environment.watch.interrupt() == nil else { break }
      progress.right[item.id] = result.isRight ? number : nil
      progress.unwritten[item.id] = result.isStub ? number : nil
      results.append(result)
    }
    environment.showProgress?("")
    if progress != folder.progress { try? folder.write(progress) }
    return HomeworkResult(
      name: folder.name, title: folder.sheet.title, items: results)
  }

  fileprivate mutating func write(_ result: HomeworkResult, as format: HomeworkFormat) {
    let rendering = TerminalRendering(environment.page)
    if format == .text {
      write(result.lines(rendering))
    } else {
      output.write(result.document(format, rendering))
    }
  }

  func homeworkFormat() throws(CommandError) -> HomeworkFormat {
    guard let typed = arguments.text(.format) else { return arguments.has(.json) ? .json : .text }
    guard let format = HomeworkFormat(rawValue: typed) else {
      throw unknown(typed, "format", among: HomeworkFormat.allCases.map(\.rawValue))
    }
    return format
  }

  fileprivate mutating func hint() throws(CommandError) -> ExitStatus {
    let (folder, words) = try homeworkFolder()
    guard let word = words.first else {
      throw CommandError("homework hint", "for which exercise?")
    }
    let item = try items([word], of: folder)[0]
    guard !item.hints.isEmpty else { throw CommandError(item.id, "there are no hints for it") }
    var progress = folder.progress
    let shown = min(progress.hints[item.id] ?? 0, item.hints.count - 1)
    progress.hints[item.id] = shown + 1
    try folder.write(progress)
    let left = item.hints.count - shown - 1
    write(
      ["\(item.id), hint \(shown + 1) of \(item.hints.count)", ""]
        + Wrapping.paragraph(item.hints[shown], width: environment.page.width - 2)
        + ["", left == 0 ? "That was the last one." : "The same command shows the next one."])
    return .held
  }
}

extension HomeworkItemResult {
  /// An exercise that was right before, and whose files are as they were.
  fileprivate init(remembered item: HomeworkItem) {
    let share = item.points / Double(max(1, item.parts.count))
    self.init(
      id: item.id, title: item.title, outOf: item.points,
      parts: item.parts.map {
        Part(
          name: $0.name, isRight: true, isWritten: true, points: share, outOf: share,
          lines: ["right, as before"], mistakes: [])
      })
  }
}

// MARK: watch

extension Invocation {
  /// Judges whenever a file has been saved, until somebody ends it.
  fileprivate mutating func watchHomework() throws(CommandError) -> ExitStatus {
    let (folder, words) = try homeworkFolder()
    let items = try items(words, of: folder)
    let watch = environment.watch
    watch.catchInterrupts()
    var seen = ""
    while watch.interrupt() == nil {
      let now = folder.sources().contentsNumber
      if now != seen {
        // Two looks that agree: an editor may still be writing.
        watch.pause(200)
        guard folder.sources().contentsNumber == now else { continue }
        let result = try judged(folder, items, remembering: true)
        guard watch.interrupt() == nil else { break }
        if environment.columns != nil { output.write("\u{1B}[2J\u{1B}[H") }
        write(result, as: .text)
        write([
          "",
          result.isAllRight
            ? "All of it is right." : "Waiting for a file to be saved; Ctrl-C ends.",
        ])
        seen = now
      }
      watch.pause(200)
    }
    return .held
  }
}
