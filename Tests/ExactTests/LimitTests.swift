import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

// Limits of the routes, and what is added up from parts, next to where they begin.

@Suite("Routes at their limits")
struct RouteLimitTests {
  // Catches: tables of any size, until there is no memory.
  @Test("Tables of more than 2^27 cells are refused before they are made")
  func cells() throws {
    // 2 · 100² · 7001 cells are 1.04 · 2^27.
    let rules = (0...7000).map { Grammar.Rule("N\($0)", .word("a"), 1) }
    let sentence = Sentence(
      try Grammar(start: "N0", rules: rules), [String](repeating: "a", count: 99))
    #expect(
      throws: ExactRefusal.tooManyCells(
        what: "observations[0]: 99 words", needed: 140_020_000, limit: 0x1p27)
    ) { try ExactAnswers(of: [sentence]) }
  }

  // Catches: a law without gaps that is said to exclude what is only far away.
  @Test("A Gaussian far beyond the doubles overflows, and excludes nothing")
  func excluded() throws {
    let mixture = try GaussianMixture(weights: [0.5, 0.5], means: [0, 1], variances: [1, 1])
    #expect(throws: ExactRefusal.overflow("observations[0]")) {
      try ExactAnswers(of: mixture, [1e200])
    }
    let rows = [[0.5, 0.5], [0.5, 0.5]]
    let chain = ObservedChain(
      initial: [0.5, 0.5], transition: rows, logEmissions: [-.infinity, -.infinity])
    #expect(throws: ExactRefusal.overflow("observations[0]")) {
      try ExactAnswers(of: [chain], canExclude: false)
    }
    #expect(try ExactAnswers(of: [chain]).logEvidence == [-.infinity])
  }

  // Catches: a number of states that no counter reaches, allowed because nobody limits it.
  @Test("However many states are allowed, more than 2^62 are refused")
  func counters() throws {
    let rows = [[0.75, 0.25], [0.5, 0.5]]
    func chain(_ steps: Int) -> ObservedChain {
      ObservedChain(
        initial: [0.5, 0.5], transition: rows,
        logEmissions: [Double](repeating: -1, count: 2 * steps))
    }
    let request = ExactRequest(route: .bruteForce, maxStates: 1e300)
    for states in [0x1p63, 0x1p64, 0x1p1000] {
      // Asked directly first: a visit of so many would not end.
      try #require(
        throws: ExactRefusal.tooManyStates(what: "observations", needed: states, limit: 0x1p62)
      ) { try request.require(states, "observations") }
    }
    for steps in [63, 64, 70, 1000] {
      #expect(
        throws: ExactRefusal.tooManyStates(
          what: "observations", needed: pow(2, Double(steps)), limit: 0x1p62)
      ) { try ExactAnswers(of: [chain(steps)], request) }
    }
    #expect(try ExactAnswers(of: [chain(3)], request).work.last?.count == 8)
  }

  // Catches: the bound of a share that forgets how improbable it is: logarithms of improbable states are larger.
  @Test(
    "A share is off by no more than its bound, where logarithms are off by as much as they are large"
  )
  func shares() {
    let delta = 1e-7
    for exponent in [0.1, 1, 10, 100, 300] {
      let logs = [-exponent, log(-expm1(-exponent))]
      let posterior = ChainPosterior(
        logPartition: ExactValue(0, roundingBound: delta), stateMarginals: nil, pairMarginals: nil)
      let p = exp(logs[0])
      let moved = [logs[0] + max(1, exponent) * delta, logs[1] - delta]
      let off = abs(exp(moved[0] - logSumExp(moved)) - p)
      let share = posterior.share(p)
      #expect(share.value == p && off <= share.roundingBound)
      #expect(share.roundingBound <= 1e-6 * (1 + exponent) * p)
    }
  }

  // Catches: a component that rounding chose, and one that rounding could bring back.
  @Test("Far away a mixture answers where one component is alone, by more than rounding is")
  func settled() throws {
    let apart = try PoissonMixture(weights: [0.5, 0.5], rates: [1, 3])
    // Logarithms of −3 · 10^16 are rounded by 15, and those of −10^18 by more than 300.
    #expect(
      try ExactAnswers(of: apart, [1_000_000_000_000_000]).posteriors[0].responsibilities == [0, 1])
    #expect(throws: ExactRefusal.imprecise("observations[0]")) {
      try ExactAnswers(of: apart, [30_000_000_000_000_000])
    }
    // −10^7 is rounded by more than 10^-9, and a tenth of a million of ten-millionths is between them.
    let alike = try PoissonMixture(weights: [0.5, 0.5], rates: [2, 2.0000001])
    #expect(throws: ExactRefusal.imprecise("observations[0]")) {
      try ExactAnswers(of: alike, [1_000_000])
    }
  }

  // Catches: sums of another request that are put together as far as they go.
  @Test("Sums that were found before belong to as many observations")
  func found() throws {
    let rows = [[0.75, 0.25], [0.5, 0.5]]
    let chain = ObservedChain(
      initial: [0.5, 0.5], transition: rows, logEmissions: [-1, -2, -2, -0.5])
    var request = ExactRequest(route: .bruteForce)
    let whole = try ExactAnswers(of: [chain], request)
    let share = try #require(LeafShare(part: 1, of: 1))
    let nodes = try ExactAnswers.sharedSums(of: [chain, chain], request).nodes(of: share)
    request.found = nodes
    #expect(throws: ExactRefusal.foreign(.unfit)) { try ExactAnswers(of: [chain], request) }
    request.found = Array(nodes.prefix(1))
    #expect(try ExactAnswers(of: [chain], request).posteriors == whole.posteriors)
    // Catches: sums with fewer parts than the model has, which are read beyond their end.
    let thirds = [[Double]](repeating: [0.25, 0.25, 0.5], count: 3)
    let wider = ObservedChain(
      initial: thirds[0], transition: thirds, logEmissions: [-1, -2, -2, -0.5, -1, -3])
    #expect(throws: ExactRefusal.foreign(.unfit)) { try ExactAnswers(of: [wider], request) }
    // Catches: counts of outcomes that are no integer together.
    var numbers = nodes[0][0].numbers
    numbers[0] = 0x1p62
    request.found = [[LeafNode(leaves: 0..<1, numbers: numbers)]]
    #expect(throws: ExactRefusal.self) { try ExactAnswers(of: [chain], request) }
  }
}

