import Approximate
import Models
import Networks
import Probability
import Testing

@Suite("Ranks by what is held out")
struct HoldOutTests {
  private static func lowRank(_ seed: UInt64) throws -> Matrix {
    var cases = try Cases(seed: seed, stream: 0)
    let u = Matrix(rows: 5, columns: 2, try cases.reals(10, from: -1.5, to: 1))
    let v = Matrix(rows: 2, columns: 6, try cases.reals(12, from: -1, to: 1.4))
    return u.times(v)
  }

  // Catches: a block that is predicted from itself, or by the wrong rows.
  @Test("Without noise the true rank predicts every block, and one less does not")
  func noiseless() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let x = try Self.lowRank(seed)
      for (rows, columns) in [(1, 1), (2, 3), (3, 2), (2, 2)] {
        let errors = try BlockHoldOut(rows: rows, columns: columns).errors(of: x)
        #expect(errors.count == 1 + min(5 - rows, 6 - columns))
        #expect(errors[2] < 1e-18 * errors[0] && errors[1] > 1e-9 * errors[0], "\(seed)")
      }
    }
  }

  // Catches: blocks at the edge that are dropped where the size does not divide.
  @Test("Rank zero misses all of X, whatever the blocks")
  func rankZero() throws {
    let x = try Self.lowRank(3)
    let all = x.array.reduce(0) { $0 + $1 * $1 }
    for (rows, columns) in [(1, 1), (2, 4), (3, 3), (4, 5)] {
      let errors = try BlockHoldOut(rows: rows, columns: columns).errors(of: x)
      #expect(abs(errors[0] - all) < 1e-12 * all)
    }
    #expect(throws: ModelError.self) { try BlockHoldOut(rows: 0) }
    #expect(throws: ModelError.self) { try BlockHoldOut(rows: 5).errors(of: x) }
  }

  // Catches: holes that are looked into, and sweeps that stop before the fit stands.
  @Test("Holes in a matrix of rank one are filled exactly", arguments: 0..<4)
  func completion(stripe: Int) throws {
    let (u, v) = ([1.5, -1.2, 0.8, 0.4, 2], [1.4, 1, -0.7, 0.3])
    let x = u.map { a in v.map { a * $0 } }
    let isSeen = try SpeckledMatrix(x, stripe: stripe, of: 4).isSeen
    let spoilt = x.indices.map { i in v.indices.map { isSeen[i][$0] ? x[i][$0] : 1e6 } }
    let fit = try RankOneCompletion(fitting: SpeckledMatrix(spoilt, isSeen: isSeen), sweeps: 2000)
    for i in u.indices {
      for j in v.indices { #expect(abs(fit.rows[i] * fit.columns[j] - x[i][j]) < 1e-9) }
    }
  }

  // Catches: an error that is summed over what is seen.
  @Test("Entry by entry: a matrix of rank one has no error, and rank zero has all of it")
  func speckled() throws {
    let x = [1.5, 1.2, 0.8].map { a in [1.4, 1, 0.7, 2].map { a * $0 } }
    let errors = try speckledErrors(of: x)
    #expect(errors[1] < 1e-18)
    #expect(abs(errors[0] - x.joined().reduce(0) { $0 + $1 * $1 }) < 1e-13 * errors[0])
    #expect(leastRank(errors) == 1 && leastRank([3, 1, 1]) == 1 && leastRank([]) == 0)
  }

  @Test("A matrix of zeros has no factors, and says so")
  func zeros() {
    let zeros = [[Double]](repeating: [0, 0, 0], count: 3)
    let error = #expect(throws: ModelError.self) { try speckledErrors(of: zeros) }
    #expect(error?.description == "sweep: a factor fell to zero where something is seen")
  }
}
