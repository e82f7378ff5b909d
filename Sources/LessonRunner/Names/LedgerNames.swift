import LessonKit

/// Finding claims and errata by what people call them.
///
/// `A-063`, `a63` and `63` are one claim; `04`, with its zero, and `nvil` are what a lesson has.
struct LedgerNames<Entry> {
  let entries: [Entry]
  /// What one of them is called: "claim".
  let kind: String
  /// The command that lists them.
  let list: String
  let id: (Entry) -> String
  let lesson: (Entry) -> String?

  /// The entries that words name, in the order typed, each once; and whether some word named a
  /// whole lesson.
  func find(_ words: [String]) throws(CommandError) -> (entries: [Entry], isList: Bool) {
    var found: [Entry] = []
    var isList = words.isEmpty
    for word in words {
      if let entry = entry(word) {
        add([entry], to: &found)
      } else {
        add(try entries(ofLesson: word), to: &found)
        isList = true
      }
    }
    return (words.isEmpty ? entries : found, isList)
  }

  private func add(_ more: [Entry], to found: inout [Entry]) {
    for entry in more where !found.contains(where: { id($0) == id(entry) }) {
      found.append(entry)
    }
  }

  /// By the whole id, or by its letter and number, or by its number.
  private func entry(_ word: String) -> Entry? {
    let typed = word.uppercased()
    if let exact = entries.first(where: { id($0) == typed }) { return exact }
    guard !isLessonNumber(word), let first = entries.first,
      let letter = id(first).first
    else { return nil }
    let digits = typed.first == letter ? typed.dropFirst().drop { $0 == "-" } : typed[...]
    guard let number = Int(digits), number >= 0 else { return nil }
    return entries.first { Int(id($0).dropFirst(2)) == number }
  }

  /// "04": two digits, the first of them zero.
  private func isLessonNumber(_ word: String) -> Bool {
    word.count == 2 && word.first == "0" && word.allSatisfy(\.isASCII) && Int(word) != nil
  }

  private func entries(ofLesson word: String) throws(CommandError) -> [Entry] {
    var lessons: [String] = []
    for entry in entries {
      if let lesson = lesson(entry), !lessons.contains(lesson) { lessons.append(lesson) }
    }
    switch Meaning(of: word, among: lessons) {
    case .one(let name): return entries.filter { lesson($0) == name }
    case .several(let names): throw .ambiguous(word, "lesson", names.sorted())
    case .nobody: throw unknown(word, kind, among: entries.map(id), listedBy: list)
    }
  }
}
