/// Which lesson stands on which: an arrow from each to those that need it.
struct CourseMap {
  private let lessons: [Lesson]
  /// For the number of each lesson those that it needs, and those that they need.
  private var below: [String: Set<String>] = [:]
  /// The longest way to each lesson from one that needs none.
  private var depth: [String: Int] = [:]

  init(_ lessons: [Lesson]) {
    self.lessons = lessons
    for lesson in lessons {
      let needed = lesson.frame.lessonsNeeded.filter { depth[$0] != nil }
      below[lesson.number] = needed.reduce(into: Set(needed)) { $0.formUnion(below[$1] ?? []) }
      depth[lesson.number] = (needed.compactMap { depth[$0] }.max() ?? -1) + 1
    }
  }

  /// The arrows, without those that others imply.
  var edges: [(from: String, to: String)] {
    lessons.flatMap { lesson in
      let needed = lesson.frame.lessonsNeeded.filter { depth[$0] != nil }
      return needed.filter { first in
        !needed.contains { below[$0]?.contains(first) == true }
      }.map { (from: $0, to: lesson.number) }
    }
  }

  /// The map: a column for each depth, in each the lessons in their order.
  var picture: Picture {
    var rows: [Int: Int] = [:]
    let nodes = lessons.map { lesson -> Drawing.Graph.Node in
      let column = depth[lesson.number] ?? 0
      let row = rows[column, default: 0]
      rows[column] = row + 1
      return .init(lesson.number, .thing, column: column, row: row)
    }
    return Drawing.graph(
      "", nodes, edges: edges.map { ($0.from, $0.to) },
      caption: "An arrow leads from a lesson to one that needs it.")
  }
}

extension Lesson {
  /// The number in front of its name: "04".
  fileprivate var number: String { String(id.prefix(2)) }
}
