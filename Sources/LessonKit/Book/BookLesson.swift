import Probability
import Verification

/// A lesson that has been run for the book, and its page.
struct BookLesson: Sendable {
  let run: LessonRun
  let mistakes: [(inquiry: InquiryRun, runs: [MistakeRun])]
  /// The experiments that its parts invite to, by name, computed once.
  private let experiments: [String: HTML]
  private let book: Book
  private var text: BookText { book.text }
  private var lesson: Lesson { run.lesson }

  init(
    _ run: LessonRun, mistakes: [String: [MistakeRun]], experiments: [String: HTML], in book: Book
  ) {
    self.run = run
    self.mistakes = run.inquiries.map { ($0, mistakes[$0.inquiry.id] ?? []) }
    self.experiments = experiments
    self.book = book
  }

  /// The most bytes of a page.
  private static let limit = 400_000

  /// Its page; where that would be too large, its mistakes in full on a page of their own.
  var pages: [Book.Page] {
    let page = page(mistakesElsewhere: nil)
    guard page.text.utf8.count > Self.limit else { return [page] }
    return [self.page(mistakesElsewhere: mistakesName), mistakesPage]
  }

  private var mistakesName: String { lesson.id + "-mistakes.html" }

  private var mistakesPage: Book.Page {
    var body = HTML.tag("h1", [:], HTML(lesson.title + ": mistakes"))
    let page = lesson.id + ".html"
    body += .tag("p", [:], "What goes wrong in ", .link(page, HTML(lesson.title)), ", in full.")
    var contents: [(id: String, title: HTML)] = []
    for (inquiry, runs) in mistakes where !runs.isEmpty {
      let id = "x-" + inquiry.inquiry.id
      contents.append((id, BookText.title(inquiry.inquiry.title)))
      body += BookFrame.heading(id, BookText.title(inquiry.inquiry.title))
      let panel = BookMistake(text: text, run: inquiry, page: page)
      body += HTML(
        runs.map { run in
          .tag("article", ["class": "entry", "id": "m-" + run.mistake.name], panel.whole(run))
        })
    }
    return Book.Page(
      name: mistakesName,
      text: BookFrame.page(title: lesson.title + ": mistakes", contents: contents, body: body))
  }

  private func page(mistakesElsewhere elsewhere: String?) -> Book.Page {
    let sections = run.sections.map { section($0, elsewhere) }
    let contents =
      run.sections.map { (id: $0.section.id, title: BookText.title($0.section.title)) }
      + ends.map { (id: $0.id, title: $0.title) }
    let body = HTML([head] + sections + ends.map(\.body) + [neighbours])
    return Book.Page(
      name: lesson.id + ".html",
      text: BookFrame.page(
        title: lesson.title, contents: contents, body: body,
        hasSliders: !lesson.experiments.isEmpty))
  }

  // MARK: The head

  private var head: HTML {
    func list(_ title: HTML, _ items: [String]) -> HTML {
      guard !items.isEmpty else { return HTML() }
      return .tag("p", [:], .tag("b", [:], title))
        + .tag("ul", [:], items.map { .tag("li", [:], text.inline($0)) })
    }
    return .tag("h1", [:], HTML(lesson.title))
      + .tag(
        "p", ["class": "dim"], HTML("Lesson \(lesson.id.prefix(2)), about "),
        HTML("\(lesson.frame.duration): "), text.inline(lesson.summary))
      + list("You need", lesson.frame.needs) + list("You will be able to", lesson.frame.gives)
      + .tag(
        "p", ["class": "dim"], HTML("L0 to L4 are "),
        .link("bibliography.html#lectures", HTML("five lectures")), HTML("."))
  }

  // MARK: The sections

  private func section(_ section: LessonRun.SectionRun, _ elsewhere: String?) -> HTML {
    let id = section.section.id
    return .tag(
      "section", [:],
      [
        BookFrame.heading(id, HTML("\(section.number). ") + BookText.title(section.section.title)),
        text.symbols(section.section.symbols),
      ] + section.parts.map { part($0, elsewhere) })
  }

  private func part(_ part: LessonRun.Part, _ elsewhere: String?) -> HTML {
    switch part {
    case .prose(let prose): return text.prose(prose)
    case .given(let givens): return text.given(givens)
    case .code(let listing): return text.code(listing)
    case .experiment(let experiment): return experiments[experiment.id] ?? HTML()
    case .inquiry(let inquiry): return self.inquiry(inquiry, elsewhere)
    case .table(let table): return text.table(table)
    case .picture(let picture): return text.picture(picture)
    case .failure(let reason):
      return .tag("p", ["class": "bad"], HTML("This could not be computed: \(reason)"))
    }
  }

