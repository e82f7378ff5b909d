import Probability
import Verification

extension Book {
  /// The first page: what there is, in the order in which it is read, and how to read a line.
  func index(_ runs: [BookLesson], _ claims: [ClaimReport]) -> String {
    let items = runs.map { run -> HTML in
      let lesson = run.run.lesson
      let counts = [
        Self.count(lesson.sections.count, "section"), Self.count(run.run.checks.count, "line"),
        Self.count(run.mistakes.reduce(0) { $0 + $1.runs.count }, "mistake"),
      ].joined(separator: ", ")
      let sections = lesson.sections.map { section in
        HTML.link("\(lesson.id).html#\(section.id)", BookText.title(section.title))
      }
      return .tag(
        "li", [:],
        .tag("h3", [:], .link(lesson.id + ".html", HTML("\(lesson.id.prefix(2)) \(lesson.title)"))),
        .tag("p", [:], text.inline(lesson.summary)),
        .tag("p", ["class": "dim"], sections.joined(" · ")),
        .tag("p", ["class": "dim"], HTML("\(lesson.frame.duration); \(counts)")))
    }
    let models = Format.count(plan.problems)
    let established = claims.count {
      [.holds, .conditional, .refuted].contains($0.status)
    }
    let body =
      HTML.tag("h1", [:], "Variational inference you can check")
      + text.prose(
        """
        Every line of a derivation in these lessons stands with its number on a model that is \
        printed above it, was evaluated on \(models) random models, and comes with wrong versions \
        that it refuses.
        """)
      + BookFrame.heading("map", "The lessons, in the order in which they are read")
      + text.picture(CourseMap(runs.map(\.run.lesson)).picture)
      + .tag("ol", ["class": "lessons"], items)
      + BookFrame.heading("reading", "How to read a page") + howToRead(models)
      + BookFrame.heading("other", "What else there is")
      + .tag(
        "ul", [:],
        [
          .link("claims.html", "What the lectures state")
            + HTML(": \(claims.count) claims, \(established) established by lines of these lessons"),
          .link("errata.html", "What the lectures print that is not quite so")
            + HTML(": \(ledger.errata.count) errata"),
          .link("mistakes.html", "Mistakes")
            + HTML(": \(runs.flatMap(\.mistakes).reduce(0) { $0 + $1.runs.count }) wrong versions"),
          .link("zoo.html", "Gradient estimators")
            + ": their exact means and variances side by side, to be put in order",
          .link("models.html", "Models with an exact answer")
            + HTML(": \(models.count) kinds, each drawn, written and answered"),
          .link("glossary.html", "Glossary") + ": one word for each quantity",
          .link("bibliography.html", "Bibliography") + HTML(": \(works.count) works"),
        ].map { .tag("li", [:], $0) })
    return BookFrame.page(
      title: "Variational inference you can check",
      contents: [
        ("map", "The lessons"), ("reading", "How to read a page"), ("other", "What else"),
      ],
      body: body)
  }

  private func howToRead(_ models: String) -> HTML {
    let colours = HTML.tag(
      "p", [:], "Colours: ", .tag("span", ["class": "q"], "q, the approximation"), ", ",
      .tag("span", ["class": "p"], "p, the model"), ", ",
      .tag("span", ["class": "bound"], "a bound"),
      ", and black or white for the evidence that it bounds; in formulas, code and pictures alike.")
    return text.prose(
      """
      - The box “Given” is the model. Every number below it can be recomputed from it.

      - A chain is read downwards: each line follows from the one above it for the reason beside it.

      - ✓ means that both sides agreed on \(models) random models, to what rounding explains.

      - Special cases are folded; open them. “Break it” puts a wrong version in the place of the \
      right one and shows the smallest model on which a line refuses it.

      - Numbers that move were computed beforehand; the page only looks them up.
      """) + colours
  }

  static func count(_ number: Int, _ word: String) -> String {
    number == 1 ? "1 \(word)" : "\(Format.count(number)) \(word)s"
  }
}
