import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Logarithms that are large beside what decides") struct LargeLogarithmTests {
  /// A chain that a state far worse than the best may be forced on: relative logarithms down to −10¹⁰.
  static func chain(_ cases: inout Cases) throws -> ObservedChain {
    let (states, steps) = (try cases.integer(2...3), try cases.integer(2...4))
    var logs: [Double] = []
    for _ in 0..<steps * states {
      let size = try cases.flip(0.5) ? 1e10 : 1
      logs.append(-size * (try cases.real(from: 0, to: 1)))
    }
    var rows: [[Double]] = []
    for _ in 0..<states { rows.append(try cases.simplex(states)) }
    return ObservedChain(
      initial: try cases.simplex(states), transition: rows, logEmissions: logs,
      logScale: -1e12 / 3)
  }

  // Catches: path logarithms summed in doubles, which leave six digits behind the point of 10¹⁰ and four of 10¹².
  @Test("Paths are told apart, whatever they have in common")
  func paths() throws {
    for stream in 0..<100 {
      var cases = try Cases(seed: 71, stream: UInt64(stream))
      let chain = try Self.chain(&cases)
      let slopes = try #require(try ChainSlopes.enumerated(of: chain))
      // Σ_k p_k ∂ log p(x) / ∂p_k = 1: the first state is one of them.
      let first = zip(chain.initial, slopes.initial).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(first - 1) < 1e-12)
      let posterior = ObservedChainPosterior.enumerated(of: chain)
      for (p, q) in zip(posterior.stateMarginals ?? [], slopes.marginals.joined()) {
        #expect(abs(p - q) < 1e-12)
      }
      for row in slopes.marginals { #expect(abs(row.reduce(0, +) - 1) < 1e-12) }
      // The same paths, with what they all have in common taken out.
      let alone = ObservedChain(
        initial: chain.initial, transition: chain.transition, logEmissions: chain.logEmissions)
      let entropy = try #require(try chain.visited.entropy)
      #expect(abs(entropy - (try #require(try alone.visited.entropy))) < 1e-12)
    }
  }

  // Catches: −∞ with 32 digits, which is NaN as soon as something is added to it.
  @Test("What is impossible is so, and has no slopes")
  func impossible() throws {
    let chain = ObservedChain(
      initial: [1, 0], transition: [[1, 0], [0, 1]], logEmissions: [0, 0, -.infinity, 0],
      logScale: -3)
    #expect(ObservedChainPosterior.enumerated(of: chain).logEvidence.value == -.infinity)
    #expect(try ChainSlopes.enumerated(of: chain) == nil)
    let states = chain.visited
    #expect(try states.logEvidence == -.infinity && states.entropy == nil)
    #expect(try states.explanation == nil && states.mean(of: 1) { _ in [1] } == nil)
  }

  // Catches: log joints summed in doubles by the questions of semi-Markov and factorial chains.
  @Test("The first state of a chain is one of them, beside densities far out")
  func otherChains() throws {
    for stream in 0..<20 {
      var cases = try Cases(seed: 72, stream: UInt64(stream))
      let numbers = try cases.reals(3, from: 3e5, to: 4e5).map { ObservedValue.number($0) }
      let (initial, moves) = (try cases.simplex(2), [try cases.simplex(2), try cases.simplex(2)])
      let gaussian = try GaussianMixture(
        weights: initial, means: [0, 1e-6], variances: [1, 1])
      let segments = try HiddenSemiMarkovModel(
        initial: initial, transition: moves,
        durations: [try cases.simplex(2), try cases.simplex(2)],
        laws: try ProductLaws([.gaussian(gaussian)]), isCensored: false)
      let sequence = try segments.observing(numbers.map { [$0] })
      var slopes = SemiMarkovSlopes(segments)
      try slopes.addEnumerated(sequence)
      #expect(abs(zip(initial, slopes.initial).reduce(0) { $0 + $1.0 * $1.1 } - 1) < 1e-12)

      let factorial = try FactorialHiddenMarkovModel(
        chains: [.init(initial: initial, transition: moves)],
        emission: .additive(means: [[0, 1e-6]], variance: 1))
      var ofChains = FactorialSlopes(factorial)
      try ofChains.addEnumerated(try factorial.observing(numbers))
      let first = ofChains.initial[0]
      #expect(abs(zip(initial, first).reduce(0) { $0 + $1.0 * $1.1 } - 1) < 1e-12)
    }
  }

  // Catches: the mean of a joint state rounded to a double, which is 10⁻² deviations of a small variance away.
  @Test("Means that are added keep what no double of their sum holds")
  func additive() throws {
    for means in [[0x1p20, 1e-8], [1e-8, 0x1p20]] {
      let model = try FactorialHiddenMarkovModel(
        chains: Array(repeating: .init(initial: [1], transition: [[1]]), count: 2),
        emission: .additive(means: means.map { [$0] }, variance: 1e-16))
      let sequence = try model.observing([.number(0x1p20)])
      let posterior = FactorialPosterior(of: sequence)
      let wanted = -0.5 * (log(2 * .pi * 1e-16) + 1)
      #expect(abs(posterior.logEvidence.value - wanted) < 1e-12)
      var slopes = FactorialSlopes(model)
      slopes.add(try #require(FactorialMessages(sequence)))
      #expect(abs(slopes.emission[1][0] * 1e-8 + 1) < 1e-12 && slopes.isSettled)
    }
  }

  // Catches: a posterior that is certain and sums to 1 + 10⁻⁵, and so do counts and slopes.
  @Test("A joint state that is forced is believed in once, however far it is from what is seen")
  func forced() throws {
    let chain = try FactorialHiddenMarkovModel.Chain(
      initial: [1, 0], transition: [[1, 0], [0, 1]])
    let model = try FactorialHiddenMarkovModel(
      chains: [chain], emission: .additive(means: [[-0.05, 137.2]], variance: 2.2e-10))
    let sequence = try model.observing([0.7, -0.4, 1.9, 137.1].map { .number($0) })
    let messages = try #require(FactorialMessages(sequence))
    for t in 0..<4 { #expect(messages.posterior(t)[0] == 0) }
    var counts = FactorialCounts(model)
    counts.add(messages)
    #expect(counts.initial[0] == [1, 0] && counts.transition[0][0] == [3, 0])
    // Beside a chain whose states are nearly alike, joint states share what is forced.
    let free = try FactorialHiddenMarkovModel.Chain(
      initial: [0.3, 0.7], transition: [[0.3, 0.7], [0.6, 0.4]])
    let pair = try FactorialHiddenMarkovModel(
      chains: [chain, free],
      emission: .additive(means: [[-0.05, 137.2], [0, 1e-12]], variance: 2.2e-10))
    let shared = try #require(
      FactorialMessages(try pair.observing([0.7, -0.4, 1.9, 137.1].map { .number($0) })))
    for t in 0..<4 { #expect(abs(logSumExp(shared.posterior(t))) < 1e-12) }
  }

  // Catches: an entropy of 0.69314661 for log 2, as shares that are off by 10⁻¹¹ are multiplied by scores of 10⁵; one
  // that is refused, although nothing depends on what all heads of a word have in common.
  @Test("The entropy of trees, whatever all heads of a word have in common")
  func trees() throws {
    let far = try SpanningTreeModel(
      scores: [[0, -1e5, -1e5], [0, 0, 1.3e-10], [0, 2.2e-10, 0]], singleRoot: false)
    #expect(ChartedTrees(far)?.entropy == nil)
    #expect(abs((try ListedTrees(far).entropy ?? 0) - log(2)) < 1e-9)
    for stream in 0..<20 {
      var cases = try Cases(seed: 74, stream: UInt64(stream))
      var scores: [[Double]] = []
      for _ in 0..<5 { scores.append(try cases.reals(5, from: -8, to: 8).map { $0.rounded() }) }
      let common = try cases.reals(5, from: -1e5, to: 1e5).map { $0.rounded() }
      let moved = scores.map { zip($0, common).map { $0 + $1 } }
      let (own, other) = (
        ChartedTrees(try SpanningTreeModel(scores: scores, singleRoot: true)),
        ChartedTrees(try SpanningTreeModel(scores: moved, singleRoot: true))
      )
      let (entropy, same) = (try #require(own?.entropy), try #require(other?.entropy))
      #expect(abs(entropy - same) < 1e-9)
      #expect(abs(entropy - (try #require(own?.law.entropy))) < 1e-12)
    }
  }

  // Catches: a deviation rounded to a double before it is divided by what is nearly singular.
  @Test("Slopes of nearly singular covariances", arguments: [10, 20, 30, 40])
  func correlated(exponent: Int) throws {
    let small = Double(sign: .plus, exponent: -exponent, significand: 1)
    for stream in 0..<20 {
      var cases = try Cases(seed: 73, stream: UInt64(stream))
      let (mean, point) = (
        try cases.reals(2, from: -1, to: 1), try cases.reals(2, from: -1, to: 1)
      )
      let mixture = try MultivariateGaussianMixture(
        weights: [1], means: [mean], covariances: [[[1, 1 - small], [1 - small, 1]]])
      let product = try ProductMixture(
        weights: [1], laws: try ProductLaws([.multivariate(mixture)]))
      let slopes = MixtureSlopes(of: product, [[.point(point)]])
      // Σ has the directions (1, 1) and (1, −1), with variances 2 − ε and ε.
      let deviation = zip(point, mean).map { DoubleDouble(sumOf: $0, -$1) }
      let along = (deviation[0] + deviation[1]) / DoubleDouble(2 * (2 - small))
      let across = (deviation[0] - deviation[1]) / DoubleDouble(2 * small)
      let pull = [along + across, along - across]
      let precision =
        ((DoubleDouble(1) / DoubleDouble(2 - small) + DoubleDouble(1) / DoubleDouble(small))
          * DoubleDouble(0.5))
      for i in 0..<2 {
        let (found, wanted) = (slopes.factors[0].rows[0], pull[i].high)
        #expect(abs(found[i] - wanted) <= 1e-14 * max(1, abs(wanted)))
        let own = (pull[i] * pull[i] - precision).high / 2
        #expect(abs(found[2 + 3 * i] - own) <= 1e-14 * max(1, abs(own)))
      }
    }
  }

  // Catches: noise that is nearly singular taken for noise that is, whose states have no density.
  @Test("The entropy of states whose noise is nearly singular", arguments: [20, 40, 52])
  func entropy(exponent: Int) throws {
    let small = Double(sign: .plus, exponent: -exponent, significand: 1)
    let identity: [[Double]] = [[1, 0], [0, 1]]
    let system = try LinearDynamicalSystem(
      initialMean: [0, 0], initialCovariance: identity, dynamics: identity,
      dynamicsNoise: [[1, 1 - small], [1 - small, 1]], emission: [[1, 0]], emissionNoise: [[1]])
    let sequence = DrivenSequence(try system.observing(partly: [nil, nil]))
    let law = try ExactRequest().chainLaw(sequence, "x").law
    // Two states of two numbers; |Q| = 1 − (1 − ε)² = ε (2 − ε).
    let wanted = 2 * (1 + log(2 * .pi)) + 0.5 * log(small * (2 - small))
    #expect(abs(try law.entropy - wanted) < 1e-12)
  }
}
