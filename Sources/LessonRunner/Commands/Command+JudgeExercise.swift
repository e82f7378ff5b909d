import JSONText
import LessonKit

extension Invocation {
  /// Judges a program by the checks of an exercise, whatever language it is written in.
  mutating func judgeExercise() throws(CommandError) -> ExitStatus {
    let (lesson, inquiry) = try namedExercise(arguments.words[0])
    guard let item = HomeworkItem(inquiry, of: lesson) else {
      throw CommandError(
        "\(lesson.id)/\(inquiry.id)", "is read; nothing of it can be handed in")
    }
    let command = Array(arguments.words.dropFirst())
    guard !command.isEmpty else {
      throw CommandError("judge", "which program? Its command stands behind --").with(
        usage: self.command.usage)
    }
    guard
      let program = ProgramPath(command, in: environment.files.currentFolder, path: programPath)
    else { throw CommandError(quoted(command[0]), "there is no such program") }
    let workplace = try Workplace()
    defer { workplace.clear() }
    let process = OutsideProcess(
      exercise: item.id,
      plan: .init(
        command: program.command, folder: workplace.folder, readable: program.folders,
        isAlone: environment.judgesAlone))
    let reports = inquiry.judge(process, plan: try handinPlan()) ?? []
    let (complaints, cages) = process.finish()
    let itemResult = HomeworkItemResult(item, reports, complaints: complaints, cages: cages)
    let result = HomeworkResult(
      name: "\(lesson.id)/\(inquiry.id)", title: inquiry.title, items: [itemResult])
    if arguments.has(.json) {
      output.write(result.json.text(.pretty) + "\n")
    } else {
      let held = cages.isEmpty ? "nothing: it could do what you can" : cages.joined(separator: ", ")
      write(
        result.lines(TerminalRendering(environment.page))
          + Wrapping.paragraph("Contained by: \(held).", width: environment.page.width - 2))
    }
    return result.isAllRight ? .held : .failed
  }

  /// "04/leave-one-out", or the name alone where one lesson only has it.
  func namedExercise(_ typed: String) throws(CommandError) -> (Lesson, any Inquiry) {
    let pieces = typed.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    var lessons = environment.course.lessons
    if pieces.count == 2 { lessons = [try environment.lessonNames.lesson(String(pieces[0]))] }
    let name = String(pieces.last ?? "")
    let all = lessons.flatMap { lesson in lesson.inquiries.map { (lesson, $0) } }
    let found = all.filter { $0.1.id == name }
    guard found.count < 2 else {
      throw .ambiguous(name, "exercise", found.map { "\($0.0.id)/\($0.1.id)" })
    }
    guard let only = found.first else {
      let known = all.filter { $0.1.handin != nil }.map { "\($0.0.id)/\($0.1.id)" }
      throw unknown(typed, "exercise", among: known, listedBy: "list")
    }
    return only
  }
}
