import JSONText
import LessonKit

/// Finding lessons by what people call them.
struct LessonNames: Sendable {
  let lessons: [Lesson]

  /// The lesson with this id, this number, or the only one with this in its name.
  func lesson(_ name: String) throws(CommandError) -> Lesson {
    if let exact = lessons.first(where: { $0.id == name }) { return exact }
    if let number = Int(name) {
      if let found = lessons.first(where: { LessonNames.number($0) == number }) { return found }
      throw unknown(name)
    }
    let part = name.lowercased()
    let fitting = part.isEmpty ? [] : lessons.filter { $0.id.contains(part) }
    guard fitting.count <= 1 else {
      throw CommandError(
        quoted(name), "which lesson? " + fitting.map(\.id).joined(separator: ", ") + " all fit")
    }
    guard let found = fitting.first else { throw unknown(name) }
    return found
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
  private func unknown(_ name: String) -> CommandError {
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
