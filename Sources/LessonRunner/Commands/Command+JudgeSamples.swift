import JSONText
import LessonKit
import Probability
import Verification

extension Invocation {
  /// Draws of a random function of an exercise, or the task that they are to be drawn of.
  mutating func hearExercise(_ samples: String?) throws(CommandError) -> ExitStatus {
    guard let name = arguments.words.first else {
      throw CommandError(
        samples == nil ? "--task" : "--samples", "on which case? EXERCISE or --model FILE"
      )
      .with(usage: command.usage)
    }
    try requireWords(atMost: 1)
    let (lesson, inquiry) = try namedExercise(name)
    let exercise = "\(lesson.id)/\(inquiry.id)"
    let seed =
      try arguments.text(.seed) == nil
      ? nil : arguments.integer(.seed, in: 0...UInt64.max, default: 1)
    let tasks: [DrawnTask]
    do { tasks = try inquiry.drawnTasks(seed: seed) } catch {
      throw CommandError(exercise, "\(error)")
    }
    let task = try chosen(tasks, of: exercise)
    let problem = seed.map { "problem 0 of seed \($0)" } ?? "the example of the lesson"
    guard let samples else {
      output.write(
        JSON.object([
          ("exercise", .string(inquiry.id)), ("lesson", .string(lesson.id)),
          ("part", .string(task.part.name)), ("problem", .string(problem)),
          ("text", .string(task.part.text)), ("returns", .string(task.part.returns.text)),
          ("given", task.given),
        ]).text(.pretty) + "\n")
      return .held
    }
    return try hear(samples, SampleQuestion(task, of: exercise, on: problem))
  }

  private func chosen(
    _ tasks: [DrawnTask], of exercise: String
  ) throws(CommandError) -> DrawnTask {
    let names = tasks.map(\.part.name)
    guard let first = tasks.first else {
      throw CommandError(exercise, "nothing of it is random: there is nothing to draw samples of")
    }
    guard let name = arguments.text(.function) else {
      guard tasks.count == 1 else {
        throw CommandError(
          exercise, "of which of its functions? --function \(names.joined(separator: " or "))")
      }
      return first
    }
    guard let task = tasks.first(where: { $0.part.name == name }) else {
      throw unknown(name, "random function", among: names, place: "--function")
    }
    return task
  }

  /// Draws from anywhere, judged while they come.
  mutating func hear(
    _ file: String, _ question: SampleQuestion
  ) throws(CommandError) -> ExitStatus {
    let name = file == "-" ? "standard input" : file
    var reader = SampleReader()
    var hearing = SampleHearing(
      question, basis: try sampleBasis(), isLive: file == "-" && !arguments.has(.json))
    do {
      try environment.files.stream(file) { bytes in
        try reader.take(bytes) { try hearing.add($0, environment.showProgress) }
        if let line = hearing.news() {
          environment.showProgress?("")
          write([line])
          output.flush()
        }
        return environment.watch.interrupt() == nil
      }
      try reader.finish { try hearing.add($0, environment.showProgress) }
      guard hearing.judge.count > 0 else {
        throw SampleFileError("file", "there are no draws in it")
      }
    } catch let error as CommandError { throw error } catch {
      throw CommandError(name, "\(error)")
    }
    environment.showProgress?("")
    let report = SampleReport(question: question, judge: hearing.judge)
    if arguments.has(.json) {
      output.write(report.json.text(.pretty) + "\n")
    } else {
      if hearing.hasSpoken { write([""]) }
      write(report.lines(TerminalRendering(environment.page)))
    }
    return report.holds ? .held : .failed
  }

  private func sampleBasis() throws(CommandError) -> SequentialJudge.Basis {
    guard let text = arguments.text(.range) else { return .asymptotic }
    let words = text.split(separator: ",", omittingEmptySubsequences: false)
    let ends = words.compactMap { Double($0) }
    guard words.count == 2, ends.count == 2, ends[0] < ends[1], ends.allSatisfy(\.isFinite) else {
      throw CommandError("--range", "expected two numbers, as in -10,10, found \(quoted(text))")
    }
    return .range(from: ends[0], to: ends[1])
  }
}
