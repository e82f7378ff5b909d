import Curriculum
import LessonKit
import Testing

@Suite("Symbols")
struct SymbolTests {
  // Catches: a formula that is read before anyone said what its letters are.
  @Test("No step and no consequence uses a symbol that is not introduced yet")
  func introduced() {
    var known: Set<String> = ["i", "k", "n", "d", "t", "s", "v", "½"]
    for lesson in Catalogue.lessons {
      for section in lesson.sections {
        for symbol in section.symbols { known.formUnion(Self.symbols(of: symbol.name)) }
        for (id, formula) in Self.shown(section) {
          let definitions = Self.definitions(formula)
          let missing = Self.symbols(of: formula).subtracting(known).subtracting(definitions)
          #expect(
            missing.isEmpty,
            "\(lesson.id)/\(section.id): \(id) uses \(missing.sorted()) in “\(formula)”")
        }
      }
    }
  }

  // Catches: one letter with two meanings on a page.
  @Test("No symbol is introduced twice in a lesson", arguments: Catalogue.lessons)
  func once(lesson: Lesson) {
    var seen: [String: String] = [:]
    for symbol in lesson.sections.flatMap(\.symbols) {
      #expect(
        seen[symbol.name] == nil,
        "\(lesson.id): \(symbol.name) is “\(seen[symbol.name] ?? "")” and “\(symbol.meaning)”")
      seen[symbol.name] = symbol.meaning
    }
  }

  @Test("A formula without an introduction is noticed")
  func refuses() {
    #expect(Self.symbols(of: "q(z) = Σ_y f(y)").subtracting(["q", "z"]) == ["f", "y"])
    #expect(Self.definitions("a = b,  c_i = d") == ["c", "i"])
  }

  /// The formulas of a section that stand on the page in full.
  private static func shown(_ section: Section) -> [(id: String, formula: String)] {
    section.blocks.flatMap { block -> [(id: String, formula: String)] in
      guard case .inquiry(let inquiry) = block else { return [] }
      return inquiry.checks.filter { $0.role == .step || $0.role == .consequence }
        .map { ("\(inquiry.id)/\($0.id)", $0.formula) }
    }
  }

  /// The letters of a formula; of several with commas between them all.
  private static func symbols(of text: String) -> Set<String> {
    Formula.parse(text)?.symbols ?? []
  }

  /// The letters that the end of a formula defines: "…,  w′_i = w_i X_i / E[X]".
  private static func definitions(_ formula: String) -> Set<String> {
    formula.split(separator: ",  ").dropFirst().reduce(into: []) { found, definition in
      if let left = definition.split(separator: " = ").first {
        found.formUnion(symbols(of: String(left)))
      }
    }
  }
}
