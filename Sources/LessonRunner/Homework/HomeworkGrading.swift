import Dispatch
import FoundationEssentials
import JSONText
import LessonKit
import Synchronization

/// Homework of a class: which folders, by which assignment, on which problems.
struct HomeworkGrading {
  let format: HomeworkFormat
  private let folders: [(name: String, path: String)]
  private let sheet: HomeworkSheet?
  private let plan: HandinPlan
  private let path: String
  /// Where each result is kept.
  private let results: String?

  init(_ folders: [String], _ invocation: Invocation) throws(CommandError) {
    let arguments = invocation.arguments
    format = try invocation.homeworkFormat()
    plan = try invocation.handinPlan()
    path = invocation.programPath
    results = arguments.text(.results)
    if let file = arguments.text(.assignment) {
      sheet = try HomeworkFolder.sheet(in: file, invocation.environment)
    } else {
      sheet = nil
    }
    let (index, count) = try Self.share(arguments.text(.share))
    let chosen = folders.enumerated().filter { $0.offset % count == index }.map(\.element)
    let lasts = chosen.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    let areApart = Set(lasts).count == lasts.count
    self.folders = zip(chosen, lasts).map { path, last in
      (areApart ? last : path.split(separator: "/").joined(separator: "_"), path)
    }
  }

  /// "2/4": the second of four shares.
  private static func share(_ text: String?) throws(CommandError) -> (index: Int, count: Int) {
    guard let text else { return (0, 1) }
    let numbers = text.split(separator: "/").compactMap { Int($0) }
    guard numbers.count == 2, (1...10_000).contains(numbers[1]),
      (1...numbers[1]).contains(numbers[0])
    else { throw CommandError("--part", "expected I/N, as in 1/4, found \(quoted(text))") }
    return (numbers[0] - 1, numbers[1])
  }

  /// Grades them all, as many at a time as there are processors.
  ///
  /// Those whose result is kept already are read. A folder that is none is left out and told, so that
  /// it does not stop a class.
  func run(
    _ environment: CommandEnvironment, complain: (String) -> Void
  ) throws(CommandError) -> [HomeworkResult] {
    if let results { try environment.files.makeFolder(results) }
    guard folders.count > 1 else { return [try result(0, environment)] }
    let outcomes = Mutex([Int: Result<HomeworkResult, CommandError>]())
    let next = Mutex(0)
    let workers = min(folders.count, ProcessInfo.processInfo.activeProcessorCount)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let index = next.withLock { next in
          defer { next += 1 }
          return next
        }
        guard index < folders.count else { return }
        let outcome: Result<HomeworkResult, CommandError>
        do throws(CommandError) {
          outcome = .success(try result(index, environment))
        } catch {
          outcome = .failure(error)
        }
        let done = outcomes.withLock { outcomes in
          outcomes[index] = outcome
          return outcomes.count
        }
        environment.showProgress?("graded \(done) of \(folders.count): \(folders[index].name)")
      }
    }
    environment.showProgress?("")
    let found = outcomes.withLock { $0 }
    var all: [HomeworkResult] = []
    for index in folders.indices {
      switch found[index] {
      case .success(let result)?: all.append(result)
      case .failure(let error)?: complain("\(error.place): \(error.reason); not graded")
      case nil: break
      }
    }
    if let results {
      try environment.files.write(HomeworkResult.csv(all), to: results + "/grades.csv")
    }
    return all
  }

  /// The result of one folder, read if it is kept, else found and kept.
  private func result(
    _ index: Int, _ environment: CommandEnvironment
  ) throws(CommandError) -> HomeworkResult {
    let (name, path) = folders[index]
    let kept = results.map { "\($0)/\(name).json" }
    if let kept, let result = Self.read(kept, environment.files, stamp) { return result }
    let result = try grade(name, path, environment)
    if let kept { try environment.files.write(document(result), to: kept) }
    return result
  }

  private func grade(
    _ name: String, _ path: String, _ environment: CommandEnvironment
  ) throws(CommandError) -> HomeworkResult {
    let folder = try HomeworkFolder(path, sheet: sheet, environment)
    let judge = HomeworkJudge(
      folder: folder, plan: plan, path: self.path,
      isAlone: environment.judgesAlone && folders.count == 1)
    return HomeworkResult(
      name: name, title: folder.sheet.title, items: folder.sheet.items.map(judge.judge))
  }

  // MARK: What is kept

  /// What a result depends on besides the homework: results of other problems are not taken for these.
  private var stamp: String {
    let items = sheet?.json.text() ?? ""
    return "\(plan.seed)-\(plan.problems)-" + [(name: "", bytes: Array(items.utf8))].contentsNumber
  }

  private func document(_ result: HomeworkResult) -> String {
    let json: JSON = ["stamp": .string(stamp), "result": result.json]
    return json.text(.pretty) + "\n"
  }

  /// A result that was kept; nil where there is none, or one of other problems.
  private static func read(
    _ file: String, _ files: any FileAccess, _ stamp: String
  ) -> HomeworkResult? {
    guard files.exists(file), let bytes = try? files.read(file, limit: 16 << 20),
      let json = try? JSON(parsing: bytes), json["stamp"] == .string(stamp)
    else { return nil }
    return try? HomeworkResult(JSONPlace(json).member("result"))
  }
}

extension HomeworkResult {
  /// Reads what `json` wrote.
  fileprivate init(_ place: JSONPlace) throws(PlaceError) {
    var items: [HomeworkItemResult] = []
    for item in try place.member("exercises").array() {
      var parts: [HomeworkItemResult.Part] = []
      for part in try item.member("parts").array() {
        var texts: [String: [String]] = [:]
        for key in ["verdict", "mistakes"] {
          for line in try part.member(key).array() {
            texts[key, default: []].append(try line.string())
          }
        }
        parts.append(
          HomeworkItemResult.Part(
            name: try part.member("part").string(), isRight: try part.member("right").bool(),
            isWritten: try part.member("written").bool(),
            points: try part.member("points").number(), outOf: try part.member("outOf").number(),
            lines: texts["verdict"] ?? [], mistakes: texts["mistakes"] ?? []))
      }
      let id = try item.member("exercise").string()
      items.append(
        HomeworkItemResult(
          id: id, title: id, outOf: try item.member("outOf").number(), parts: parts,
          complaints: try item.member("standardError").string()))
    }
    self.init(
      name: try place.member("homework").string(), title: try place.member("title").string(),
      items: items)
  }
}
