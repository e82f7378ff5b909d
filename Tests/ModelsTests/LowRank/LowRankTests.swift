import Models
import Networks
import Probability
import Testing

@Suite("Matrices of few dimensions")
struct LowRankTests {
  static func random(_ rows: Int, _ columns: Int, seed: UInt64) throws -> Matrix {
    var cases = try Cases(seed: seed, stream: 0)
    return Matrix(
      rows: rows, columns: columns, try cases.reals(rows * columns, from: -2, to: 1.7))
  }

  // Catches: the transpose for the inverse, s for 1/s, the smallest parts for the largest.
  @Test("Of each rank the inverse fulfils the four conditions of Moore and Penrose")
  func inverses() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let parts = try SingularParts(of: try Self.random(4, 3, seed: seed))
      for rank in 0...3 {
        let (a, m) = (parts.nearest(rank: rank), parts.inverse(rank: rank))
        let (left, right) = (a.times(m), m.times(a))
        for (found, wanted) in [
          (left.times(a), a), (m.times(left), m), (left.transposed(), left),
          (right.transposed(), right),
        ] {
          let size = 1 + (m.array.map(abs).max() ?? 0)
          #expect(zip(found.array, wanted.array).allSatisfy { abs($0 - $1) < 1e-12 * size * size })
        }
      }
    }
  }

  // Catches: a block that is read with rows for columns.
  @Test("Four blocks hold every entry once, each in its place")
  func blocks() throws {
    let x = Matrix(rows: 3, columns: 4, (0..<12).map(Double.init))
    let blocks = try FourBlocks(of: x, rows: [1], columns: [0, 2])
    #expect(blocks.a == Matrix([[4, 6]]) && blocks.b == Matrix([[5, 7]]))
    #expect(blocks.c == Matrix([[0, 2], [8, 10]]) && blocks.d == Matrix([[1, 3], [9, 11]]))
  }

  @Test(
    "A block that leaves nothing, or is not there, is refused with its place",
    arguments: [
      ([Int](), [0], "rows: expected at least one entry, found none"),
      ([0, 1], [0], "rows: expected fewer than 2, or nothing is left to predict from"),
      ([0], [5], "columns[0]: expected an index from 0 to 1, found 5"),
      ([0], [-1], "columns[0]: expected an index from 0 to 1, found -1"),
    ])
  func refusedBlocks(rows: [Int], columns: [Int], words: String) {
    let error = #expect(throws: ModelError.self) {
      try FourBlocks(of: Matrix([[1, 2], [3, 4]]), rows: rows, columns: columns)
    }
    #expect(error?.description == words)
  }

  // Catches: a mask under which a row or a column could be anything.
  @Test("Holes that hide a whole row or column are refused")
  func refusedHoles() {
    let x = [[1.0, 2], [3, 4]]
    let row = #expect(throws: ModelError.self) {
      try SpeckledMatrix(x, isSeen: [[false, false], [true, true]])
    }
    #expect(row?.description == "row 0: expected a seen entry: an unseen row could be anything")
    let column = #expect(throws: ModelError.self) {
      try SpeckledMatrix(x, isSeen: [[true, false], [true, false]])
    }
    #expect(column?.place == "column 1")
    #expect(throws: ModelError.self) { try SpeckledMatrix(x, isSeen: [[true, true]]) }
    #expect(throws: ModelError.self) { try SpeckledMatrix([[1, .nan]], isSeen: [[true, true]]) }
    #expect(throws: ModelError.self) { try SpeckledMatrix(x, stripe: 2, of: 2) }
    #expect(throws: ModelError.self) { try SpeckledMatrix([[1.0]], holeAt: 0, 0) }
  }

  // Catches: stripes that miss an entry, or hold one out twice.
  @Test("Stripes hold every entry out once", arguments: [(3, 3), (2, 5), (5, 2), (4, 4)])
  func stripes(rows: Int, columns: Int) throws {
    let x = [[Double]](repeating: [Double](repeating: 1, count: columns), count: rows)
    var holes = [Int](repeating: 0, count: rows * columns)
    for stripe in 0..<3 {
      let matrix = try SpeckledMatrix(x, stripe: stripe, of: 3)
      for (place, isSeen) in matrix.isSeen.joined().enumerated() where !isSeen {
        holes[place] += 1
      }
    }
    #expect(holes.allSatisfy { $0 == 1 })
  }

  // Catches: a noise that is σ² or has a mean.
  @Test("The noise has the mean zero and the variance σ², entry by entry")
  func noise() throws {
    let matrix = try NoisyMatrix(
      parts: [([1.5, 0.4], [1, -2]), ([0.3, 0.2], [0.1, 0.7])], noise: 0.4)
    let moments = try exactMoments { choices in try matrix.draw(&choices).array }
    for (mean, signal) in zip(moments.mean, matrix.signal.array) {
      #expect(abs(mean - signal) < 1e-14)
    }
    #expect(abs(moments.covariance[0][0] - 0.16) < 1e-14)
    #expect(matrix.signal[1, 0] == 0.4 + 0.2 * 0.1)
    #expect(throws: ModelError.self) { try NoisyMatrix(signal: Matrix([[1]]), noise: -1) }
    #expect(throws: ModelError.self) { try NoisyMatrix(signal: Matrix([[.nan]]), noise: 1) }
    #expect(throws: ModelError.self) { try NoisyMatrix(parts: [], noise: 1) }
    #expect(throws: ModelError.self) {
      try NoisyMatrix(parts: [([1], [1]), ([1, 2], [1])], noise: 1)
    }
  }
}
