import Curriculum
import Foundation
import LessonKit
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("The formulas of all lessons")
struct FormulaCorpusTests {
  private static let formulas = Taught.all.flatMap { taught in
    taught.inquiry.checks.map { (name: "\(taught.testDescription)/\($0.id)", text: $0.formula) }
  }

  @Test("Each is read, and written back byte by byte")
  func roundTrip() {
    #expect(Self.formulas.count >= 370)
    for (name, text) in Self.formulas {
      do throws(FormulaError) {
        #expect(Array(try Formula(text).text.utf8) == Array(text.utf8), "\(name)")
      } catch {
        Issue.record("\(name): \(text): \(error)")
      }
    }
  }

  @Test("Each is MathML that a parser accepts, without the marks of the written notation")
  func mathML() throws {
    let marks = "_^√₀₁₂₃₄₅₆₇₈₉₋⁰¹²³⁴⁵⁶⁷⁸⁹⁻ᵀ"
    for (name, text) in Self.formulas {
      let reader = MathMLReader()
      let element = try Formula(text).mathML(display: true)
      let parser = XMLParser(data: Data(element.utf8))
      parser.delegate = reader
      #expect(parser.parse(), "\(name): \(element)")
      #expect(reader.alternative == text, "\(name)")
      #expect(!reader.characters.contains { marks.contains($0) }, "\(name): \(element)")
      #expect(reader.wrong == [], "\(name): \(element)")
    }
  }

  @Test("A formula is cut at a sign, unless words say what is claimed")
  func relations() throws {
    var inWords = 0
    for (name, text) in Self.formulas {
      let formula = try Formula(text)
      guard let statement = formula.statement else {
        inWords += 1
        continue
      }
      #expect(text.contains(statement.left.text) && text.contains(statement.right.text), "\(name)")
    }
    #expect(inWords <= 14)
  }
}

/// Collects what a `math` element holds and counts the children that its elements must have.
private final class MathMLReader: NSObject, XMLParserDelegate {
  private static let arity = [
    "mfrac": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3,
    "msqrt": 1,
  ]
  private static let known = Set(arity.keys).union([
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace",
  ])
  private var open: [(name: String, children: Int)] = []
  private(set) var characters = ""
  private(set) var alternative = ""
  private(set) var wrong: [String] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if name == "math" { alternative = attributes["alttext"] ?? "" }
    if !Self.known.contains(name) { wrong.append(name) }
    if !open.isEmpty { open[open.count - 1].children += 1 }
    open.append((name, 0))
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    guard let (_, children) = open.popLast() else { return }
    if let needed = Self.arity[name], needed != children { wrong.append(name) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { characters += string }
}
