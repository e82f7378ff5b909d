/// Who sees whom: the declared table, which the manifest, the import lines and
/// Reference/architecture.md must all agree with.
enum Rooms {
  static let table: [String: Set<String>] = [
    "GSL": ["CGSL"],
    "Networks": ["GSL"],
    "Probability": numerics.union(["Kernels"]),
    "Models": probability,
    "Kernels": ["CKernels"],
    "Exact": wing,
    "Approximate": wing,
    "JSONText": [],
    "Verification": probability,
    "LessonKit": probability.union(["Verification", "JSONText"]),
    "Interchange": models.union(["Exact", "Approximate", "JSONText"]),
    "Tightbound": ["Probability", "Models", "Exact", "Verification"],
    "Lesson": everything,
    "Curriculum": ["LessonKit", "Approximate", "Lesson"],
    "Judge": probability.union(["Verification", "JSONText"]),
    "LessonRunner": everything.union(["Interchange", "Judge", "CTerminal", "CChildren"]),
    "lessons": ["LessonRunner", "Curriculum"],
  ]

  private static let numerics: Set = ["GSL", "Networks"]
  private static let probability = numerics.union(["Probability"])
  private static let models = probability.union(["Models"])
  private static let wing = models.union(["Kernels"])
  private static let exactSide = wing.union(["Exact", "Verification", "JSONText", "LessonKit"])
  private static let everything = exactSide.union(["Approximate"])

  /// Modules of the system and the toolchain, and the rooms that may import them.
  static let outside: [String: Set<String>] = [
    "_Differentiation": Set(table.keys).subtracting(["JSONText", "LessonRunner"]),
    "Glibc": ["GSL", "LessonRunner"],
    "FoundationEssentials": ["LessonRunner"],
    "Dispatch": ["LessonRunner", "LessonKit"],
    "Synchronization": ["LessonRunner", "LessonKit", "Lesson", "Probability"],
  ]

  /// The module that an import names; the lessons are one room as far as arrows go.
  static func room(named module: String) -> String {
    let number = module.dropFirst("Lesson".count)
    let isLesson = module.hasPrefix("Lesson") && number.count == 2 && number.allSatisfy(\.isNumber)
    return isLesson ? "Lesson" : module
  }

  /// The room that a file belongs to, or nil outside the rooms.
  static func room(of path: String) -> String? {
    let folders = path.split(separator: "/")
    guard path.hasSuffix(".swift"), folders.count > 1 else { return nil }
    switch folders[0] {
    case "Lessons" where folders[1].first?.isNumber == true: return "Lesson"
    case "Lessons": return "Curriculum"
    case "Sources" where folders.count > 2: return String(folders[1])
    default: return nil
    }
  }
}
