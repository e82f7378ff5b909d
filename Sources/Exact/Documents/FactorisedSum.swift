import GSL
import Kernels
import Models
import Probability

/// Σ_z p(x, z) of one document and the sums its gradient is made of, by the kernel of `Kernels`.
///
/// The kernel takes some twenty factors at a time; the settings of the others are gone through one by
/// one, each moving the bias. So memory does not grow with 2^D. What the blocks found is added up
/// under the greatest of their scales:
///
/// ```
/// Σ_b e^(scale_b) sum_b
/// ```
struct FactorisedSum: Sendable {
  /// Whether every block could be summed in plain doubles.
  private(set) var isLinear = true
  private var tally: LogTally<Double>
  /// E[z'_d | x], then a row E[z'_d softmax_v | x] for each factor, and a last one without z'_d.
  private var means: [Double] = []
  private let (factorCount, wordCount): (Int, Int)
  private let withGradient: Bool

  /// log p(x).
  var logEvidence: Double { tally.logTotal }

  /// E[z'_d | x] of a factor that is summed over.
  func on(_ factor: Int) -> Double { means[factor] }

  /// E[z'_d softmax_v | x] of a factor that is summed over; without one, E[softmax_v | x].
  func expectedWords(_ factor: Int? = nil) -> [Double] {
    Array(means[row(factor ?? factorCount)])
  }

  private func row(_ factor: Int) -> Range<Int> {
    let start = factorCount + factor * wordCount
    return start..<start + wordCount
  }

  /// Nil when scores are so large that even their sums are not doubles.
  init?(
    _ factors: UncertainFactors, counts: [Double], length: Int, withGradient: Bool,
    progress: ((_ states: Double) -> Void)? = nil
  ) {
    let count = factors.prior.count
    let words = factors.bias.count
    self.withGradient = withGradient
    (factorCount, wordCount) = (count, words)
    tally = LogTally(parts: withGradient ? count + (count + 1) * words : 0)
    let inner = min(count, innerFactors(words: words))
    let outer = inner..<count
    var problem = LatentFactorSum.Problem(
      weights: Array(factors.weights[..<inner].joined()), bias: factors.bias,
      logOn: factors.prior[..<inner].map { log($0) },
      logOff: factors.prior[..<inner].map { log1p(-$0) }, counts: counts, length: length)
    let states = Double(sign: .plus, exponent: inner, significand: 1)
    let threads = factorisedSumThreads(
      factors: inner, words: words, withGradient: withGradient)
    for setting in BitStates(of: outer.count).indices {
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
    means = tally.means ?? []
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
    guard withGradient else { return tally.add(scale, factor: block.sum, values: []) }
    var values = [Double](repeating: 0, count: factorCount + (factorCount + 1) * wordCount)
    values.replaceSubrange(0..<inner, with: block.on[..<inner])
    values.replaceSubrange(
      factorCount..<factorCount + inner * wordCount, with: block.expected[..<(inner * wordCount)])
    let all = block.expected[(inner * wordCount)...]
    for (place, factor) in outer.enumerated() where setting >> place & 1 == 1 {
      values[factor] = block.sum
      values.replaceSubrange(row(factor), with: all)
    }
    values.replaceSubrange(row(factorCount), with: all)
    tally.add(scale, factor: block.sum, values: values)
  }
}

/// On how many threads the sum over so many factors runs.
///
/// The evidence is a product of matrices, a gradient three of them.
package func factorisedSumThreads(factors: Int, words: Int, withGradient: Bool) -> Int {
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
