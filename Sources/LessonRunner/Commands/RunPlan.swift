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
        "run", "which lesson? " + names.lessons.map(\.id).joined(separator: ", ") + ", or all")
    }
    lessons = try names.lessons(arguments.words)
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
      plan: plan, only: arguments.text(.only), mistake: arguments.text(.mistake),
      judgesMistakes: isJSON, showsPages: !isJSON, width: page.width)
    try keepLessonsWithMistake()
    try keepLessonsWithCheck()
    guard plan.only == nil || request.only != nil || request.mistake != nil else {
      throw CommandError("--case", "needs --only or --mistake: a case belongs to one exercise")
    }
  }

  private mutating func keepLessonsWithMistake() throws(CommandError) {
    guard let name = request.mistake else { return }
    let owners = lessons.filter { $0.inquiry(withMistake: name) != nil }
    guard owners.count <= 1 else {
      throw CommandError(
        "--mistake", "\(quoted(name)) is in " + owners.map(\.id).joined(separator: " and in "))
    }
    if owners.isEmpty {
      let all = lessons.flatMap { $0.inquiries.flatMap(\.mistakes) }.map(\.name)
      throw unknown(
        name, "mistake \(quoted(name))", among: all, place: "--mistake", listedBy: "mistakes")
    }
    lessons = owners
  }

  private mutating func keepLessonsWithCheck() throws(CommandError) {
    guard let only = request.only else { return }
    var names: [String] = []
    for lesson in lessons {
      for exercise in candidates(lesson) {
        names += exercise.checks.flatMap { [$0.id, "\(exercise.id)/\($0.id)"] } + [exercise.id]
      }
    }
    let mistaken = request.mistake
    lessons = lessons.filter { lesson in
      lesson.inquiries(named: only).contains { exercise in
        mistaken.map { name in exercise.mistakes.contains { $0.name == name } } ?? true
      }
    }
    if lessons.isEmpty {
      throw unknown(
        only, "check \(quoted(only))", among: names, place: "--only", listedBy: "list --json")
    }
  }

  /// The exercises in which a check is looked for.
  private func candidates(_ lesson: Lesson) -> [any Inquiry] {
    guard let mistake = request.mistake else { return lesson.inquiries }
    return lesson.inquiry(withMistake: mistake).map { [$0] } ?? []
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
