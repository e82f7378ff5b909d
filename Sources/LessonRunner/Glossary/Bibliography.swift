/// `Reference/bibliography.md`, taken apart: the lectures and the works, each under its heading.
struct Bibliography: Sendable {
  /// A work, in one line of text.
  struct Work: Sendable, Equatable {
    let text: String
    let chapter: String
  }

  /// The lectures, which other lists of works leave out.
  let lectures: [Work]
  let works: [Work]

  /// Reads the page: a lecture is a row of a table, "| L0 | title | author |"; a work begins with a
  /// hyphen and goes on in lines that are indented.
  init(_ markdown: String) {
    var (lectures, works): ([Work], [Work]) = ([], [])
    var chapter = ""
    for line in markdown.split(separator: "\n") {
      if line.hasPrefix("#") {
        chapter = line.drop { $0 == "#" }.trimmed
      } else if line.hasPrefix("| L") {
        let cells = line.split(separator: "|").map(\.trimmed)
        lectures.append(Work(text: cells.joined(separator: ". ") + ".", chapter: chapter))
      } else if line.hasPrefix("- ") {
        works.append(Work(text: String(line.dropFirst(2)), chapter: chapter))
      } else if line.hasPrefix("  "), let last = works.last {
        works[works.count - 1] = Work(text: last.text + " " + line.trimmed, chapter: last.chapter)
      }
    }
    self.lectures = lectures
    self.works = works
  }

  /// The lectures and works that have all words somewhere, in their text or in their heading.
  func works(for words: [String]) -> [Work] {
    (lectures + works).filter { work in
      let text = (work.text + " " + work.chapter).lowercased()
      return words.allSatisfy { text.contains($0.lowercased()) }
    }
  }
}
