import JSONText
import LessonKit
import Probability

extension Option {
  static let rounds = Option(
    name: "--rounds", value: "N", help: "stop when this many rounds have been made in all")
  static let fresh = Option(
    name: "--fresh", value: nil, help: "begin again, whatever was learned before")
}

extension Command {
  /// Learning at full length.
  static let train = Command(
    name: "train", usage: "train LESSON[/TRAINING]",
    summary: "learn at full length, with what was learned at the end",
    details: """
      Trains what a lesson shows a short run of, and prints what was learned. Progress and an \
      estimate of the time left go to standard error. What has been learned is kept after every few \
      rounds under $XDG_STATE_HOME/tightbound/training (~/.local/state without it); a signal that \
      asks for an end, as Ctrl-C does, is answered when the round is finished: it is kept, and the \
      same call goes on from there. The exit status is then 130, and a second Ctrl-C does not wait.

      A training that was stopped and resumed learns the same as one that ran through.

          lessons train 06/digits
          lessons train 06/digits --rounds 5 --fresh --seed 2
      """,
    options: [.rounds, .fresh, .seed, .json]
  ) { (invocation) throws(CommandError) in
    let environment = invocation.environment
    let names = environment.lessonNames
    guard !invocation.arguments.words.isEmpty else {
      let all = names.lessons.flatMap { lesson in
        lesson.trainings.map { "\(lesson.id)/\($0.id)" }
      }
      let list = all.isEmpty ? "no lesson has one yet" : all.joined(separator: ", ")
      throw CommandError("train", "which training? \(list)").with(usage: invocation.command.usage)
    }
    try invocation.requireWords(atMost: 1)
    let (lesson, course) = try namedTraining(invocation.arguments.words[0], names)
    let seed = try invocation.arguments.integer(.seed, in: 0...UInt64.max, default: 1)
    let rounds = try invocation.arguments.integer(
      .rounds, in: 0...1_000_000_000, default: course.rounds)
    do {
      var session = try TrainingSession(
        lesson, course, seed: seed, rounds: rounds,
        isFresh: invocation.arguments.has(.fresh), environment)
      var output = invocation.output
      let signal = try session.run { output.complain("lessons: \($0)\n") }
      if signal != nil { output.complain("lessons: \(session.farewell)\n") }
      invocation.output = output
      if let signal { return ExitStatus(rawValue: 128 + signal) ?? .interrupted }
      try invocation.write(session, seed: seed)
      return .held
    } catch {
      throw CommandError("\(lesson.id)/\(course.id)", "\(error)")
    }
  }
}

extension Invocation {
  /// What was learned, as a page or for a machine.
  fileprivate mutating func write(_ session: TrainingSession, seed: UInt64) throws {
    let training = session.training
    guard !arguments.has(.json) else {
      let measures = training.measures.map { name, value in
        (key: name, value: value.side.values.first.map(JSON.number) ?? .null)
      }
      let json = JSON.object([
        ("training", .string(session.store.course)), ("seed", .string("\(seed)")),
        ("rounds", .integer(training.round)), ("measures", .object(measures)),
      ])
      output.write(json.text(.pretty) + "\n")
      return
    }
    let context = RunContext(seed: seed, width: environment.page.width)
    write(
      try TerminalRendering(environment.page).lines(
        training, session.course, of: session.lesson, context))
  }
}

/// "06/digits", or a lesson that has one training only.
private func namedTraining(
  _ word: String, _ names: LessonNames
) throws(CommandError) -> (Lesson, TrainingCourse) {
  let pieces = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
  let lesson = try names.lesson(String(pieces[0]))
  let all = lesson.trainings.map(\.id)
  guard !all.isEmpty else { throw CommandError(lesson.id, "this lesson has nothing to train") }
  let typed = pieces.count == 2 ? String(pieces[1]) : ""
  if typed.isEmpty, lesson.trainings.count == 1 { return (lesson, lesson.trainings[0]) }
  guard !typed.isEmpty else {
    throw CommandError(
      quoted(word), "which training? " + all.map { "\(lesson.id)/\($0)" }.joined(separator: ", "))
  }
  switch Meaning(of: typed, among: all) {
  case .one(let name):
    guard let found = lesson.trainings.first(where: { $0.id == name }) else { break }
    return (lesson, found)
  case .several(let names): throw .ambiguous(typed, "training", names)
  case .nobody: break
  }
  throw unknown(typed, "training of \(lesson.id)", among: all)
}
