import Approximate
import Interchange
import JSONText
import Judge
import LessonKit
import Verification

extension Option {
  static let model = Option(
    name: "--model", value: "FILE", help: "the case to estimate on: a model and a q")
  static let samples = Option(
    name: "--samples", value: "FILE",
    help: "judge draws of a gradient in a file or - (CSV, JSON lines, .npy), as they come")
  static let range = Option(
    name: "--range", value: "LOW,HIGH", help: "with --samples: all draws are known to lie in it")
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
  /// Judges a program that estimates a gradient, or draws of it.
  static let judge = Command(
    name: "judge", usage: "judge EXERCISE | --model FILE -- COMMAND...",
    summary: "an estimator of yours, in any language, judged over every outcome of its choices",
    details: """
      Starts COMMAND in a cage and asks it for estimates of ∇ELBO on the case in FILE: that of \
      `lessons moments`, or a Gaussian q (Reference/protocol.md). The program speaks lines of JSON, and \
      all that is random in it comes from us; so every outcome of its choices is visited once, and its \
      mean, bias and covariance are exact, or by quadrature where it draws uniforms and normals. It \
      sees no answer. The exit status is 1 if its mean is not the gradient, or if it could not be heard \
      out.

      With an EXERCISE in place of a model, as 04/leave-one-out, it asks for the functions of that \
      exercise, and the checks of the lesson judge them (`lessons homework` writes their stubs).

      The part that speaks is one file, for Python, Swift and C++; how it is used stands at its beginning:

          lessons judge --client python > tightbound.py
          lessons judge --model case.json -- python3 estimate.py

      A program that cannot be asked is judged by what it has drawn, one gradient a line or a row:

          lessons judge --model case.json --samples gradients.npy

      The test may be repeated whenever draws are added: its rate of false alarms holds for all looks \
      together. The exit status is 1 if a bias was seen.
      """,
    options: [
      .client, .model, .draws, .judgedOutcomes, .samples, .range, .seed, .problems, .json,
    ]
  ) { (invocation) throws(CommandError) in
    if let language = invocation.arguments.text(.client) {
      invocation.output.write(try client(language).text)
      return .held
    }
    let words = invocation.arguments.words
    let samples = invocation.arguments.text(.samples)
    guard samples != nil || !words.isEmpty else {
      throw CommandError("judge", "which program? Its command stands behind --").with(
        usage: invocation.command.usage)
    }
    guard let file = invocation.arguments.text(.model) else {
      guard samples == nil else {
        throw CommandError("--samples", "on which case? --model FILE").with(
          usage: invocation.command.usage)
      }
      return try invocation.judgeExercise()
    }
    let problem = try problem(invocation, file)
    guard let samples else { return try judge(words, on: problem, of: file, &invocation) }
    try invocation.requireWords(atMost: 0)
    return try hear(samples, of: problem, &invocation)
  }

  /// The case in a file.
  private static func problem(
    _ invocation: Invocation, _ file: String
  ) throws(CommandError) -> any GradientProblem {
    let draws = try invocation.arguments.integer(.draws, in: 1...64, default: 2)
    let bytes = try invocation.environment.files.read(file, limit: JSON.Limits().bytes)
    do {
      return try gradientProblem(JSONPlace(try JSON(parsing: bytes)), samples: draws)
    } catch { throw CommandError(file == "-" ? "standard input" : file, "\(error)") }
  }

  /// A program, asked for its choices.
  private static func judge(
    _ command: [String], on problem: any GradientProblem, of file: String,
    _ invocation: inout Invocation
  ) throws(CommandError) -> ExitStatus {
    var limits = InterviewLimits()
    limits.outcomes = try invocation.arguments.integer(
      .judgedOutcomes, in: 1...100_000_000, default: limits.outcomes)
    let environment = invocation.environment
    let path = environment.variables["PATH"] ?? "/usr/bin:/bin"
    guard
      let program = ProgramPath(command, in: environment.files.currentFolder, path: path)
    else { throw CommandError(quoted(command[0]), "there is no such program") }
    let workplace = try Workplace()
    defer { workplace.clear() }
    let report: JudgeReport
    do {
      report = try problem.judge(
        .init(
          command: program.command, folder: workplace.folder, readable: program.folders,
          isAlone: environment.judgesAlone),
        limits: limits)
    } catch { throw CommandError(file, "\(error)") }
    return write(report.json, report.lines, report.holds, &invocation)
  }

  /// Draws from anywhere, judged while they come.
  private static func hear(
    _ file: String, of problem: any GradientProblem, _ invocation: inout Invocation
  ) throws(CommandError) -> ExitStatus {
    let name = file == "-" ? "standard input" : file
    guard let target = problem.target else {
      throw CommandError(name, "the gradient of this case has left the range of doubles")
    }
    let basis = try basis(invocation)
    let bytes = try invocation.environment.files.read(file, limit: 1 << 30)
    let report: SampleReport
    do {
      let rows = try SampleFile.rows(bytes)
      guard !rows.isEmpty else { throw SampleFileError("file", "there are no draws in it") }
      report = try SampleReport(
        rows, components: problem.components, target: target, basis: basis)
    } catch { throw CommandError(name, "\(error)") }
    return write(report.json, report.lines, report.holds, &invocation)
  }

  private static func basis(
    _ invocation: Invocation
  ) throws(CommandError) -> SequentialJudge.Basis {
    guard let text = invocation.arguments.text(.range) else { return .asymptotic }
    let ends = text.split(separator: ",").compactMap { Double($0) }
    guard ends.count == 2, ends[0] < ends[1], ends[0].isFinite, ends[1].isFinite else {
      throw CommandError("--range", "expected two numbers, as in -10,10, found \(quoted(text))")
    }
    return .range(from: ends[0], to: ends[1])
  }

  private static func write(
    _ json: JSON, _ lines: (TerminalRendering) -> [String], _ holds: Bool,
    _ invocation: inout Invocation
  ) -> ExitStatus {
    if invocation.arguments.has(.json) {
      invocation.output.write(json.text(.pretty) + "\n")
    } else {
      invocation.write(lines(TerminalRendering(invocation.environment.page)))
    }
    return holds ? .held : .failed
  }

  private static func client(_ language: String) throws(CommandError) -> Client {
    if let client = Client.all.first(where: { $0.language == language.lowercased() }) {
      return client
    }
    let known = Client.all.map(\.language).joined(separator: ", ")
    throw CommandError(quoted(language), "there is no client for it, but for \(known)")
  }
}
