import JSONText
import Testing

@testable import LessonKit

@Suite("What is said of numbers that were handed in")
struct HandinWordsTests {
  // Catches: a homework that is off by a thousandth and is right; one in single precision that is wrong.
  @Test("Numbers agree up to 1e-9, or what single precision leaves")
  func tolerances() {
    #expect(agrees([1, -2], [1, -2 + 1.8e-9], isSingle: false))
    #expect(!agrees([1, -2], [1, -2 + 2.2e-9], isSingle: false))
    #expect(agrees([1, -2], [1, -2 + 7e-6], isSingle: true))
    #expect(!agrees([1, -2], [1, -2 + 8e-6], isSingle: true))
    #expect(agrees([1e-3], [2e-3], isSingle: false, size: 1e6))
    #expect(agrees([.infinity, 1], [.infinity, 1], isSingle: false))
    #expect(!agrees([1], [1, 1], isSingle: false))
  }

  private func law(_ outcomes: [([Double], Double)]) -> WholeLaw {
    var law = WholeLaw()
    for (value, probability) in outcomes { law.add(value, probability) }
    return law
  }

  // Catches: an answer without a choice that is told of its variance, another variance that is told of its
  // distribution, draws that are shared and not seen at all.
  @Test("Two laws differ in their mean, in having a choice, in variances, or as a whole")
  func laws() {
    let wanted = law([([1, 1], 0.25), ([1, -1], 0.25), ([-1, 1], 0.25), ([-1, -1], 0.25)])
    func words(_ found: WholeLaw, isSingle: Bool = false) -> String? {
      found.difference(from: wanted, isSingle: isSingle)?.words
    }
    #expect(words(wanted) == nil)
    #expect(words(law([([0.5, 0], 1)]))?.hasPrefix("the mean is (0.5, 0)") == true)
    #expect(words(law([([0, 0], 1)]))?.hasSuffix("nothing is estimated") == true)
    let wide = law([([2, 1], 0.25), ([2, -1], 0.25), ([-2, 1], 0.25), ([-2, -1], 0.25)])
    #expect(words(wide)?.hasPrefix("the mean is right, but the variance is (4, 1)") == true)
    let shared = law([([1, 1], 0.5), ([-1, -1], 0.5)])
    for isSingle in [false, true] {
      #expect(words(shared, isSingle: isSingle)?.contains("draws are shared") == true)
    }
    let moved = 1e-6
    let near = law([
      ([1, 1], 0.25 + moved), ([1, -1], 0.25 - moved), ([-1, 1], 0.25 - moved),
      ([-1, -1], 0.25 + moved),
    ])
    #expect(words(near)?.contains("draws are shared") == true)
    #expect(words(near, isSingle: true) == nil)
  }

  // Catches: nan taken for an answer, and the number behind the last for a thing.
  @Test("What a program returned is a number, or a thing that is there")
  func results() throws {
    #expect(try JSON.array([.number(1), .string("-inf")]).outsideNumbers(2) == [1, -.infinity])
    #expect(throws: OutsideFault.failed("the result is nan")) {
      try JSON.string("nan").outsideNumbers(1)
    }
    #expect(throws: OutsideFault.failed("number 2 of the result is nan")) {
      try JSON.array([.number(1), .string("nan")]).outsideNumbers(2)
    }
    #expect(try JSON.array([.number(0), .number(2)]).outsidePicks(among: 3) == [0, 2])
    for wrong in [3, -1, 0.5] {
      #expect(throws: OutsideFault.self) {
        try JSON.array([.number(wrong)]).outsidePicks(among: 3)
      }
    }
  }
}
