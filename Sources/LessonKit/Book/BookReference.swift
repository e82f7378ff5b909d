extension Book {
  /// The mistakes, lesson by lesson, each with a link to where it can be switched on.
  func mistakesPage(_ runs: [BookLesson]) -> String {
    var body = HTML.tag("h1", [:], "Mistakes")
    body += text.prose(
      """
      Wrong versions of what the lessons write, many of them found in code that people use. Each \
      is refused by some line and passes others; the link leads to the lesson, where it can be \
      switched on beside the right version.
      """)
    var contents: [(id: String, title: HTML)] = []
    for run in runs {
      let lesson = run.run.lesson
      contents.append((lesson.id, HTML(lesson.title)))
      body += BookFrame.heading(lesson.id, HTML(lesson.title))
      for (inquiry, mistakes) in run.mistakes where !mistakes.isEmpty {
        let items = mistakes.map { entry($0, lesson.id) }
        body += .tag("h3", [:], text.inline(inquiry.inquiry.title)) + .tag("ul", [:], items)
      }
    }
    return BookFrame.page(title: "Mistakes", contents: contents, body: body)
  }

  private func entry(_ run: MistakeRun, _ lesson: String) -> HTML {
    let name = run.mistake.name
    let source: HTML =
      run.mistake.source.map { .tag("span", ["class": "dim"], " Seen in: " + text.inline($0)) }
      ?? HTML()
    let caught = run.refused.map { $0.check.id.replacing("-", with: " ") }
    let words =
      caught.isEmpty ? "refused by nothing" : "refused by " + caught.joined(separator: ", ")
    return .tag(
      "li", [:], .link("\(lesson).html#m-\(name)", .tag("b", [:], HTML(name))), ": ",
      text.inline(run.mistake.summary), source,
      .tag("div", ["class": "dim"], HTML(words + "; passes \(run.passed.count).")))
  }

  // MARK: Words and works

  /// The glossary, chapter by chapter.
  var glossaryPage: String {
    var body = HTML.tag("h1", [:], "Glossary")
    body += text.prose("One word and one symbol for each quantity, with its sign and direction.")
    let chapters = BookText.chapters(terms.map(\.chapter))
    for (id, chapter) in chapters {
      let items = terms.filter { $0.chapter == chapter }.map { term -> HTML in
        let avoid: HTML =
          term.avoid.isEmpty
          ? HTML() : .tag("div", ["class": "dim"], "Do not say: " + text.inline(term.avoid))
        return .tag("dt", [:], .tag("b", [:], text.inline(term.head)))
          + .tag("dd", [:], text.inline(term.meaning), avoid)
      }
      body += BookFrame.heading(id, HTML(chapter)) + .tag("dl", [:], items)
    }
    return BookFrame.page(
      title: "Glossary", contents: chapters.map { ($0.id, HTML($0.title)) }, body: body)
  }

  /// The bibliography, chapter by chapter, after the lectures.
  var bibliographyPage: String {
    let lectures = ledger.lectures.map { lecture in
      HTML.tag("li", [:], HTML("\(lecture.id) \(lecture.citation)"))
    }
    var body = HTML.tag("h1", [:], "Bibliography")
    body += BookFrame.heading("lectures", "The lectures") + .tag("ul", [:], lectures)
    let chapters = BookText.chapters(works.map(\.chapter))
    for (id, chapter) in chapters {
      let items = works.enumerated().filter { $0.element.chapter == chapter }.map { place, work in
        HTML.tag("li", ["id": "work-\(place + 1)"], HTML(work.text))
      }
      body += BookFrame.heading(id, HTML(chapter)) + .tag("ul", [:], items)
    }
    return BookFrame.page(
      title: "Bibliography",
      contents: [("lectures", "The lectures")] + chapters.map { ($0.id, HTML($0.title)) },
      body: body)
  }

  /// The anchor of the work that has all words of a short name: "Neal and Hinton 1998".
  func work(named name: String) -> String? {
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.filter { $0 != "and" }
    let place = works.firstIndex { work in
      let text = work.text.lowercased()
      return words.allSatisfy { text.contains($0) }
    }
    return place.map { "work-\($0 + 1)" }
  }
}

extension BookText {
  /// Headings in the order in which they come, each with an id.
  static func chapters(_ titles: [String]) -> [(id: String, title: String)] {
    var found: [String] = []
    for title in titles where !found.contains(title) { found.append(title) }
    return found.enumerated().map { ("chapter-\($0 + 1)", $1) }
  }
}
