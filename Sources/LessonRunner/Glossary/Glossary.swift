/// `Reference/glossary.md`, taken apart: the rows of its tables.
struct Glossary: Sendable {
  /// A row: what it is about, what it means, and what not to say.
  struct Entry: Sendable, Equatable {
    /// The first column, without the marks of code.
    let head: String
    let meaning: String
    let avoid: String
    /// The heading that it stands under.
    let chapter: String

    /// The words of the first column, and the whole of it.
    fileprivate var names: [String] {
      [head] + head.split(separator: ",").map { $0.trimmed }
    }
  }

  let entries: [Entry]

  /// Reads the page.
  ///
  /// A row above a rule is the head of its table.
  init(_ markdown: String) {
    var entries: [Entry] = []
    var chapter = ""
    for line in markdown.split(separator: "\n") {
      if line.hasPrefix("#") {
        chapter = line.drop { $0 == "#" }.trimmed
      } else if line.hasPrefix("|--") {
        entries.removeLast()
      } else if line.hasPrefix("|") {
        let cells = Glossary.cells(of: line)
        entries.append(
          Entry(
            head: cells[0], meaning: cells.count > 1 ? cells[1] : "",
            avoid: cells.count > 2 ? cells[2] : "", chapter: chapter))
      }
    }
    self.entries = entries
  }

  /// The entries for a word: those that are called so, or begin so, or have it in their name; else
  /// those that say not to say it, or speak of it.
  func entries(for typed: String) -> [Entry] {
    let word = typed.lowercased()
    let ranks: [(Entry) -> Bool] = [
      { $0.names.contains { $0.lowercased() == word } },
      { $0.names.contains { $0.lowercased().hasPrefix(word) } },
      { $0.head.lowercased().contains(word) },
      { $0.avoid.lowercased().contains(word) },
      { $0.meaning.lowercased().contains(word) },
    ]
    for fits in ranks {
      let found = entries.filter(fits)
      if !found.isEmpty { return found }
    }
    return []
  }

  /// What stands between strokes; a stroke behind a backslash is a stroke of the text.
  private static func cells(of line: Substring) -> [String] {
    var cells: [String] = []
    var cell = ""
    var isEscaped = false
    for character in line.dropFirst() {
      if character == "|", !isEscaped {
        cells.append(cell.trimmed)
        cell = ""
      } else if character == "\\" {
        isEscaped = true
        continue
      } else if character != "`" {
        cell.append(character)
      }
      isEscaped = false
    }
    return cells.isEmpty ? [""] : cells
  }
}

extension StringProtocol {
  /// Without blanks at its ends.
  var trimmed: String {
    var text = Substring(self).drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
