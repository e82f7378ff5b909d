import Dispatch
import FoundationEssentials
import JSONText
import LessonKit
import Probability
import Synchronization

/// Homework of a class: which folders, by which assignment, on which problems.
struct HomeworkGrading {
  let format: HomeworkFormat
  private let folders: [(name: String, path: String)]
  /// All that were named, this share of them and the others.
  private let everybody: [String]
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
    let share = try arguments.share(.share)
    let all = Self.named(folders, in: invocation.environment.files.currentFolder)
    everybody = all.map(\.name)
    self.folders = all.enumerated().filter { index, _ in
      share.map { index % $0.count == $0.part - 1 } ?? true
    }.map(\.element)
  }

  /// Folders with the names that their results have.
  ///
  /// The last word of a path, or all of it where two end alike. One that is named twice is graded once.
  private static func named(
    _ folders: [String], in here: String
  ) -> [(name: String, path: String)] {
    let words = folders.map { HomeworkFolder.words(of: $0, in: here) }
    var seen: Set<[String]> = []
    let once = zip(folders, words).filter { seen.insert($1).inserted }
    let lasts = once.map { $1.last ?? $0 }
    let areApart = Set(lasts).count == lasts.count
    return zip(once, lasts).map { folder, last in
      (areApart ? last : folder.1.joined(separator: "_"), folder.0)
    }
  }

  /// Grades them all, as many at a time as there are processors.
  ///
  /// Those whose result is kept already are read. A folder that is none is left out and told, so that
  /// it does not stop a class. Where somebody asks for an end, what is being judged is given up.
  func run(
    _ environment: CommandEnvironment, complain: (String) -> Void
  ) throws(CommandError) -> HomeworkClass {
    if let results { try environment.files.makeFolder(results) }
    let outcomes = Mutex([Int: Result<HomeworkResult, CommandError>]())
    let next = Mutex(0)
    let start = environment.watch.seconds()
    let made = Mutex(0)
    let ender = ChildrenEnder(environment.watch)
    defer { ender.stop() }
    let workers = min(folders.count, ProcessInfo.processInfo.activeProcessorCount)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while environment.watch.interrupt() == nil {
        let index = next.withLock { next in
          defer { next += 1 }
          return next
        }
        guard index < folders.count else { return }
        let outcome: Result<HomeworkResult, CommandError>
        do throws(CommandError) {
          outcome = .success(try result(index, environment) { made.withLock { $0 += 1 } })
        } catch {
          outcome = .failure(error)
        }
        guard environment.watch.interrupt() == nil else { return }
        let done = outcomes.withLock { outcomes in
          outcomes[index] = outcome
          return outcomes.count
        }
        let seconds = environment.watch.seconds() - start
        environment.showProgress?(
          progress(done, made: made.withLock { $0 }, seconds: seconds) + folders[index].name)
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
    if let signal = environment.watch.interrupt() {
      complain(
        "stopped with \(all.count) of \(folders.count) graded; "
          + (results == nil ? "nothing was kept" : "the same call goes on from there"))
      return HomeworkClass(results: all, signal: signal)
    }
    if let results {
      try environment.files.write(table(all, environment), to: results + "/grades.csv")
    }
    return HomeworkClass(results: all, signal: nil)
  }

  /// How far it is: "graded 31 of 200, 3 min 50 s left: ".
  private func progress(_ done: Int, made: Int, seconds: Double) -> String {
    let left = TimeLeft(
      done: Double(made), left: Double(folders.count - done), after: seconds)
    return "graded \(done) of \(folders.count)" + (made > 1 ? left.words : "") + ": "
  }

  /// The table of everybody who was named: of other shares what is kept of them, so that the share that is
  /// done last writes all of it.
  private func table(_ own: [HomeworkResult], _ environment: CommandEnvironment) -> String {
    var all: [String: HomeworkResult] = [:]
    for name in everybody { all[name] = kept(name)?.read(environment.files) }
    for result in own { all[result.name] = result }
    return HomeworkResult.csv(everybody.compactMap { all[$0] })
  }

  /// The result of one folder, read if it is kept, else found and kept.
  private func result(
    _ index: Int, _ environment: CommandEnvironment, made: () -> Void
  ) throws(CommandError) -> HomeworkResult {
    let (name, path) = folders[index]
    let folder: Result<HomeworkFolder, CommandError>
    do throws(CommandError) {
      folder = .success(try HomeworkFolder(path, sheet: sheet, environment))
    } catch { folder = .failure(error) }
    let kept = kept(name, contents: try? folder.get().contentsNumber)
    if let result = kept?.read(environment.files) { return result }
    let result = try grade(name, try folder.get(), environment)
    made()
    guard environment.watch.interrupt() == nil else { return result }
    try kept?.write(result, environment.files)
    return result
  }

  private func grade(
    _ name: String, _ folder: HomeworkFolder, _ environment: CommandEnvironment
  ) throws(CommandError) -> HomeworkResult {
    let judge = HomeworkJudge(
      folder: folder, plan: plan, path: self.path,
      isAlone: environment.judgesAlone && folders.count == 1)
    return HomeworkResult(
      name: name, title: folder.sheet.title, items: folder.sheet.items.map(judge.judge))
  }

  /// Where a result is kept, and what it depends on.
  private func kept(_ name: String, contents: String? = nil) -> KeptResult? {
    guard let results else { return nil }
    let items = sheet?.json.text() ?? ""
    let number = [(name: "", bytes: Array(items.utf8))].contentsNumber
    return KeptResult(
      file: "\(results)/\(name).json", stamp: "\(plan.seed)-\(plan.problems)-\(number)",
      contents: contents)
  }
}

/// The results of a class, and the signal that stopped it.
struct HomeworkClass {
  let results: [HomeworkResult]
  let signal: Int32?
}
