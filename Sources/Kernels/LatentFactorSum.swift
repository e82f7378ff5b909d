internal import CKernels

/// The sum of p(x, z) over all settings of up to 22 binary factors, and what its gradient needs.
///
/// ```
/// p(x, z) = Π_d prior_d^z_d (1 − prior_d)^(1 − z_d) · Π_v softmax_v(bias + Σ_d z_d weights_d)^counts_v
/// ```
/// The 2^D normalisers are one product of two matrices, the factors being cut into two halves.
public struct LatentFactorSum: Sendable {
  /// The model as it lies in memory, and one document's counts.
  public struct Problem: Sendable {
    /// weights[d][v], one factor after the other.
    public var weights: [Double]
    /// The score of every word without factors.
    public var bias: [Double]
    /// log prior_d; every prior lies strictly between 0 and 1.
    public var logOn: [Double]
    /// log(1 − prior_d).
    public var logOff: [Double]
    /// How often the document has each word.
    public var counts: [Double]
    /// The number of words of the document.
    public var length: Int

    /// A problem of its parts.
    public init(
      weights: [Double], bias: [Double], logOn: [Double], logOff: [Double], counts: [Double],
      length: Int
    ) {
      self.weights = weights
      self.bias = bias
      self.logOn = logOn
      self.logOff = logOff
      self.counts = counts
      self.length = length
    }
  }

  /// The tables of both halves have to fit into memory, and half of them into a cache.
  public static let mostFactors = 22

  /// How p(x, z) is found for each z.
  public enum Arithmetic: Sendable {
    /// As a product of plain doubles; there is no answer if one leaves their range.
    case linear
    /// With a logarithm and an exponential for each z, whatever the weights.
    case logarithmic
  }

  /// The logarithm of what the other numbers are to be multiplied by.
  public var logScale = 0.0
  /// Σ_z p(x, z).
  public var sum = 0.0
  /// Σ_z p(x, z) z_d.
  public var on: [Double]
  /// Σ_z p(x, z) z_d softmax_v, one factor after the other, and a last row without z_d.
  public var expected: [Double]

  /// Visits all z, or is nil if the arithmetic has no answer.
  ///
  /// Without a gradient `on` and `expected` stay empty. The answer does not depend on the number of
  /// threads.
  public init?(
    _ problem: Problem, _ arithmetic: Arithmetic, withGradient: Bool, threads: Int
  ) {
    let (factors, words) = (problem.logOn.count, problem.bias.count)
    guard factors <= Self.mostFactors, words > 0, words <= 1 << 24,
      problem.weights.count == factors * words,
      problem.logOff.count == factors, problem.counts.count == words
    else { return nil }
    on = Array(repeating: 0, count: withGradient ? factors : 0)
    expected = Array(repeating: 0, count: withGradient ? (factors + 1) * words : 0)
    var scaleAndSum = [0.0, 0.0]
    let low = factors / 2
    let status = unsafe kernel_latent_sum(
      Int32(factors - low), Int32(low), Int32(words), problem.weights, problem.bias,
      problem.logOn, problem.logOff, problem.counts, Int64(problem.length),
      arithmetic == .logarithmic ? 1 : 0, withGradient ? 1 : 0, Int32(max(1, min(threads, 64))),
      &scaleAndSum, &on, &expected)
    guard isWithinRange(status) else { return nil }
    (logScale, sum) = (scaleAndSum[0], scaleAndSum[1])
  }
}
