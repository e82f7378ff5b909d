import LessonKit
import Verification

/// What `run` was asked to do, all names resolved.
struct RunPlan: Sendable {
  var lessons: [Lesson]
  var request: RunRequest
  var isJSON: Bool
  var showsTimings: Bool

  /// Reads the arguments of `run`; refuses names that nothing has.
  init(_ arguments: ParsedArguments, names: LessonNames, page: TerminalStyle) throws(CommandError) {
    guard !arguments.words.isEmpty else {
      throw CommandError(
        "run", "which lesson? " + names.lessons.map(\.id).joined(separator: ", ") + ", or all"
      ).with(usage: Command.run.usage)
    }
    let path = try LessonPath(arguments.words, names)
    lessons = path.lessons
    var plan = try SearchPlan(arguments)
    isJSON = arguments.has(.json)
    showsTimings = arguments.has(.timings)
    if let fraction = try arguments.fraction(.perturb) {
      plan.perturbation = fraction
      plan.stopsAtRefusal = true
    }
    plan.only = try arguments.text(.replay).map { (text) throws(CommandError) in
      guard let token = CaseToken(text) else {
        throw CommandError(
          "--case", "expected a token as a refusal shows it, found \(quoted(text))")
      }
      return token
    }
    request = RunRequest(
      plan: plan, judgesMistakes: isJSON, showsPages: !isJSON,
      showsAll: arguments.has(.all), showsClaims: arguments.has(.claims), width: page.width)
    try choose(try path.resolvedPart(), arguments)
    keepLessonsWithCheck()
    guard plan.only == nil || request.only != nil || request.mistake != nil else {
      throw CommandError("--case", "needs --only or --mistake: a case belongs to one exercise")
    }
  }

  /// Takes the part that was named among the lessons, or by --only and --mistake.
  private mutating func choose(
    _ part: LessonPart?, _ arguments: ParsedArguments
  ) throws(CommandError) {
    var only = arguments.text(.only)
    var mistake = arguments.text(.mistake)
    switch part {
    case .inquiry(let name):
      guard only == nil else { throw CommandError("--only", "\(quoted(name)) is named already") }
      only = name
    case .mistake(let name):
      guard mistake == nil else {
        throw CommandError("--mistake", "\(quoted(name)) is named already")
      }
      mistake = name
    case nil: break
    }
    if let mistake { try keepLesson(withMistake: mistake) }
    if let only { request.only = try check(only) }
  }

  private mutating func keepLesson(withMistake typed: String) throws(CommandError) {
    let name = try PartNames(lessons: lessons).mistake(typed, place: "--mistake")
    let owners = lessons.filter { $0.inquiry(withMistake: name) != nil }
    guard owners.count <= 1 else {
      throw CommandError(
        "--mistake", "\(quoted(name)) is in " + owners.map(\.id).joined(separator: " and in "))
    }
    lessons = owners
    request.mistake = name
  }

  /// The name of a check or exercise, "lesson/exercise/check" included; under a mistake it is
  /// looked for where the mistake is.
  private func check(_ typed: String) throws(CommandError) -> String {
    for lesson in lessons where typed.hasPrefix(lesson.id + "/") {
      let rest = String(typed.dropFirst(lesson.id.count + 1))
      return "\(lesson.id)/" + (try PartNames(lessons: [lesson]).check(rest, place: "--only"))
    }
    guard let mistake = request.mistake else {
      return try PartNames(lessons: lessons).check(typed, place: "--only")
    }
    let exercises = lessons.compactMap { $0.inquiry(withMistake: mistake) }
    return try PartNames(inquiries: exercises).check(typed, place: "--only")
  }

  private mutating func keepLessonsWithCheck() {
    guard let only = request.only else { return }
    let mistake = request.mistake
    lessons = lessons.filter { lesson in
      lesson.inquiries(named: only).contains { exercise in
        mistake.map { name in exercise.mistakes.contains { $0.name == name } } ?? true
      }
    }
  }
}

extension SearchPlan {
  /// The seed and the number of problems that were asked for.
  init(_ arguments: ParsedArguments, problems: Int = 200) throws(CommandError) {
    self.init(
      seed: try arguments.integer(.seed, in: 0...UInt64.max, default: 1),
      problems: try arguments.integer(.models, in: 1...1_000_000, default: problems))
  }
}
