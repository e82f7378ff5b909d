import GSL
import Kernels
import Testing

/// Arrays that do not fit together are refused before a kernel reads them; catches a forgotten check,
/// after which memory of others would be read.
@Suite struct ProblemTests {
  @Test func chainsOfWrongShape() {
    let row = [Double](repeating: 0, count: 16)
    #expect(
      ChainSum.Problem(initial: [1], transition: [[1]], weights: row, symbols: [0, 0]) != nil)
    #expect(ChainSum.Problem(initial: [1], transition: [[1]], weights: row, symbols: [1]) == nil)
    #expect(ChainSum.Problem(initial: [1], transition: [[1]], weights: row, symbols: [-1]) == nil)
    #expect(ChainSum.Problem(initial: [1], transition: [[1]], weights: row, symbols: []) == nil)
    #expect(ChainSum.Problem(initial: [1], transition: [[1]], weights: [1], symbols: nil) == nil)
    #expect(ChainSum.Problem(initial: [1], transition: [[1]], weights: [], symbols: nil) == nil)
    #expect(
      ChainSum.Problem(initial: [1], transition: [[1, 0]], weights: row, symbols: nil) == nil)
    #expect(ChainSum.Problem(initial: [1], transition: [], weights: row, symbols: nil) == nil)
    #expect(ChainSum.Problem(initial: [], transition: [], weights: row, symbols: nil) == nil)
  }

  /// Nothing underflows and nothing overflows where a number is infinite from the start; catches an
  /// invalid operation that is no reason to fall back.
  @Test func infiniteTimesZero() throws {
    var weights = [Double](repeating: 0, count: 32)
    (weights[0], weights[1], weights[16], weights[17]) = (1, .infinity, 1, 1)
    let problem = try #require(
      ChainSum.Problem(
        initial: [1, 0], transition: [[0.5, 0.5], [0.5, 0.5]], weights: weights, symbols: nil))
    let found = ChainSum(problem, .sum)
    #expect(found == nil)
  }

  /// A share next to one leaves the last place to nobody by rounding; catches a parent of the step before, or none.
  @Test func lastParticleHasAParent() throws {
    for count in [5, 8, 13, 64] {
      let places = (0..<count).map { 0.01 * Double($0 + 1) }
      var cloud = try #require(
        ParticleCloud(places: places, offset: 0, decay: 1, deviation: 0))
      for share in [0, 0.5, 1.0.nextDown] {
        let before = cloud.now
        _ = cloud.step(seeing: 1, share: share, noise: [Double](repeating: 0, count: count))
        #expect(cloud.now == cloud.now.sorted() && cloud.now.allSatisfy(before.contains))
        if share > 0.9 { #expect(cloud.now.last == before.last) }
      }
    }
  }

  /// Below 1e-270 terms of a sum may have left the doubles; catches an answer without them.
  @Test func beliefsAtTheEndOfTheDoubles() {
    func sum(_ size: Double) -> Double? {
      let problem = BeliefSum.Problem(weights: [0], bias: [size], on: [0.5], off: [0.5])
      return BeliefSum(problem, threads: 1)?.sum
    }
    #expect(sum(600).map { $0 > 1e-261 && $0 < 1e-260 } == true)
    #expect(sum(640) == nil)
  }

  // One unit alone leaves the doubles, the other brings it back. Catches: an exponential of e^711 that
  // makes the setting of both a zero, beside another of 10^-12 that hides it.
  @Test(arguments: [(600.0, -589), (680, -660), (711, -689), (720, -680)])
  func beliefsThatLeaveTheDoublesAndComeBack(out: Double, back: Double) {
    let problem = BeliefSum.Problem(
      weights: [out, back], bias: [0], on: [1, 0.5], off: [1e-12, 0.5])
    func off(_ activation: Double) -> Double { 1 / (1 + exp(activation)) }
    let wanted = 0.5 * (off(out) + off(out + back) + 1e-12 * (off(0) + off(back)))
    let sum = BeliefSum(problem, threads: 1)?.sum
    #expect(sum.map { abs($0 / wanted - 1) < 1e-12 } ?? (out > 690))
  }

  /// Catches: what left the doubles in the tasks of a kernel, and not while it was laid out, forgotten.
  @Test func documentBelowTheDoubles() {
    func sum(_ length: Int, _ arithmetic: LatentFactorSum.Arithmetic) -> LatentFactorSum? {
      let half = log(0.5)
      let problem = LatentFactorSum.Problem(
        weights: [3, 0, 3, 0, 3, 0, 3, 0], bias: [0, 0],
        logOn: Array(repeating: half, count: 4), logOff: Array(repeating: half, count: 4),
        counts: [0, Double(length)], length: length)
      return LatentFactorSum(problem, arithmetic, withGradient: false, threads: 1)
    }
    // Word 1 has probability 1/(1 + e^(3 k)) with k of four factors on: as often as that, no double.
    #expect(sum(4, .linear) != nil)
    #expect(sum(4000, .linear) == nil)
    #expect(sum(4000, .logarithmic) != nil)
  }

  /// Four products share a division only where their product is a double; catches one of e^1200.
  @Test func fourLargeProducts() throws {
    for size in [100.0, 160, 300, 600] {
      let halves = [Double](repeating: 0.5, count: 12)
      let problem = BeliefSum.Problem(
        weights: [Double](repeating: 0, count: 12), bias: [size], on: halves, off: halves)
      let sum = try #require(BeliefSum(problem, threads: 1)).sum
      #expect(abs(sum / exp(-size) - 1) < 1e-12, "\(size)")
    }
  }

  /// Catches: digits that were lost below 1e-308 and are no reason to fall back.
  @Test func chainBelowTheDoubles() throws {
    var weights = [Double](repeating: 0, count: 32)
    (weights[0], weights[1], weights[16], weights[17]) = (1e-200, 1, 1, 1)
    let problem = try #require(
      ChainSum.Problem(
        initial: [1e-200, 1], transition: [[0.5, 0.5], [0.5, 0.5]], weights: weights, symbols: nil))
    let found = ChainSum(problem, .sum)
    #expect(found == nil)
  }

  @Test func grammarsOfWrongShape() {
    func problem(
      symbols: Int = 2, start: Int = 0, rules: [Int32] = [0, 1, 1], leaves: Int = 4
    ) -> GrammarSum.Problem? {
      GrammarSum.Problem(
        symbols: symbols, start: start, rules: rules, probabilities: [0.5],
        leaves: Array(repeating: 0.5, count: leaves))
    }
    #expect(problem() != nil)
    #expect(problem(symbols: 0) == nil)
    #expect(problem(symbols: 1000) == nil)
    #expect(problem(start: 2) == nil)
    #expect(problem(start: -1) == nil)
    #expect(problem(rules: [0, 1]) == nil)
    #expect(problem(rules: [0, 2, 1]) == nil)
    #expect(problem(rules: [0, -1, 1]) == nil)
    #expect(problem(leaves: 3) == nil)
    #expect(problem(leaves: 0) == nil)
  }

  @Test func graphsOfWrongShape() {
    #expect(ArborescenceSum(scores: [0, 0, 0, 0], nodes: 2, rootScores: nil) != nil)
    #expect(ArborescenceSum(scores: [0, 0, 0], nodes: 2, rootScores: nil) == nil)
    #expect(ArborescenceSum(scores: [0, 0, 0, 0], nodes: 2, rootScores: [0]) == nil)
    #expect(ArborescenceSum(scores: [], nodes: 0, rootScores: nil) == nil)
  }

  @Test func stateSpacesOfWrongShape() {
    func smoother(
      mean: Int = 2, doubts: Int = 4, dynamics: Int = 4, noise: Int = 2, emission: Int = 6,
      factor: Int = 9, observed: Int = 6
    ) -> RotationSmoother? {
      func ones(_ count: Int) -> [Double] { Array(repeating: 1, count: count) }
      return RotationSmoother(
        SmootherProblem(
          mean: ones(mean), spread: ones(doubts), dynamics: ones(dynamics), noise: ones(noise),
          emission: ones(emission), factor: ones(factor), observed: ones(observed)))
    }
    #expect(smoother()?.means.count == 4)
    #expect(smoother(doubts: 0, noise: 0)?.covariances == Array(repeating: 0, count: 8))
    #expect(smoother(observed: 0)?.misfits == [])
    #expect(smoother(mean: 0) == nil)
    #expect(smoother(mean: 3) == nil)
    #expect(smoother(doubts: 3) == nil)
    #expect(smoother(doubts: 6) == nil, "more doubts than states")
    #expect(smoother(dynamics: 3) == nil)
    #expect(smoother(noise: 1) == nil)
    #expect(smoother(noise: 6) == nil, "more noises than states")
    #expect(smoother(emission: 0) == nil)
    #expect(smoother(emission: 5) == nil)
    #expect(smoother(factor: 8) == nil)
    #expect(smoother(observed: 5) == nil)
  }
}
