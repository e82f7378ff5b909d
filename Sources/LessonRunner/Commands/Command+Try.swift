import JSONText
import LessonKit

extension Option {
  static let set = Option(
    name: "--set", value: "NAME=VALUES",
    help: "where a control is, as in q=.5,.3,.2; several with blanks between them")
  static let mark = Option(
    name: "--mark", value: "NAME", help: "begin at settings that have a name, as in posterior")
}

extension Command {
  /// Something to move.
  static let attempt = Command(
    name: "try", usage: "try LESSON[/EXPERIMENT]",
    summary: "move a q, a temperature, a baseline, and watch what changes",
    details: """
      Shows the numbers of an experiment and, on a terminal, lets the arrow keys move what can be \
      moved: left and right choose a number, up and down change it. With --set or --mark, or where \
      there is no terminal, it prints the numbers at these settings: the same numbers.

          lessons try 00/bound
          lessons try 00/bound --set q=.5,.3,.2
      """,
    options: [.set, .mark, .json]
  ) { (invocation) throws(CommandError) in
    try invocation.requireWords(atMost: 1)
    let environment = invocation.environment
    let word = try invocation.word(0, missing: "which experiment? as in 00/bound")
    let (lesson, experiment) = try namedExperiment(word, environment.lessonNames)
    let settings = try experiment.settings(from: invocation.arguments)
    let isFixed = [Option.set, .mark, .json].contains { invocation.arguments.has($0) }
    if !isFixed, let screen = environment.screen, screen.open() {
      var session = TrialSession(experiment, lesson, environment, screen)
      session.run()
      screen.close()
      return .held
    }
    if invocation.arguments.has(.json) {
      do {
        let screen = try experiment.screen(settings)
        invocation.output.write(
          JSONRendering.screen(experiment, settings, screen).text(.pretty) + "\n")
      } catch {
        throw CommandError("\(lesson.id)/\(experiment.id)", "\(error)")
      }
    } else {
      let rendering = TerminalRendering(environment.page)
      invocation.write(
        [rendering.heading(experiment.title, aside: "\(lesson.id)/\(experiment.id)")]
          + rendering.lines(experiment, at: settings, in: lesson.id))
    }
    return .held
  }
}

/// "00/bound", or a lesson that has one experiment only.
private func namedExperiment(
  _ word: String, _ names: LessonNames
) throws(CommandError) -> (Lesson, Experiment) {
  let pieces = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
  let lesson = try names.lesson(String(pieces[0]))
  let all = lesson.experiments.map(\.id)
  guard !all.isEmpty else { throw CommandError(lesson.id, "this lesson has nothing to move yet") }
  let typed = pieces.count == 2 ? String(pieces[1]) : ""
  if typed.isEmpty, lesson.experiments.count == 1 { return (lesson, lesson.experiments[0]) }
  guard !typed.isEmpty else {
    throw CommandError(
      quoted(word), "which experiment? " + all.map { "\(lesson.id)/\($0)" }.joined(separator: ", "))
  }
  switch Meaning(of: typed, among: all) {
  case .one(let name):
    guard let found = lesson.experiments.first(where: { $0.id == name }) else { break }
    return (lesson, found)
  case .several(let names): throw .ambiguous(typed, "experiment", names)
  case .nobody: break
  }
  throw unknown(typed, "experiment of \(lesson.id)", among: all)
}

extension Experiment {
  /// The settings that --mark and --set ask for.
  fileprivate func settings(from arguments: ParsedArguments) throws(CommandError) -> Settings {
    var settings = start
    if let name = arguments.text(.mark) {
      switch Meaning(of: name, among: marks.map(\.name)) {
      case .one(let mark): settings = self.settings(marked: mark) ?? start
      case .several(let names): throw .ambiguous(name, "mark", names, place: "--mark")
      case .nobody:
        throw unknown(name, "mark \(quoted(name))", among: marks.map(\.name), place: "--mark")
      }
    }
    for word in (arguments.text(.set) ?? "").split(separator: " ") {
      let pieces = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pieces.count == 2 else {
        throw CommandError(
          "--set", "expected NAME=VALUES, as in \(example), found \(quoted(String(word)))")
      }
      let values = try self.values(String(pieces[1]), of: String(pieces[0]))
      switch self.settings(settings, String(pieces[0]), values) {
      case .success(let changed): settings = changed
      case .failure(let error): throw CommandError("--set", error.description)
      }
    }
    return settings
  }

  /// Numbers with commas between them, or the name of a choice.
  private func values(_ text: String, of name: String) throws(CommandError) -> [Double] {
    if case .choice(let names)? = controls.first(where: { $0.name == name })?.range,
      case .one(let choice) = Meaning(of: text, among: names),
      let place = names.firstIndex(of: choice)
    {
      return [Double(place)]
    }
    var values: [Double] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let value = Double(part.first == "." ? "0" + part : String(part)), value.isFinite else {
        throw CommandError("--set", "\(name): expected a number, found \(quoted(String(part)))")
      }
      values.append(value)
    }
    return values
  }

  /// "q=0.2,0.5,0.3": how a control of this experiment is set.
  private var example: String {
    guard let control = controls.first else { return "q=.5" }
    return control.name + "=" + control.start.map { "\($0)" }.joined(separator: ",")
  }
}
