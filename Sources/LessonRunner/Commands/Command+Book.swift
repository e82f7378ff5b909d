import Interchange
import JSONText
import LessonKit
import Probability
import Verification

extension Command {
  /// The lessons as pages for a browser.
  static let book = Command(
    name: "book", usage: "book FOLDER",
    summary: "write the lessons as pages for a browser",
    details: """
      Writes a static site: an index, a page a lesson, and pages of claims, errata, mistakes, words \
      and works. A page needs nothing but itself, no server and no network; without scripts \
      everything can be read.

      The folder is made if there is none. One that has something in it is refused, unless that is \
      a book which this command wrote.

          lessons book book && firefox book/index.html
      """,
    options: [.seed, .bookModels]
  ) { (invocation) throws(CommandError) in
    let folder = try invocation.word(0, missing: "which folder?")
    try invocation.requireWords(atMost: 1)
    let plan = try SearchPlan(invocation.arguments, problems: 50)
    try invocation.environment.files.requirePlaceForBook(folder)
    return try invocation.writeBook(to: folder, plan)
  }
}

extension Invocation {
  fileprivate mutating func writeBook(
    to folder: String, _ plan: SearchPlan
  ) throws(CommandError) -> ExitStatus {
    let course = environment.course
    let book = Book(
      course.lessons, ledger: try ledger(),
      terms: Glossary(course.glossary).entries.map { entry in
        Book.Term(
          head: entry.head, meaning: entry.meaning, avoid: entry.avoid, chapter: entry.chapter)
      },
      works: Bibliography(course.bibliography).works.map { work in
        Book.Work(text: work.text, chapter: work.chapter)
      }, zoo: try zooOfBook(), models: try modelsOfBook(), plan: plan)
    let showProgress = environment.showProgress
    let (pages, holds) = book.pages { showProgress?("book: \($0)") }
    showProgress?("")
    let files = environment.files
    try files.makeFolder(folder)
    try files.write(
      "Written by lessons book; it may be written again.\n", to: folder + "/" + marker)
    for page in pages { try files.write(page.text, to: folder + "/" + page.name) }
    let bytes = pages.reduce(0) { $0 + $1.text.utf8.count }
    write(["\(pages.count) pages, \(Format.count(bytes)) bytes; begin with \(folder)/index.html"])
    return holds ? .held : .failed
  }
}

/// The estimators for the book.
private func zooOfBook() throws(CommandError) -> Book.Zoo {
  do { return try ZooOverview().book } catch { throw CommandError("zoo", "\(error)") }
}

/// The models that have an exact answer, each with the answer to its example.
private func modelsOfBook() throws(CommandError) -> [Book.Model] {
  var models: [Book.Model] = []
  for (kind, text) in OracleExamples.all {
    do {
      let answer = try oracle(JSONPlace(try JSON(parsing: text)))
      let shown = ModelPictures.shown(kind)
      models.append(
        Book.Model(
          kind: kind, about: shown.about, picture: shown.picture, json: text,
          answer: OracleText(answer, model: kind, TerminalStyle(width: 72, isColoured: false)).lines
        ))
    } catch { throw CommandError(kind, "\(error)") }
  }
  return models
}

/// The file by which a folder is known to hold a book of ours.
private let marker = ".lessons-book"

extension FileAccess {
  /// Refuses a file, and a folder with something else in it than a book.
  fileprivate func requirePlaceForBook(_ folder: String) throws(CommandError) {
    guard let entries = entries(of: folder) else {
      guard exists(folder) else { return }
      throw CommandError(folder, "is a file, expected a folder")
    }
    guard entries.isEmpty || entries.contains(marker) else {
      throw CommandError(folder, "is not empty and holds no book; choose another folder")
    }
  }
}
