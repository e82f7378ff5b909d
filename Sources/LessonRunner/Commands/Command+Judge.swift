import Approximate
import Interchange
import JSONText
import Judge
import LessonKit

extension Option {
  static let model = Option(
    name: "--model", value: "FILE", help: "the case to estimate on: a model, q and a baseline")
  static let client = Option(
    name: "--client", value: "LANGUAGE",
    help: "write the file that speaks for a program: python, swift, c++")
  static let judgedOutcomes = Option(
    name: "--max-outcomes", value: "N",
    help: "largest number of outcomes that are visited (default 1000000)")
  static let draws = Option(
    name: "--draws", value: "S", help: "draws that an estimate may use (default 2)")
}

extension Command {
  /// Judges a program that estimates a gradient.
  static let judge = Command(
    name: "judge", usage: "judge EXERCISE | --model FILE -- COMMAND...",
    summary: "an estimator of yours, in any language, judged over every outcome of its choices",
    details: """
      Starts COMMAND in a cage and asks it for estimates of ∇ELBO, by the log odds of q, on the case \
      in FILE (that of `lessons moments`). The program speaks lines of JSON, and all that is random \
      in it comes from us (Reference/protocol.md); so every outcome of its choices is visited once, \
      and its mean, bias and covariance are exact. It sees no answer. The exit status is 1 if its \
      mean is not the gradient, or if it could not be heard out.

      With an EXERCISE in place of a model, as 04/leave-one-out, it asks for the functions of that \
      exercise, and the checks of the lesson judge them (`lessons homework` writes their stubs).

      The part that speaks is one file, for Python, Swift and C++; how it is used stands at its beginning:

          lessons judge --client python > tightbound.py
          lessons judge --model case.json -- python3 estimate.py
      """,
    options: [.client, .model, .draws, .judgedOutcomes, .seed, .problems, .json]
  ) { (invocation) throws(CommandError) in
    if let language = invocation.arguments.text(.client) {
      invocation.output.write(try client(language).text)
      return .held
    }
    let command = invocation.arguments.words
    guard !command.isEmpty else {
      throw CommandError("judge", "which program? Its command stands behind --").with(
        usage: invocation.command.usage)
    }
    guard let file = invocation.arguments.text(.model) else {
      return try invocation.judgeExercise()
    }
    let samples = try invocation.arguments.integer(.draws, in: 1...64, default: 2)
    var limits = InterviewLimits()
    limits.outcomes = try invocation.arguments.integer(
      .judgedOutcomes, in: 1...100_000_000, default: limits.outcomes)
    let environment = invocation.environment
    let bytes = try environment.files.read(file, limit: JSON.Limits().bytes)
    let task: GradientTask
    do {
      task = GradientTask(
        try EstimatorCase(JSONPlace(try JSON(parsing: bytes))), samples: samples)
    } catch { throw CommandError(file == "-" ? "standard input" : file, "\(error)") }
    let path = environment.variables["PATH"] ?? "/usr/bin:/bin"
    guard
      let program = ProgramPath(command, in: environment.files.currentFolder, path: path)
    else { throw CommandError(quoted(command[0]), "there is no such program") }
    let workplace = try Workplace()
    defer { workplace.clear() }
    let report: JudgeReport
    do {
      report = try task.judge(
        .init(
          command: program.command, folder: workplace.folder, readable: program.folders,
          isAlone: environment.judgesAlone),
        limits: limits)
    } catch { throw CommandError(file, "\(error)") }
    if invocation.arguments.has(.json) {
      invocation.output.write(report.json.text(.pretty) + "\n")
    } else {
      invocation.write(report.lines(TerminalRendering(environment.page)))
    }
    return report.holds ? .held : .failed
  }

  private static func client(_ language: String) throws(CommandError) -> Client {
    if let client = Client.all.first(where: { $0.language == language.lowercased() }) {
      return client
    }
    let known = Client.all.map(\.language).joined(separator: ", ")
    throw CommandError(quoted(language), "there is no client for it, but for \(known)")
  }
}
