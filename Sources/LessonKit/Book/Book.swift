public import Verification

/// The lessons as a static site: pages of HTML that need nothing but themselves.
public struct Book: Sendable {
  /// A file of the book.
  public struct Page: Sendable, Equatable {
    /// The name: "00-jensen-elbo.html".
    public let name: String
    /// The text of the file.
    public let text: String
  }

  /// An entry of the glossary.
  public struct Term: Sendable, Equatable {
    let head: String
    let meaning: String
    let avoid: String
    let chapter: String

    /// A word, what it means, what not to say for it, and where it belongs.
    public init(head: String, meaning: String, avoid: String, chapter: String) {
      (self.head, self.meaning, self.avoid, self.chapter) = (head, meaning, avoid, chapter)
    }
  }

  /// A work that is cited.
  public struct Work: Sendable, Equatable {
    let text: String
    let chapter: String

    /// A work in one line of text, and the heading that it stands under.
    public init(text: String, chapter: String) { (self.text, self.chapter) = (text, chapter) }
  }

  let lessons: [Lesson]
  let ledger: Ledger
  let terms: [Term]
  let works: [Work]
  let zoo: Zoo
  let models: [Model]
  let plan: SearchPlan

  /// A book of lessons.
  ///
  /// - Parameters:
  ///   - lessons: in the order in which they are read.
  ///   - ledger: what the lectures state, and what of it needs correcting.
  ///   - terms: the glossary.
  ///   - works: the bibliography.
  ///   - zoo: the estimators side by side.
  ///   - models: the models that have an exact answer.
  ///   - plan: the models on which every line is judged.
  public init(
    _ lessons: [Lesson], ledger: Ledger, terms: [Term], works: [Work], zoo: Zoo,
    models: [Model], plan: SearchPlan
  ) {
    self.lessons = lessons
    self.ledger = ledger
    self.terms = terms
    self.works = works
    self.zoo = zoo
    self.models = models
    self.plan = plan
  }

  /// The book, written.
  ///
  /// - Parameter observe: called with the id of a lesson whenever a piece of it is begun, on any thread.
  /// - Returns: the files, and whether every line of the lessons held.
  public func pages(
    observe: @Sendable (String) -> Void = { _ in }
  ) -> (pages: [Page], holds: Bool) {
    let runs = BookPiece.lessons(of: self, observe: observe)
    let errata = ErratumReport.reports(ledger.errata, lessons: lessons)
    var checks: [String: [CheckRun]] = [:]
    for check in runs.flatMap(\.run.checks) {
      for claim in check.check.claims { checks[claim, default: []].append(check) }
    }
    let claims = ledger.claims.map { ClaimReport(claim: $0, checks: checks[$0.id] ?? []) }
    let pages =
      [Page(name: "index.html", text: index(runs, claims))]
      + runs.concurrentMap(\.pages).flatMap(\.self) + [
        Page(name: "claims.html", text: claimsPage(claims)),
        Page(name: "errata.html", text: errataPage(errata)),
        Page(name: "mistakes.html", text: mistakesPage(runs)),
        Page(name: "zoo.html", text: zooPage),
        Page(name: "models.html", text: modelsPage),
        Page(name: "glossary.html", text: glossaryPage),
        Page(name: "bibliography.html", text: bibliographyPage),
      ]
    return (pages, runs.allSatisfy(\.run.holds) && errata.allSatisfy(\.holds))
  }

  /// How running text is written in this book.
  var text: BookText {
    BookText(
      lessonPages: Dictionary(
        lessons.map { (String($0.id.prefix(2)), $0.id + ".html") }, uniquingKeysWith: { $1 }),
      ledgerIDs: Set(ledger.claims.map(\.id) + ledger.errata.map(\.id)))
  }

  /// Where a check stands.
  func address(_ check: CheckRun) -> String {
    let lesson = check.id.split(separator: "/").first ?? ""
    return "\(lesson).html#" + BookText.id(check)
  }
}
