import Curriculum
import Testing

@testable import LessonRunner

@Suite("Glossary and bibliography")
struct GlossaryTests {
  @Test("Every row of the glossary is found by its first column")
  func rows() {
    let glossary = Glossary(GlossaryText.markdown)
    #expect(glossary.entries.count > 90)
    for entry in glossary.entries {
      #expect(!entry.head.isEmpty && !entry.meaning.isEmpty, "\(entry)")
      #expect(!entry.head.contains("`") && !entry.head.hasPrefix("-"), "\(entry)")
      #expect(glossary.entries(for: entry.head).contains(entry), "\(entry)")
    }
    #expect(!glossary.entries.contains { ["word", "symbol", "label"].contains($0.head) })
    #expect(glossary.entries(for: "p(z|x)").first?.meaning == "posterior")
  }

  @Test("A word, a part of one, and a word that one should not say")
  func words() {
    let course = Course.real
    let gap = call("glossary", "gap", course: course)
    #expect(gap.output.contains("logEvidence − elbo = KL(q‖p(z|x)) ≥ 0"))
    #expect(gap.output.contains("Do not say: error, slack, regret"))
    #expect(call("glossary", "GAP", course: course).output == gap.output)
    #expect(call("glossary", "slack", course: course).output == gap.output)
    #expect(call("glossary", "leave-one", course: course).output.contains("S − 1 samples"))
    #expect(call("glossary", course: course).output.contains("── Gradient estimators ──"))
    let unknown = call("glossary", "gaap", course: course)
    #expect(unknown.status == .unusable)
    #expect(unknown.complaints == "lessons: 'gaap': unknown word; nearest: gap\n")
  }

  @Test("Works by all words of an author, a title or a year")
  func works() {
    let works = Bibliography(BibliographyText.markdown).works
    #expect(works.count > 30)
    let jensen = call("bibliography", "jensen", "1906", course: .real)
    #expect(jensen.output.contains("Sur les fonctions convexes"))
    #expect(!jensen.output.contains("Kullback"))
    #expect(call("bibliography", course: .real).output.count > jensen.output.count)
    #expect(call("bibliography", "xyzzy", course: .real).status == .unusable)
  }
}
