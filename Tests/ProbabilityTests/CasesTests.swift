import Probability
import Testing

@Suite("Cases: what a trail makes, and where shrinking ends")
struct CasesTests {
  @Test("The simplest numbers are neither equal nor opposite, in whatever order they are drawn")
  func simplestIsAsymmetric() throws {
    for before in 0..<8 {
      var cases = try Cases(replaying: [])
      for _ in 0..<before { _ = try cases.flip(0.5) }
      let numbers = try cases.reals(8, from: -1, to: 1)
      for (i, number) in numbers.enumerated() {
        for other in numbers[..<i] {
          #expect(number.magnitude != other.magnitude, "\(numbers) after \(before)")
        }
        #expect(number != 0)
      }
      #expect(cases.trail == Array(repeating: 0, count: before + 8))
    }
  }

  @Test("The simplest probabilities differ, and so do the rows of a table of them")
  func simplestLaws() throws {
    var cases = try Cases(replaying: [])
    let rows = [try cases.simplex(2), try cases.simplex(2), try cases.simplex(3)]
    for row in rows {
      #expect(Set(row).count == row.count, "\(row)")
      #expect(abs(row.reduce(0, +) - 1) <= 4 * Double.ulpOfOne)
    }
    #expect(rows[0] != rows[1] && rows[0] != rows[1].reversed())
  }

  @Test("A trail makes again what was drawn, and every place on the line can be drawn")
  func replays() throws {
    func numbers(_ cases: inout Cases) throws -> [Double] {
      try cases.reals(3, from: 0, to: 1) + [cases.flip(0.3) ? 1 : 0] + cases.simplex(3)
    }
    for stream in 0..<50 as Range<UInt64> {
      var drawn = try Cases(seed: 7, stream: stream)
      let first = try numbers(&drawn)
      var again = try Cases(replaying: drawn.trail)
      #expect(try numbers(&again) == first)
    }
    let places = try (0..<5).map { outcome in
      var cases = try Cases(replaying: [outcome])
      return try cases.place(below: 5)
    }
    #expect(places.sorted() == [0, 1, 2, 3, 4])
    #expect(throws: ChoiceError.nothingToChoose) {
      var cases = try Cases(seed: 1, stream: 1)
      _ = try cases.place(below: 0)
    }
  }

  @Test("Numbers drawn from a seed are those of an ordinary draw: places are uniform")
  func sameDraws() throws {
    var cases = try Cases(seed: 3, stream: 9)
    var sampler = try Sampler(seed: 3, stream: 9)
    let found = try cases.reals(20, from: 2, to: 5)
    #expect(found == (try sampler.reals(20, from: 2, to: 5)))
  }
}
