import GSL
import Kernels
import Models

/// Σ_z p(x, z) of one document and the sums its gradient is made of, by the kernel of `Kernels`.
///
/// The kernel takes some twenty factors at a time; the settings of the others are gone through one by
/// one, each moving the bias. So memory does not grow with 2^D. What the blocks found is added up
/// under the greatest of their scales:
///
/// ```
/// Σ_b e^(scale_b) sum_b = e^m Σ_b e^(scale_b − m) sum_b,     m = the greatest scale so far
/// ```
struct FactorisedSum: Sendable {
  /// log p(x).
  var logEvidence: Double { logScale + log(sum) }
  /// Σ_z p(x, z) z'_d / e^(logScale), for the factors that are summed over.
  private(set) var on: [Double]
  /// The same with softmax_v beside z'_d, a row for each factor and a last one without z'_d.
  private(set) var expected: [[Double]]
  /// p(x) / e^(logScale).
  private(set) var sum = 0.0
  /// Whether every block could be summed in plain doubles.
  private(set) var isLinear = true
  private var logScale = -Double.infinity
  private let withGradient: Bool

  /// Nil when scores are so large that even their sums are not doubles.
  init?(
    _ factors: UncertainFactors, counts: [Double], length: Int, withGradient: Bool,
    progress: ((_ states: Double) -> Void)? = nil
  ) {
    let count = factors.prior.count
    let words = factors.bias.count
    self.withGradient = withGradient
    on = Array(repeating: 0, count: withGradient ? count : 0)
    expected = Array(
      repeating: Array(repeating: 0, count: words), count: withGradient ? count + 1 : 0)
    let inner = min(count, innerFactors(words: words))
    let outer = inner..<count
    var problem = LatentFactorSum.Problem(
      weights: Array(factors.weights[..<inner].joined()), bias: factors.bias,
      logOn: factors.prior[..<inner].map { log($0) },
      logOff: factors.prior[..<inner].map { log1p(-$0) }, counts: counts, length: length)
    let states = Double(sign: .plus, exponent: inner, significand: 1)
    let threads = factorisedSumThreads(
      factors: inner, words: words, withGradient: withGradient)
    for setting in 0..<(1 << outer.count) {
      var logPrior = 0.0
      problem.bias = factors.bias
      for (place, factor) in outer.enumerated() {
        guard setting >> place & 1 == 1 else {
          logPrior += log1p(-factors.prior[factor])
          continue
        }
        logPrior += log(factors.prior[factor])
        for word in 0..<words { problem.bias[word] += factors.weights[factor][word] }
      }
      guard let block = block(problem, threads: threads) else { return nil }
      add(block, logPrior: logPrior, inner: inner, outer: outer, setting: setting)
      progress?(states)
    }
    guard logEvidence.isFinite else { return nil }
  }

  /// Plain doubles as long as they suffice, logarithms from there on.
  private mutating func block(
    _ problem: LatentFactorSum.Problem, threads: Int
  ) -> LatentFactorSum? {
    if isLinear,
      let found = LatentFactorSum(problem, .linear, withGradient: withGradient, threads: threads)
    {
      return found
    }
    isLinear = false
    return LatentFactorSum(problem, .logarithmic, withGradient: withGradient, threads: threads)
  }

  private mutating func add(
    _ block: LatentFactorSum, logPrior: Double, inner: Int, outer: Range<Int>, setting: Int
  ) {
    let scale = block.logScale + logPrior
    if scale > logScale {
      multiply(by: exp(logScale - scale))
      logScale = scale
    }
    let share = exp(scale - logScale)
    sum += share * block.sum
    guard withGradient else { return }
    let words = expected[0].count
    let all = block.expected[(inner * words)...]
    for factor in 0..<inner {
      on[factor] += share * block.on[factor]
      expected[factor].add(share, block.expected[(factor * words)..<((factor + 1) * words)])
    }
    for (place, factor) in outer.enumerated() where setting >> place & 1 == 1 {
      on[factor] += share * block.sum
      expected[factor].add(share, all)
    }
    expected[expected.count - 1].add(share, all)
  }

  private mutating func multiply(by factor: Double) {
    sum *= factor
    for index in on.indices { on[index] *= factor }
    for row in expected.indices {
      for word in expected[row].indices { expected[row][word] *= factor }
    }
  }
}

/// On how many threads the sum over so many factors runs.
///
/// The evidence is a product of matrices, a gradient three of them.
public func factorisedSumThreads(factors: Int, words: Int, withGradient: Bool) -> Int {
  let states = Double(
    sign: .plus, exponent: min(factors, innerFactors(words: words)), significand: 1)
  return threadCount(forProducts: states * Double(words) * (withGradient ? 3 : 1))
}

/// How many factors fit into one call, so that a table of half of them stays near two megabytes.
private func innerFactors(words: Int) -> Int {
  var factors = 8
  while factors < 20, words << ((factors + 2) / 2) <= 1 << 18 { factors += 2 }
  return factors
}

extension [Double] {
  fileprivate mutating func add(_ factor: Double, _ other: ArraySlice<Double>) {
    for (index, value) in zip(indices, other) { self[index] += factor * value }
  }
}