@Suite("Sums in parts and products that are wide")
struct SumLimitTests {
  // Catches: states behind the last whole leaf that nobody visits.
  @Test("Every state is in one leaf, though leaves do not divide their number")
  func leaves() throws {
    let sum = StateSum<Double>(5000, parts: 0) { states, tally in
      for state in states { tally.add(Double(state) * 1e-3, values: []) }
    }
    let tree = try sum.tree.total()
    #expect(sum.tree.leaves == 64 && tree.visited == 5000)
    // The least of the states is a share of 7e-6; 5000 roundings are 1e-12 at most.
    #expect(abs(tree.logTotal - sum.straight.logTotal) <= 1e-12)
  }

  // Catches: a later part that is so much larger that its scale is no double.
  @Test("A part that is e^1000 times as large as those before it")
  func larger() {
    var (small, large) = (LogTally<Double>(parts: 1), LogTally<Double>(parts: 1))
    small.add(0, values: [0.25])
    large.add(1000, values: [0.75])
    var (up, down) = (small, large)
    up.add(large)
    down.add(small)
    #expect(up.logTotal == 1000 && down.logTotal == 1000)
    #expect(up.means == [0.75] && down.means == [0.75])
  }

  // Catches: a probability above one.
  @Test("A share is at most one, whatever rounding makes of it")
  func shares() {
    var tally = LogTally<Double>(parts: 1)
    tally.add(0, factor: 0.3, values: [0.1 + 0.2])
    #expect(tally.means.map { $0[0] > 1 } == true)
    #expect(tally.shares == [1])
  }

  // Catches: a growth that is scaled into the doubles, and a logarithm that cancels.
  @Test("Products beyond the doubles, and ratios next to one")
  func wide() throws {
    let factor = try #require(LinearAlgebra.DoubledFactor(order: 1, [DoubleDouble(1)]))
    var product = WideProduct()
    product.multiplyByOnePlus(weight: 1, factor, [DoubleDouble(0x1p600)])
    let logarithm = product.logarithm.high
    #expect(abs(logarithm - 1200 * log(2.0)) <= 1e-12)
    var (one, less) = (WideProduct(), WideProduct())
    one.multiply(by: DoubleDouble(1))
    less.multiply(by: DoubleDouble(1) - DoubleDouble(0x1p-90))
    #expect(abs(one.logRatio(to: less).high - 0x1p-90) <= 0x1p-120)
    // 1 − 2^-53 is half of a number next to two: log(1 / (1 − x)) = x + x²/2 + x³/3.
    less = WideProduct()
    less.multiply(by: DoubleDouble(1 - 0x1p-53))
    for (ratio, sign) in [(one.logRatio(to: less), 1.0), (less.logRatio(to: one), -1)] {
      let rest = ratio - DoubleDouble(sign * 0x1p-53)
      #expect(abs(rest.high - sign * 0x1p-107) <= 0x1p-130)
    }
  }
}
