import GSL
import Probability
import Testing

@testable import Verification

@Suite("Judging draws while they come")
struct SequentialTests {
  /// The share of streams in which a bias is ever seen, looking after every draw.
  private func alarms(
    streams: Int = 1000, draws: Int = 600, basis: SequentialJudge.Basis, bias: Double = 0,
    draw: (inout Generator) throws -> Double
  ) throws -> Double {
    var count = 0
    for stream in 0..<streams {
      var generator = try Generator(seed: 7, stream: UInt64(stream))
      var judge = SequentialJudge(target: [0], basis: basis, falseAlarm: 0.05)
      for _ in 0..<draws {
        try judge.add([try draw(&generator) + bias])
        if !judge.holds { break }
      }
      count += judge.holds ? 0 : 1
    }
    return Double(count) / Double(streams)
  }

  /// 5 %, and four standard deviations of a share of 1000.
  private static let most = 0.05 + 4 * (0.05 * 0.95 / 1000).squareRoot()

  @Test("With a range, the rate of false alarms holds at all times, whatever the distribution")
  func bounded() throws {
    let range = SequentialJudge.Basis.range(from: -1, to: 9)
    let rare = try alarms(basis: range) { try $0.bernoulli(0.1) ? 9 : -1 }
    let flat = try alarms(basis: range) { 2 * $0.uniform() - 1 }
    let edge = try alarms(basis: .range(from: -1, to: 1)) { try $0.bernoulli(0.5) ? 1 : -1 }
    for share in [rare, flat, edge] { #expect(share <= Self.most) }
  }

  @Test("Without one it holds for draws that are well behaved, and for skewed ones")
  func asymptotic() throws {
    let normal = try alarms(basis: .asymptotic) { $0.standardNormal() }
    let skewed = try alarms(basis: .asymptotic) { $0.exponential() - 1 }
    for share in [normal, skewed] { #expect(share <= Self.most) }
  }

  // Catches: a test that is not sequential, which this suite would not notice if it never alarmed.
  @Test("A t-test that is repeated rejects many unbiased ones; this one sees a bias all the same")
  func contrast() throws {
    var rejected = 0
    for stream in 0..<300 {
      var generator = try Generator(seed: 8, stream: UInt64(stream))
      var (sum, squares) = (0.0, 0.0)
      for count in 1...600 {
        let x = generator.standardNormal()
        (sum, squares) = (sum + x, squares + x * x)
        let n = Double(count)
        let deviation = (squares / n - sum * sum / n / n).squareRoot()
        if count > 20, abs(sum / n) > 1.96 * deviation / n.squareRoot() {
          rejected += 1
          break
        }
      }
    }
    #expect(rejected > 75)
    let seen = try alarms(streams: 100, draws: 2000, basis: .asymptotic, bias: 0.25) {
      $0.standardNormal()
    }
    #expect(seen == 1)
    let far = try alarms(
      streams: 50, draws: 3000, basis: .range(from: -1, to: 2), bias: 0.2
    ) { 2 * $0.uniform() - 1 }
    #expect(far == 1)
  }

  @Test("The intervals narrow, what is excluded is their far end, and the advice scales")
  func intervals() throws {
    var generator = try Generator(seed: 3)
    for basis in [SequentialJudge.Basis.asymptotic, .range(from: -1, to: 1)] {
      var judge = SequentialJudge(target: [0, 0.1], basis: basis)
      var last = Double.infinity
      for round in 1...3 {
        for _ in 0..<(1000 * round) {
          try judge.add([2 * generator.uniform() - 1, 0.1])
        }
        let (centre, halfWidth) = judge.intervals[0]
        #expect(halfWidth < last && abs(centre) <= halfWidth)
        #expect(judge.largestBias[0] == abs(centre) + halfWidth)
        last = halfWidth
      }
      #expect(judge.holds && judge.alarm == nil && judge.count == 6000)
      let widest = judge.intervals.map(\.halfWidth).reduce(0, max)
      #expect(abs(judge.drawsNeeded(toExclude: widest / 2) - 24_000) < 1e-6)
    }
  }

  @Test("What cannot be judged is refused, with the draw")
  func refused() throws {
    var judge = SequentialJudge(target: [0, 0], basis: .range(from: -1, to: 1))
    try judge.add([0.5, -0.5])
    for (draw, words) in [
      ([0.5], "draw 2 has 1 components"), ([.nan, 0], "number 1 of draw 2 is nan"),
      ([0, 1.5], "number 2 of draw 2 is 1.5, outside of the range -1 to 1"),
    ] {
      #expect { try judge.add(draw) } throws: { "\($0)".contains(words) }
    }
  }
}
