import GSL
import Kernels
import Synchronization
import Testing

@Suite("Weighted rows")
struct WeightedRowsTests {
  private typealias Filled = (block: WeightedRows, values: [[Double]], weights: [Double])

  private func filled(_ rows: Int, columns: Int) throws -> Filled {
    var generator = try Generator(seed: UInt64(rows * 100 + columns))
    var block = WeightedRows(columns: columns)
    var (values, weights) = ([[Double]](), [Double]())
    for _ in 0..<rows {
      let row = (0..<columns).map { 10 * Double($0) + generator.standardNormal() }
      let weight = 0.01 + generator.uniform()
      block.append(row, weight: weight)
      values.append(row)
      weights.append(weight)
    }
    return (block, values, weights)
  }

  // Catches: columns beyond the eighth, a scatter that is not about the mean of the block, a
  // magnitude without its weight.
  @Test(
    "all sums are those of one row after the other",
    arguments: [(1, 1), (3, 8), (17, 10), (256, 19)])
  func sums(rows: Int, columns: Int) throws {
    let filled = try filled(rows, columns: columns)
    let (values, weights) = (filled.values, filled.weights)
    var block = filled.block
    let isFinite = block.sum()
    #expect(isFinite)
    let total = weights.reduce(0, +)
    func sum(_ term: (Int) -> Double) -> Double { CompensatedSum((0..<rows).map(term)).value }
    let means = (0..<columns).map { i in sum { weights[$0] * values[$0][i] } / total }
    for i in 0..<columns {
      let size = 1e-13 * (1 + abs(means[i])) * total
      #expect(abs(block.total(i).sum + block.total(i).lost - means[i] * total) <= size)
      #expect(abs(block.mean(i) - means[i]) <= size)
      #expect(abs(block.magnitude(i) - sum { weights[$0] * abs(values[$0][i]) }) <= size)
      #expect(block.smallest(i) == values.map { $0[i] }.min())
      #expect(block.largest(i) == values.map { $0[i] }.max())
      for j in 0..<columns {
        let scatter = sum {
          weights[$0] * (values[$0][i] - means[i]) * (values[$0][j] - means[j])
        }
        #expect(abs(block.scatter(i, j) - scatter) <= 1e-12 * total)
      }
    }
  }

  @Test("a number that is not finite is told, and a second block adds to the first")
  func blocks() {
    var infinite = WeightedRows(columns: 2)
    infinite.append([1, .infinity], weight: 0.5)
    let told = !infinite.sum()
    var block = WeightedRows(columns: 2)
    block.append([1, 2], weight: 0.5)
    let first = block.sum()
    block.removeAll()
    block.append([3, -2], weight: 0.5)
    let second = block.sum()
    #expect(told && first && second)
    #expect(block.total(0).sum == 2 && block.total(1).sum == 0)
    #expect(block.mean(0) == 3 && block.smallest(1) == -2 && block.largest(0) == 3)
    block.append([1], weight: 1)
    #expect(block.count == 1)
  }

  // Catches: a constant of a component subtracted from the row instead of the factor; rows that are made
  // when it is another; a row of numbers that one of combinations is written over.
  @Test("combinations are means of rows with their factors, plus what is known")
  func combinations() throws {
    var table = try #require(RowTable([[1, 2, 3], [-1, 0.5, 4]], plus: [10, 20, 30]))
    var block = WeightedRows(columns: 3)
    block.append(combining: [1, 0], factors: [2, 4], weight: 1)
    #expect(block.count == 0)
    block.combine(rowsOf: table)
    block.append(combining: [1, 0], factors: [2, 4], weight: 1)
    let (isOther, isSame) = (
      table.subtract([1, 0, 2], knownOver: 2), !table.subtract([1, 0, 2], knownOver: 2)
    )
    #expect(isOther && isSame)
    var other = table
    let isOtherAlone = other.subtract([1, 0, 3], knownOver: 2)
    #expect(isOtherAlone)
    block.combine(rowsOf: table)
    block.append(combining: [1, 0], factors: [2, 4], weight: 1)
    block.append([7, 8, 9], weight: 1)
    block.append(combining: [0], factors: [3], weight: 1)
    for wrong in [[2], [-1], [0, 0]] {
      block.append(combining: wrong, factors: [1], weight: 1)
    }
    let isFinite = block.sum()
    #expect(isFinite && block.count == 4)
    let wanted: [[Double]] = [[11, 24.5, 40], [6, 14.5, 18], [7, 8, 9], [7, 16, 18]]
    #expect((0..<4).map { block[$0] } == wanted)
    #expect(RowTable([[1], [1, 2]]) == nil)
  }

  @Test("tasks are each run once, on however many threads", arguments: [1, 2, 5])
  func tasks(threads: Int) {
    let found = Mutex([Int: Int]())
    forEachTask(1000, threads: threads) { number in
      found.withLock { $0[number, default: 0] += number + 1 }
    }
    #expect(found.withLock { found in (0..<1000).allSatisfy { found[$0] == $0 + 1 } })
  }
}
