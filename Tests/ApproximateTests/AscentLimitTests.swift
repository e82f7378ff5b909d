import Approximate
import Models
import Probability
import Testing

@Suite("Coordinate ascent ends where it was asked to")
struct AscentLimitTests {
  // Catches: a tolerance that is ignored.
  @Test("The climb stops after the first sweep that gains no more than the tolerance")
  func tolerance() throws {
    var earlier = 0
    for number in 0..<60 as Range<UInt64> {
      var cases = try Cases(seed: 21, stream: number)
      let sizes = [2, 3, 2]
      let table = try JointTable.random(sizes: sizes, &cases)
      var factors: [[Double]] = []
      for size in sizes { factors.append(try cases.simplex(size)) }
      func climb(_ tolerance: Double) -> [Double] {
        var field = MeanField(factors: factors)
        let ledger = field.ascend(table, tolerance: tolerance)
        return stride(from: 2, to: ledger.count, by: 3).map { ledger[$0].elbo }
      }
      let (all, short) = (climb(0), climb(0.01))
      let gains = zip(all.dropFirst(), all).map { $0 - $1 }
      let end = try #require(gains.firstIndex { $0 <= 0.01 }) + 2
      #expect(short == Array(all[..<end]))
      if end < all.count { earlier += 1 }
    }
    #expect(earlier > 30)
  }
}
