import LessonKit
import Testing

@Suite("Errata are judged to the last digits")
struct ErratumLimitTests {
  typealias Comparison = ErratumCase.Comparison

  // Catches: a correction that may be off by 1e-7.
  @Test("A corrected form may be off by 1e-13, and not by 1e-11")
  func corrected() {
    func holds(_ off: Double) -> Bool {
      Comparison(printed: 1, corrected: 2 + off, independent: 2).holds
    }
    #expect(holds(0) && holds(1e-13))
    #expect(!holds(1e-11) && !holds(-1e-11))
  }

  @Test("A printed form that agrees is no erratum; under its condition it must agree as well")
  func printed() {
    #expect(!Comparison(printed: 2 + 1e-13, corrected: 2, independent: 2).holds)
    #expect(Comparison(printed: 2 + 1e-11, corrected: 2, independent: 2).holds)
    func under(_ off: Double) -> Bool {
      Comparison(
        printed: 1, corrected: 2, independent: 2, underCondition: (printed: 3 + off, independent: 3)
      ).holds
    }
    #expect(under(1e-12) && !under(1e-10))
  }
}
