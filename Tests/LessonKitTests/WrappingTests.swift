import LessonKit
import Testing

@Suite("Paragraphs")
struct WrappingTests {
  @Test("No line is wider than asked, and no word is lost")
  func widths() {
    let text = "The evidence p(x) of a latent-variable model is a sum over all that could happen."
    for width in 20...90 {
      let lines = Wrapping.paragraph(text, width: width, first: "* ", rest: "  ")
      #expect(lines.allSatisfy { $0.count <= width })
      let words = lines.joined(separator: " ").split(separator: " ").dropFirst()
      #expect(Array(words) == text.split(separator: " "))
    }
  }

  @Test("A word that is too long is broken, behind a mark if it has one; no text is one empty line")
  func extremes() {
    #expect(
      Wrapping.paragraph("a incomprehensibilities b", width: 8) == [
        "a", "incompre", "hensibil", "ities b",
      ])
    #expect(Wrapping.paragraph("minus-one/half", width: 8) == ["minus-", "one/half"])
    #expect(Wrapping.paragraph("", width: 8) == [""])
    #expect(Wrapping.page("\n \n", width: 8) == [])
  }

  @Test("Lines that start with four spaces keep them, items hang, blank lines part paragraphs")
  func page() {
    let text = """
      one two
      three

          log p(x)   =  0


      - four five six
      - seven
      """
    #expect(
      Wrapping.page(text, width: 12)
        == [
          "one two", "three", "", "    log p(x)   =  0", "", "- four five", "  six", "- seven",
        ].flatMap { $0.hasPrefix("    log") ? ["    log", "        p(x)", "        =  0"] : [$0] })
    #expect(Wrapping.page(text, width: 12, kept: 20).contains("    log p(x)   =  0"))
  }

  @Test("A mark on a letter takes no column")
  func combiningMarks() {
    #expect(Wrapping.paragraph("x̂ ẑ ∇̃ λ", width: 7) == ["x̂ ẑ ∇̃ λ"])
  }
}
