import GSL
import Testing

@testable import Probability

@Suite("Semirings: the laws that the recursions rely on") struct SemiringTests {
  /// All laws of a semiring on three elements, each with what it says.
  private func broken<S: Semiring>(
    _ a: S, _ b: S, _ c: S, alike: (S, S) -> Bool
  ) -> [String] {
    let laws: [(String, S, S)] = [
      ("a ⊕ b = b ⊕ a", a + b, b + a), ("a ⊕ 0 = a", a + .zero, a),
      ("(a ⊕ b) ⊕ c = a ⊕ (b ⊕ c)", (a + b) + c, a + (b + c)),
      ("a ⊗ b = b ⊗ a", a * b, b * a), ("a ⊗ 1 = a", a * .one, a), ("1 ⊗ a = a", .one * a, a),
      ("(a ⊗ b) ⊗ c = a ⊗ (b ⊗ c)", (a * b) * c, a * (b * c)),
      ("a ⊗ 0 = 0", a * .zero, .zero), ("0 ⊗ a = 0", .zero * a, .zero),
      ("a ⊗ (b ⊕ c) = a ⊗ b ⊕ a ⊗ c", a * (b + c), a * b + a * c),
      ("Σ is ⊕", .sum(over: 0..<3) { [a, b, c][$0] }, a + b + c),
      ("Σ over nothing is 0", .sum(over: 0..<0) { _ in a }, .zero),
    ]
    return laws.filter { !alike($0.1, $0.2) }.map(\.0)
  }

  /// Equal up to a few roundings of numbers below ten in size.
  private func near(_ a: Double, _ b: Double) -> Bool {
    a == b || abs(a - b) <= 16 * 10 * Double.ulpOfOne
  }

  @Test("Logarithms of weights", arguments: 0..<40) func logarithms(stream: Int) throws {
    var cases = try Cases(seed: 11, stream: UInt64(stream))
    var logs = try cases.reals(3, from: -3, to: 3)
    if stream % 4 == 0 { logs[try cases.choose(below: 3)] = -.infinity }
    let sums = logs.map { LogSum(logWeight: $0) }
    #expect(broken(sums[0], sums[1], sums[2]) { near($0.log, $1.log) } == [])
    let maxima = logs.map { LogMax(logWeight: $0) }
    #expect(broken(maxima[0], maxima[1], maxima[2]) { near($0.log, $1.log) } == [])
    let values = try cases.reals(3, from: -3, to: 3)
    let means = zip(logs, values).map { WeightedMean(logWeight: $0, mean: $1) }
    #expect(
      broken(means[0], means[1], means[2]) {
        near($0.logWeight, $1.logWeight) && near($0.mean, $1.mean)
      } == [])
  }

  @Test("Counts, too large ones among them")
  func counts() {
    let counts = [Count(3), Count(0), Count(.max), Count(nil), Count(1)]
    for a in counts {
      for b in counts { for c in counts { #expect(broken(a, b, c, alike: ==) == []) } }
    }
    #expect(Count(.max) + .one == Count(nil))
    #expect(Count(.max) * Count(2) == Count(nil))
    #expect(Count(nil) * .zero == .zero)
  }

  @Test("What is no semiring is told which law it breaks")
  func refusal() {
    /// A mean that forgets the weights.
    struct PlainMean: Semiring {
      var value: Double
      init(logWeight: Double) { value = logWeight }
      static let zero = PlainMean(logWeight: 0)
      static let one = PlainMean(logWeight: 0)
      static func + (a: PlainMean, b: PlainMean) -> PlainMean {
        PlainMean(logWeight: (a.value + b.value) / 2)
      }
      static func * (a: PlainMean, b: PlainMean) -> PlainMean {
        PlainMean(logWeight: a.value + b.value)
      }
    }
    let elements = [1.0, 2, 4].map { PlainMean(logWeight: $0) }
    let found = broken(elements[0], elements[1], elements[2], alike: ==)
    #expect(found.contains("a ⊕ 0 = a"))
    #expect(found.contains("(a ⊕ b) ⊕ c = a ⊕ (b ⊕ c)"))
    #expect(found.contains("a ⊗ 0 = 0"))
    #expect(!found.contains("a ⊕ b = b ⊕ a"))
  }

  @Test("The first of the largest, and none among zeros")
  func largest() {
    func place(_ logs: [Double]) -> Int? { logs.map { LogMax(logWeight: $0) }.firstLargest }
    #expect(place([-1, 3, 3, 2]) == 1)
    #expect(place([-.infinity, -5]) == 1)
    #expect(place([-.infinity, -.infinity]) == nil)
    #expect(place([]) == nil)
  }
}
