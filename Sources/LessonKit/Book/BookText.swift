/// Running text as markup: formulas, code between backticks and ids of the ledger become what they
/// are; everything else stays text.
struct BookText: Sendable {
  /// The class that a symbol's colour has: q, p, and the bound between them.
  static let colouring = [
    "q": "q", "q̃": "q", "p": "p", "p̃": "p", "ELBO": "bound", "F": "bound",
  ]

  /// The longest formula that needs no way to scroll on the narrowest page.
  static let longest = 18

  /// The page of a lesson by its two digits.
  let lessonPages: [String: String]
  /// The ids that the pages of claims and errata have.
  let ledgerIDs: Set<String>

  /// A formula; as code where it cannot be read.
  static func formula(_ text: String, display: Bool = false) -> HTML {
    guard let formula = Formula.parse(text) else {
      return .tag("code", ["class": "formula"], HTML(text))
    }
    return HTML(markup: formula.mathML(display: display, colouring: colouring))
  }

  /// A paragraph without its element.
  func inline(_ text: String) -> HTML {
    var result = HTML()
    for (place, part) in text.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
      result += place % 2 == 1 ? .tag("code", [:], HTML(String(part))) : words(String(part))
    }
    return result
  }

  /// A title, in which nothing is a link.
  static func title(_ text: String) -> HTML {
    BookText(lessonPages: [:], ledgerIDs: []).inline(text)
  }

  private func words(_ text: String) -> HTML {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    var pieces: [HTML] = []
    var index = 0
    while index < words.count {
      if let (formula, tail, next) = FormulaInText(words).formula(at: index) {
        let markup = BookText.formula(formula)
        let isLong = formula.count > Self.longest
        pieces.append((isLong ? .tag("span", ["class": "long"], markup) : markup) + attached(tail))
        index = next
      } else if index + 1 < words.count, words[index].lowercased().hasSuffix("lesson"),
        let page = lessonPages[String(words[index + 1].prefix(2))],
        words[index + 1].dropFirst(2).allSatisfy({ !$0.isNumber })
      {
        let number = String(words[index + 1].prefix(2))
        pieces.append(
          HTML(words[index] + " ") + .link(page, HTML(number))
            + HTML(String(words[index + 1].dropFirst(2))))
        index += 2
      } else {
        pieces.append(word(words[index]))
        index += 1
      }
    }
    return pieces.joined(" ")
  }

  /// Punctuation that stays on the line of the formula before it.
  private func attached(_ tail: String) -> HTML {
    tail.isEmpty ? HTML() : HTML("\u{2060}" + tail)
  }

  /// A word: an id of the ledger is a link, the bound's name has the bound's colour.
  private func word(_ word: String) -> HTML {
    for kind in ["A-", "E-"] {
      guard let start = word.ranges(of: kind).first?.lowerBound else { continue }
      let id = String(word[start...].prefix(5))
      guard ledgerIDs.contains(id) else { continue }
      let page = kind == "A-" ? "claims.html" : "errata.html"
      return HTML(String(word[..<start])) + .link("\(page)#\(id)", HTML(id))
        + HTML(String(word[start...].dropFirst(5)))
    }
    guard word.hasPrefix("ELBO"), word.dropFirst(4).allSatisfy({ !$0.isLetter }) else {
      return HTML(word)
    }
    return .tag("span", ["class": "bound"], "ELBO") + HTML(String(word.dropFirst(4)))
  }
}
