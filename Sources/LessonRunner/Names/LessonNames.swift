import JSONText
import LessonKit

/// Finding lessons by what people call them.
struct LessonNames: Sendable {
  let lessons: [Lesson]

  /// The lesson with this id, this number, or the only one with this in its name.
  func lesson(_ name: String) throws(CommandError) -> Lesson {
    guard let found = try lessonIfAny(name) else { throw unknown(name) }
    return found
  }

  /// Whether this names a lesson, or all of them.
  func has(_ name: String) throws(CommandError) -> Bool {
    if name == "all" { return true }
    return try lessonIfAny(name) != nil
  }

  /// Nil where no lesson is called so; an error where several are.
  private func lessonIfAny(_ name: String) throws(CommandError) -> Lesson? {
    if let exact = lessons.first(where: { $0.id == name }) { return exact }
    if let number = Int(name) { return lessons.first { LessonNames.number($0) == number } }
    let part = name.lowercased()
    let fitting = part.isEmpty ? [] : lessons.filter { $0.id.contains(part) }
    guard fitting.count <= 1 else { throw .ambiguous(name, "lesson", fitting.map(\.id)) }
    return fitting.first
  }

  /// The lessons with these names in the order typed, each once; "all" names every one.
  func lessons(_ names: [String]) throws(CommandError) -> [Lesson] {
    var found: [Lesson] = []
    for name in names {
      let named = name == "all" ? lessons : [try lesson(name)]
      for lesson in named where !found.contains(where: { $0.id == lesson.id }) {
        found.append(lesson)
      }
    }
    return found
  }

  private static func number(_ lesson: Lesson) -> Int? { Int(lesson.id.prefix { $0 != "-" }) }

  /// The nearest among ids and the words that ids are made of.
  func unknown(_ name: String) -> CommandError {
    var owners: [String: String] = [:]
    for lesson in lessons {
      for word in [lesson.id, String(lesson.id.drop { $0 != "-" }.dropFirst())]
        + lesson.id.split(separator: "-").map(String.init)
      where owners[word] == nil { owners[word] = lesson.id }
    }
    var near: [String] = []
    for word in nearest(6, to: name, among: owners.keys.sorted()) {
      if let id = owners[word], !near.contains(id) { near.append(id) }
    }
    let hint =
      near.isEmpty
      ? "there are " + lessons.map(\.id).joined(separator: ", ")
      : "nearest: " + near.joined(separator: ", ")
    return CommandError(quoted(name), "unknown lesson; \(hint)")
  }
}
