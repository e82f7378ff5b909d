import GSL
import Testing

@Suite("Searches end where they were asked to end")
struct BracketTests {
  // Catches: a bracket a million times wider than asked.
  @Test(
    "A root's bracket is no wider than absolute + relative · |root|",
    arguments: [(1e-3, 0.0), (1e-9, 0.0), (0.0, 1e-4), (0.0, 1e-10), (1e-8, 1e-8)])
  func root(absolute: Double, relative: Double) throws {
    let found = try ScalarSearch.root(
      from: 0, to: 400, absolute: absolute, relative: relative
    ) { $0 * $0 * $0 - 1e6 }
    let width = found.bracket.upperBound - found.bracket.lowerBound
    #expect(width <= absolute + relative * found.point.magnitude)
    #expect(found.bracket.contains(100))
  }
}