  private func inquiry(_ inquiry: InquiryRun, _ elsewhere: String?) -> HTML {
    let ids = Set(inquiry.checks.flatMap(\.check.claims))
    return BookInquiry(
      text: text, run: inquiry, plan: run.request.plan,
      mistakes: mistakes.first { $0.inquiry.inquiry.id == inquiry.inquiry.id }?.runs ?? [],
      elsewhere: elsewhere,
      claims: book.ledger.claims.filter { ids.contains($0.id) }
    ).markup
  }

  // MARK: The end

  private typealias End = (id: String, title: HTML, body: HTML)

  private var ends: [End] {
    [
      ("practice", "Try yourself", practice), ("errata", "The lectures, corrected", errata),
      ("reading", "Read on", reading),
    ]
    .filter { !$0.2.isEmpty }
    .map { (id: $0.0, title: $0.1, body: BookFrame.heading($0.0, $0.1) + $0.2) }
  }

  private var practice: HTML {
    let practice = lesson.practice
    let questions = practice.questions.map { question -> HTML in
      .tag(
        "li", [:], text.inline(question.text),
        .tag("details", [:], .tag("summary", [:], "Answer"), text.prose(question.answer)))
    }
    let suggestions = practice.suggestions.map { suggestion -> HTML in
      let name = String(suggestion.call.split(separator: "/").last ?? "")
      let isHere = lesson.sections.flatMap(\.blocks).contains {
        if case .experiment(name) = $0 { true } else { false }
      }
      let here: HTML =
        isHere && suggestion.call.contains("try")
        ? " or " + .link("#try-" + name, "on this page") : HTML()
      return .tag(
        "p", [:], text.inline(suggestion.text), " ", .tag("code", [:], HTML(suggestion.call)), here)
    }
    var homework = HTML()
    if let inquiry = lesson.inquiries.first(where: { $0.id == practice.homework }) {
      homework = .tag(
        "p", [:], .tag("b", [:], "Homework: "),
        .link("#x-" + inquiry.id, BookText.title(inquiry.title)))
    } else if !practice.homework.isEmpty {
      homework = .tag("p", [:], .tag("b", [:], "Homework: "), text.inline(practice.homework))
    }
    return (questions.isEmpty ? HTML() : .tag("ol", [:], questions)) + HTML(suggestions) + homework
  }

  private var errata: HTML {
    guard !run.errata.isEmpty else { return HTML() }
    let rows = run.errata.map { erratum -> HTML in
      let id = erratum.erratum.id
      let title = book.ledger.errata.first { $0.id == id }?.title ?? ""
      let numbers = try? erratum.numbers.get()
      func number(_ value: Double?) -> HTML {
        value.map { HTML(Format.significant($0)) } ?? "undefined"
      }
      return .tag(
        "tr", [:], .tag("td", [:], .link("errata.html#\(id)", HTML(id))),
        .tag(
          "td", [:], text.inline(title),
          .tag("div", ["class": "dim"], text.inline(erratum.erratum.model))),
        .tag("td", ["class": "n bad"], number(numbers?.printed)),
        .tag("td", ["class": "n"], number(numbers?.corrected)))
    }
    let head = ["", "what is printed", "printed", "corrected"].enumerated().map { place, name in
      HTML.tag("th", ["scope": "col", "class": place > 1 ? "n" : nil], HTML(name))
    }
    return .tag(
      "div", ["class": "scroll"],
      .tag("table", [:], .tag("thead", [:], .tag("tr", [:], head)), .tag("tbody", [:], rows)))
  }

  private var reading: HTML {
    guard !lesson.reading.isEmpty else { return HTML() }
    let items = lesson.reading.map { work, place -> HTML in
      let target = book.work(named: work)
      let name: HTML = target.map { .link("bibliography.html#" + $0, HTML(work)) } ?? HTML(work)
      return .tag("li", [:], name, ": ", text.inline(place))
    }
    return .tag("ul", [:], items)
  }

  private var neighbours: HTML {
    guard let place = book.lessons.firstIndex(where: { $0.id == lesson.id }) else { return HTML() }
    func link(_ place: Int, _ word: String) -> HTML {
      guard book.lessons.indices.contains(place) else { return HTML() }
      let other = book.lessons[place]
      return .tag("p", [:], HTML(word + ": "), .link(other.id + ".html", HTML(other.title)))
    }
    return .tag("footer", [:], link(place + 1, "Next"), link(place - 1, "Before"))
  }
}
