public import Models

/// What the laws of one value would be fitted by, given how probable each state is.
///
/// ```
/// Σ_t p(z_t = k | x) of each symbol,   or   Σ_t p(z_t = k | x) (1, x_t, x_t x_tᵀ)
/// ```
/// Reference: Rabiner 1989, section IV.
public struct LawSums: Sendable, Equatable {
  /// The laws.
  public let laws: StateLaws
  /// A row a state: a number a symbol; or the weight, then the sum of the values, then that of their products.
  public private(set) var rows: [[Double]]

  /// No sums yet.
  public init(_ laws: StateLaws) {
    self.laws = laws
    let width =
      switch laws {
      case .categorical(let mixture): mixture.symbolCount
      case .poisson, .gaussian: 3
      case .multivariate(let mixture): 1 + mixture.dimension + mixture.dimension * mixture.dimension
      }
    rows = Array(repeating: [Double](repeating: 0, count: width), count: laws.stateCount)
  }

  /// Adds a value with how probable each state is.
  public mutating func add(_ value: ObservedValue, shares: [Double]) {
    for (k, share) in shares.enumerated() {
      switch (laws, value) {
      case (.categorical, .whole(let symbol)): rows[k][symbol] += share
      case (_, .whole(let count)): add([Double(count)], share, k)
      case (_, .number(let number)): add([number], share, k)
      case (_, .point(let point)): add(point, share, k)
      }
    }
  }

  private mutating func add(_ point: [Double], _ share: Double, _ k: Int) {
    rows[k][0] += share
    for (i, x) in point.enumerated() {
      rows[k][1 + i] += share * x
      for (j, y) in point.enumerated() {
        rows[k][1 + point.count + i * point.count + j] += share * x * y
      }
    }
  }
}
