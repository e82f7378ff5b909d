internal import CKernels

extension Grid {
  /// Becomes tanh of every entry of another grid.
  public mutating func setTanh(of sums: Grid) {
    guard fits(sums.rows == rows && sums.columns == columns) else { return }
    unsafe kernel_tanh(numbers.count, sums.numbers, &numbers)
  }

  /// Multiplies every entry, a slope by h = tanh(a), to one by a: with 1 − h².
  public mutating func multiplyByTanhSlopes(at values: Grid) {
    guard fits(values.rows == rows && values.columns == columns) else { return }
    unsafe kernel_tanh_slopes(numbers.count, values.numbers, &numbers)
  }
}

/// Steps of Adam for one array of parameters, with β₁ = .9, β₂ = .999 and ε = 1e-8.
///
/// What `Networks.Adam` says of the same rule, for arrays that lie still.
public struct AdamMemory: Sendable, Equatable {
  /// Running means of the gradient.
  public private(set) var means: [Double]
  /// Running means of its squares.
  public private(set) var squares: [Double]

  /// The memory before the first step.
  public init(count: Int) {
    means = [Double](repeating: 0, count: count)
    squares = means
  }

  /// The memory of earlier steps.
  public init(means: [Double], squares: [Double]) {
    self.means = means
    self.squares = squares
  }

  /// Step number `time` ≥ 1 down a gradient; what does not fit becomes NaN.
  public mutating func descend(
    _ numbers: inout [Double], along gradient: [Double], rate: Double, time: Int
  ) {
    guard gradient.count == numbers.count, means.count == numbers.count,
      squares.count == numbers.count
    else {
      numbers = [Double](repeating: .nan, count: numbers.count)
      return
    }
    unsafe kernel_adam(
      numbers.count, gradient, rate, 1 / (1 - power(0.9, time)), 1 / (1 - power(0.999, time)),
      &means, &squares, &numbers)
  }
}

/// base^exponent, by squaring.
private func power(_ base: Double, _ exponent: Int) -> Double {
  var (result, factor, rest) = (1.0, base, exponent)
  while rest > 0 {
    if rest & 1 == 1 { result *= factor }
    factor *= factor
    rest >>= 1
  }
  return result
}
