import Probability

extension TerminalRendering {
  /// What a training has learned: its measures, then the tables and pictures of its page.
  public func lines(
    _ training: any Training, _ course: TrainingCourse, of lesson: Lesson, _ context: RunContext
  ) throws -> [String] {
    let rounds = training.round == 1 ? "1 round" : "\(training.round) rounds"
    var lines = [heading(course.title, aside: "\(lesson.id)/\(course.id)"), ""]
    lines += Wrapping.paragraph("After \(rounds), seed \(context.seed):", width: prose)
    let room = training.measures.map(\.name.count).max() ?? 0
    for (name, value) in training.measures {
      let numbers = value.side.values.map { Format.significant($0) }.joined(separator: "  ")
      lines.append("  " + Columns.left(name, room + 2) + numbers)
    }
    let run = LessonRun(
      lesson: lesson, request: RunRequest(width: context.width), sections: [], errata: [])
    for part in try training.page(context).flatMap({ lesson.page($0, context) }) {
      lines += [""] + self.lines(part, run)
    }
    return Fitting.folded(lines, width: style.width)
  }
}
