import GSL
public import Models

/// The slopes of a log evidence by the parameters of one value's laws.
///
/// ```
/// ∂ log p(x) / ∂ θ_k = p(z = k | x) ∂ log p(x | k) / ∂ θ_k        summed over all that was observed
/// ```
/// Fisher's identity: the hidden states are weighted as they are believed. Every parameter is taken to be
/// free: no sum of probabilities is held at one, and both halves of a covariance move by themselves.
public struct LawSlopes: Sendable, Equatable {
  /// The laws.
  public let laws: StateLaws
  /// A row a state: the table; the rate; mean and variance; the mean, then the covariance row after row.
  public var rows: [[Double]] { sums.map { $0.map(\.value) } }
  private var sums: [[SlopeSum]]
  /// Σ_k⁻¹ of laws that have covariances, row after row.
  private let precisions: [[DoubleDouble]]

  /// No slopes yet.
  public init(_ laws: StateLaws) {
    self.laws = laws
    var (width, precisions): (Int, [[DoubleDouble]]) = (1, [])
    switch laws {
    case .categorical(let mixture): width = mixture.symbolCount
    case .poisson: break
    case .gaussian: width = 2
    case .multivariate(let mixture):
      let d = mixture.dimension
      width = d + d * d
      precisions = (0..<mixture.componentCount).map { k in
        (0..<d).flatMap { j in
          mixture.precisionRow(j, component: k)
        }
      }
    }
    self.precisions = precisions
    sums = Array(repeating: Array(repeating: SlopeSum(), count: width), count: laws.stateCount)
  }

  /// Adds what one value says.
  ///
  /// - Parameters:
  ///   - value: what was observed.
  ///   - shares: how probable each state is, given everything.
  ///   - openShares: the same, each divided by p(value | state): what is left where that is zero.
  public mutating func add(_ value: ObservedValue, shares: [Double], openShares: [Double]) {
    for k in sums.indices where shares[k] > 0 || openShares[k] > 0 {
      // A state that is the only one is certain, whatever messages have made of it.
      let share = sums.count == 1 ? 1 : shares[k]
      switch (laws, value) {
      case (.categorical, .whole(let symbol)): sums[k][symbol].add(openShares[k])
      case (.poisson(let mixture), .whole(let count)):
        if share > 0 { sums[k][0].add(share * (Double(count) / mixture.rates[k] - 1)) }
      case (.gaussian(let mixture), .number(let number)):
        addNumber(number, share: share, mean: mixture.means[k], variance: mixture.variances[k], k)
      case (.multivariate(let mixture), .point(let point)):
        addPull(mixture.pull(point, component: k), share: share, k)
      default: sums[k][0].add(.nan)
      }
    }
  }

  /// ∂/∂m = (x − m)/v,   ∂/∂v = ½ ((x − m)²/v − 1)/v.
  private mutating func addNumber(
    _ number: Double, share: Double, mean: Double, variance: Double, _ k: Int
  ) {
    guard share > 0 else { return }
    let (deviation, variance) = (DoubleDouble(sumOf: number, -mean), DoubleDouble(variance))
    let pull = deviation / variance
    let excess = (pull * deviation - DoubleDouble(1)) / variance
    sums[k][0].add(pull, share: share, isCertain: sums.count == 1)
    sums[k][1].add(excess, share: share * 0.5, isCertain: sums.count == 1)
  }

  /// ∂/∂μ = Σ⁻¹(x − μ) = w,   ∂/∂Σ = ½ (w wᵀ − Σ⁻¹).
  private mutating func addPull(_ pull: [DoubleDouble], share: Double, _ k: Int) {
    guard share > 0 else { return }
    let d = pull.count
    for i in 0..<d {
      sums[k][i].add(pull[i], share: share, isCertain: sums.count == 1)
      for j in 0..<d {
        let excess = pull[i] * pull[j] - precisions[k][i * d + j]
        sums[k][d + i * d + j].add(excess, share: share * 0.5, isCertain: sums.count == 1)
      }
    }
  }

  /// Whether all slopes are finite.
  public var isFinite: Bool { sums.allSatisfy { $0.allSatisfy { $0.value.isFinite } } }
  /// Whether rounding decides none of them.
  public var isSettled: Bool { sums.allSatisfy { $0.allSatisfy { $0.isSettled() } } }
}
