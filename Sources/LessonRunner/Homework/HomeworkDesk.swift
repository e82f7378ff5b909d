import Judge
import LessonKit

/// Where a submission is laid out: its sources and our client, read-only, and a place for what it writes.
struct HomeworkDesk {
  let language: HomeworkLanguage
  let item: HomeworkItem
  let workplace: Workplace
  /// Where programs are looked for.
  let path: String
  let isAlone: Bool

  /// Where its files lie.
  var folder: String { workplace.folder + "/desk" }

  /// Why there is nothing to be started.
  struct Refusal: Error {
    let reason: String
    var complaints = ""
  }

  /// Lays the sources out, compiles them where the language wants that, and says how to start them.
  func prepare(
    _ sources: [(name: String, bytes: [UInt8])]
  ) throws(CommandError) -> Result<ChildProcess.Plan, Refusal> {
    let desk = folder
    let files = Disk()
    try files.makeFolder(desk)
    let own = language.file(of: item.id)
    for (name, bytes) in sources where language == .python || name == own {
      try files.write(String(decoding: bytes, as: UTF8.self), to: desk + "/" + name)
    }
    try files.write(language.client.text, to: desk + "/" + language.client.file)
    switch language {
    case .python:
      guard let python = ProgramPath(["python3", desk + "/" + own], in: desk, path: path) else {
        return .failure(Refusal(reason: "there is no python3"))
      }
      return .success(try plan(python, desk))
    case .swift:
      try files.write(HomeworkStub.swiftMain(item.parts), to: desk + "/main.swift")
      return try compile(own, in: desk)
    }
  }

  /// How the program is started: it reads the desk, and writes beside it.
  private func plan(_ program: ProgramPath, _ desk: String) throws(CommandError)
    -> ChildProcess.Plan
  {
    ChildProcess.Plan(
      command: program.command, folder: try workplace.scratch(),
      readable: program.folders + [desk], isAlone: isAlone)
  }

  // MARK: Swift

  /// Compiles one file with the client, in the cage too: a compiler can be kept busy for ever.
  private func compile(
    _ own: String, in desk: String
  ) throws(CommandError) -> Result<ChildProcess.Plan, Refusal> {
    let program = workplace.folder + "/program"
    let words =
      [
        "swiftc", "-Onone", "-wmo", "-module-name", "Homework", "-module-cache-path",
        workplace.folder + "/cache",
      ]
      + [own, language.client.file, "main.swift"].map { desk + "/" + $0 } + ["-o", program]
    guard let compiler = ProgramPath(words, in: desk, path: path) else {
      return .failure(Refusal(reason: "there is no swiftc"))
    }
    var plan = ChildProcess.Plan(
      command: compiler.command, folder: workplace.folder, readable: compiler.folders + [desk],
      isAlone: isAlone)
    // A busy machine must not cost anybody their points.
    plan.limits.seconds = 300
    plan.limits.answerMilliseconds = 300_000
    plan.limits.megabytes = 4096
    plan.limits.files = 512
    // What it writes is wanted.
    plan.limits.folderMegabytes = 0
    do throws(Fault) {
      let output = try ChildProcess.output(of: plan)
      guard Disk().exists(program) else {
        return .failure(
          Refusal(reason: "\(own) does not compile", complaints: Self.errors(output, in: desk)))
      }
    } catch { return .failure(Refusal(reason: "compiling \(own): \(error)")) }
    guard let started = ProgramPath([program], in: desk, path: path) else {
      return .failure(Refusal(reason: "\(own) does not compile"))
    }
    return .success(try self.plan(started, desk))
  }

  /// The compiler's errors, without the folder that nobody knows.
  private static func errors(_ output: String, in desk: String) -> String {
    output.split(separator: "\n")
      .filter { $0.contains(": error: ") }
      .map { $0.replacing(desk + "/", with: "") }
      .reduce(into: [String]()) { if !$0.contains(String($1)) { $0.append(String($1)) } }
      .prefix(6).joined(separator: "\n")
  }
}
