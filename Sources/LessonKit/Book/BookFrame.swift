/// What surrounds every page: head, the way to the other pages, contents.
enum BookFrame {
  /// A page as the text of its file; HTML that is well-formed XML too.
  static func page(
    title: String, contents: [(id: String, title: HTML)], body: HTML, hasSliders: Bool = false
  ) -> String {
    let items = contents.map { HTML.tag("li", [:], .link("#" + $0.id, $0.title)) }
    let pages = [
      ("index.html", "Lessons"), ("claims.html", "Claims"), ("errata.html", "Errata"),
      ("mistakes.html", "Mistakes"), ("zoo.html", "Estimators"), ("models.html", "Models"),
      ("glossary.html", "Glossary"),
      ("bibliography.html", "Bibliography"),
    ].map { HTML.link($0.0, HTML($0.1)) }
    let nav = HTML.tag(
      "nav", ["class": "contents", "aria-label": "Contents"],
      .tag("p", ["class": "pages"], pages.joined(" ")),
      items.isEmpty ? HTML() : .tag("ol", [:], items))
    let head = HTML.tag(
      "head", [:], .tag("meta", ["charset": "utf-8"]),
      .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .tag("meta", ["name": "color-scheme", "content": "light dark"]),
      .tag("title", [:], HTML(title)),
      .tag("style", [:], HTML(markup: BookStyle.text)))
    let script: HTML =
      hasSliders ? .tag("script", [:], HTML(markup: BookScript.text)) : HTML()
    let html = HTML.tag(
      "html", ["lang": "en"], head, .tag("body", [:], nav, .tag("main", [:], body), script))
    return "<!DOCTYPE html>\n" + html.markup + "\n"
  }

  /// A heading with an anchor of its own.
  static func heading(_ id: String, _ title: HTML) -> HTML {
    .tag("h2", ["id": id], .link("#" + id, title))
  }
}
