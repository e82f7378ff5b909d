import GSL
import Testing

@testable import Probability

@Suite("Closed semirings: sums over all numbers of repetitions") struct ClosedSemiringTests {
  /// Steps among at most four places, every row of them with a sum of at most 0.9; some are impossible.
  static func steps(_ stream: Int) throws -> [[Double]] {
    var cases = try Cases(seed: 53, stream: UInt64(stream))
    let places = try cases.integer(1...4)
    return try (0..<places).map { _ in
      let row = try (0..<places).map { _ in
        try cases.flip(0.3) ? 0 : try cases.real(from: 0.1, to: 1)
      }
      return row.map { 0.9 * $0 / max(1, row.reduce(0, +)) }
    }
  }

  /// 1 + U + U² + … until nothing changes.
  static func series(_ steps: [[Double]]) -> [[Double]] {
    var power = steps.indices.map { i in steps.indices.map { $0 == i ? 1.0 : 0 } }
    var sum = power
    for _ in 0..<500 {
      power = power.map { row in
        steps.indices.map { j in steps.indices.reduce(0) { $0 + row[$1] * steps[$1][j] } }
      }
      for i in sum.indices { for j in sum.indices { sum[i][j] += power[i][j] } }
    }
    return sum
  }

  // Catches: a star that forgets the chain of no steps, an elimination that leaves out the loops at a place.
  @Test("The closure of steps is the sum of all their powers", arguments: 0..<12)
  func powers(stream: Int) throws {
    let steps = try Self.steps(stream)
    let chains = closure(steps.map { $0.map { LogSum(logWeight: log($0)) } })
    for (row, expected) in zip(chains, Self.series(steps)) {
      for (chain, number) in zip(row, expected) {
        #expect(abs(exp(chain.log) - number) <= 1e-12 * max(1, number))
      }
    }
  }

  // Catches: a mean of repetitions that is not w / (1 − w), or that is weighted twice.
  @Test("The mean number of steps of a chain is the slope of its weight", arguments: 0..<12)
  func means(stream: Int) throws {
    let steps = try Self.steps(stream)
    func chains(_ scale: Double) -> [[Double]] {
      Self.series(steps.map { $0.map { $0 * scale } })
    }
    let (above, below, here) = (chains(1 + 1e-5), chains(1 - 1e-5), chains(1))
    let found = closure(steps.map { $0.map { WeightedMean(logWeight: log($0), mean: 1) } })
    for i in steps.indices {
      for j in steps.indices where here[i][j] > 0 {
        // d log R / d log scale, by differences.
        let slope = log(above[i][j] / below[i][j]) / log((1 + 1e-5) / (1 - 1e-5))
        #expect(abs(found[i][j].mean - slope) <= 1e-6 * max(1, slope))
        #expect(abs(exp(found[i][j].logWeight) - here[i][j]) <= 1e-12 * here[i][j])
      }
    }
  }

  // Catches: a best chain that goes round, a number of chains where they do not end.
  @Test("The best chain has no loop, and loops are too many to count")
  func others() {
    #expect(LogMax(logWeight: -1).star == .one)
    // Catches: a loop of weight one that is worth more every time it is gone round.
    #expect(LogMax(logWeight: 0).star == .one && LogMax.zero.star == .one)
    #expect(LogMax(logWeight: 1).star.log == .infinity)
    #expect(Count.zero.star == .one && Count.one.star == Count(nil))
    #expect(LogSum.zero.star == .one && LogSum.one.star.log == .infinity)
    #expect(abs(LogSum(logWeight: log(0.5)).star.log - log(2)) <= 1e-15)
    // Where 1 − w is small and where w is.
    for a in [-1e-9, -0.1, -0.69, -0.71, -3, -40, -800] {
      #expect(abs(LogSum(logWeight: a).star.log + log(-expm1(a))) <= 1e-15 * (1 + abs(log(-a))))
    }
  }
}
