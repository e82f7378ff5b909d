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
  static let task = Option(
    name: "--task", value: nil, help: "print what is to be estimated, and judge nothing")
  static let function = Option(
    name: "--function", value: "NAME", help: "with an EXERCISE of several random functions: which")
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
      sees no answer. Its whole law is held against those of the library's estimators and of known mistakes. \
      The exit status is 1 if its mean is not the gradient, or if it could not be heard out.

      With an EXERCISE in place of a model, as 04/leave-one-out, it asks for the functions of that \
      exercise, and the checks of the lesson judge them (`lessons homework` writes their stubs).

      The part that speaks is one file, for Python, Swift and C++; how it is used stands at its beginning:

          lessons judge --client python > tightbound.py
          lessons judge --model case.json -- python3 estimate.py

      A program that cannot be asked is judged by what it has drawn, one gradient a line or a row:

          lessons judge --model case.json --samples gradients.npy
          lessons judge 04/score-function --task > task.json
          ./draws task.json | lessons judge 04/score-function --samples -

      Samples for an EXERCISE are those of its random function on the lesson's example, or with --seed N on \
      the first problem of that seed; --task prints what it is given. They are held against the exact mean, \
      and against the means of the exercise's mistakes. Standard input is judged while it comes: the \
      verdict is a line as soon as there is one. \
      The test may be repeated whenever draws are added: its rate of false alarms holds for all looks \
      together. The exit status is 1 if a bias was seen.
      """,
    options: [
      .client, .model, .draws, .judgedOutcomes, .samples, .range, .task, .function, .seed,
      .problems, .json,
    ]
  ) { (invocation) throws(CommandError) in
    if let language = invocation.arguments.text(.client) {
      invocation.output.write(try Client.all.speaking(language).text)
      return .held
    }
    let words = invocation.arguments.words
    let samples = invocation.arguments.text(.samples)
    let showsTask = invocation.arguments.has(.task)
    guard samples != nil || showsTask || !words.isEmpty else {
      throw CommandError("judge", "which program? Its command stands behind --").with(
        usage: invocation.command.usage)
    }
    guard let file = invocation.arguments.text(.model) else {
      guard samples == nil, !showsTask else { return try invocation.hearExercise(samples) }
      return try invocation.judgeExercise()
    }
    let problem = try problem(invocation, file)
    if showsTask {
      invocation.output.write(problem.json.text(.pretty) + "\n")
      return .held
    }
    guard let samples else { return try judge(words, on: problem, of: file, &invocation) }
    try invocation.requireWords(atMost: 0)
    guard let target = problem.target else {
      throw CommandError(file, "the gradient of this case has left the range of doubles")
    }
    return try invocation.hear(
      samples, SampleQuestion(gradient: target, components: problem.components))
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
        limits: limits, knowing: KnownMistake.all(of: environment.course))
    } catch { throw CommandError(file, "\(error)") }
    return write(report.json, report.lines, report.holds, &invocation)
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
}
