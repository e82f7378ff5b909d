public import Networks
public import Probability

/// A matrix of few dimensions, seen with noise that is a coin: the law of what is seen is a finite list.
///
/// ```
/// x_ij = θ_ij ± σ,   each sign with probability ½
/// ```
public struct NoisyMatrix: Sendable, Equatable {
  /// θ, what would be seen without noise.
  public let signal: Matrix
  /// σ, the standard deviation of the noise.
  public let noise: Double

  /// A signal of finite numbers, and a noise that is not negative.
  public init(signal: Matrix, noise: Double) throws(ModelError) {
    try Validate.notEmpty("signal", signal.array.count)
    try Validate.finite("signal", signal.array)
    guard noise >= 0, noise.isFinite else {
      throw ModelError("noise", "expected a number of at least 0, found \(noise)")
    }
    self.signal = signal
    self.noise = noise
  }

  /// θ = Σ_k u_k v_kᵀ, from a list of pairs of u_k and v_k.
  public init(parts: [(left: [Double], right: [Double])], noise: Double) throws(ModelError) {
    try Validate.notEmpty("parts", parts.count)
    let (rows, columns) = (parts[0].left.count, parts[0].right.count)
    for (k, part) in parts.enumerated() {
      try Validate.count("parts[\(k)].left", part.left.count, expected: rows)
      try Validate.count("parts[\(k)].right", part.right.count, expected: columns)
    }
    try self.init(
      signal: Matrix(
        rows: rows, columns: columns,
        (0..<rows).flatMap { i in
          (0..<columns).map { j in parts.reduce(0) { $0 + $1.left[i] * $1.right[j] } }
        }),
      noise: noise)
  }

  /// One X, a coin an entry.
  public func draw<Choices: DiscreteChoices>(_ choices: inout Choices) throws(ChoiceError)
    -> Matrix
  {
    let signs = try choices.bits([Double](repeating: 0.5, count: signal.array.count))
    return signal.withEntries(zip(signal.array, signs).map { $0 + ($1 == 1 ? noise : -noise) })
  }
}
