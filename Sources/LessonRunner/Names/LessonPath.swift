import LessonKit

/// Lessons, and perhaps one part of them, as people type them: `04`, `04/leaks`, `00 bound`.
struct LessonPath {
  private(set) var lessons: [Lesson] = []
  /// The word that names a part, not yet looked up.
  private(set) var part: String?

  /// Reads words; what is no lesson names a part of the lessons before it, or of all.
  init(_ words: [String], _ names: LessonNames) throws(CommandError) {
    for word in words {
      let pieces = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      if pieces.count == 2 {
        add(try names.lessons([String(pieces[0])]))
        if !pieces[1].isEmpty { try set(String(pieces[1])) }
        continue
      }
      let isLesson = try names.has(word)
      guard !isLesson else {
        add(try names.lessons([word]))
        continue
      }
      if lessons.isEmpty {
        let isPart = (try? PartNames(lessons: names.lessons).part(word)) != nil
        guard isPart, Int(word) == nil else { throw names.unknown(word) }
        add(names.lessons)
      }
      try set(word)
    }
  }

  private mutating func add(_ more: [Lesson]) {
    for lesson in more where !lessons.contains(where: { $0.id == lesson.id }) {
      lessons.append(lesson)
    }
  }

  private mutating func set(_ word: String) throws(CommandError) {
    guard part == nil else { throw CommandError(quoted(word), "one part at a time") }
    part = word
  }

  /// The part that was named, if one was; checks are no answer where mistakes are asked for.
  func resolvedPart(amongMistakes: Bool = false) throws(CommandError) -> LessonPart? {
    guard let part else { return nil }
    let names = PartNames(lessons: lessons, checks: !amongMistakes)
    if let found = try names.part(part) { return found }
    let owners = lessons.count == 1 ? lessons[0].id : "these lessons"
    throw unknown(
      part, "part of \(owners)", among: names.inquiries + names.checks + names.mistakes,
      listedBy: "list \(lessons.count == 1 ? lessons[0].id : "LESSON")")
  }
}
