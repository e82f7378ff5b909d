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
  public private(set) var rows: [[Double]]
  /// Σ_k⁻¹ of laws that have covariances, row after row.
  private let precisions: [[Double]]

  /// No slopes yet.
  public init(_ laws: StateLaws) {
    self.laws = laws
    var (width, precisions): (Int, [[Double]]) = (1, [])
    switch laws {
    case .categorical(let mixture): width = mixture.symbolCount
    case .poisson: break
    case .gaussian: width = 2
    case .multivariate(let mixture):
      let d = mixture.dimension
      width = d + d * d
      precisions = (0..<mixture.componentCount).map { k in
        (0..<d).flatMap { j in
          mixture.precisionTimes((0..<d).map { $0 == j ? 1 : 0 }, component: k)
        }
      }
    }
    self.precisions = precisions
    rows = Array(repeating: [Double](repeating: 0, count: width), count: laws.stateCount)
  }

  /// Adds what one value says.
  ///
  /// - Parameters:
  ///   - value: what was observed.
  ///   - shares: how probable each state is, given everything.
  ///   - openShares: the same, each divided by p(value | state): what is left where that is zero.
  mutating func add(_ value: ObservedValue, shares: [Double], openShares: [Double]) {
    for k in rows.indices {
      switch (laws, value) {
      case (.categorical, .whole(let symbol)): rows[k][symbol] += openShares[k]
      case (.poisson(let mixture), .whole(let count)):
        rows[k][0] += shares[k] * (Double(count) / mixture.rates[k] - 1)
      case (.gaussian(let mixture), .number(let number)):
        let (mean, variance) = (mixture.means[k], mixture.variances[k])
        let pull = (number - mean) / variance
        rows[k][0] += shares[k] * pull
        rows[k][1] += shares[k] * 0.5 * (pull * (number - mean) - 1) / variance
      case (.multivariate(let mixture), .point(let point)):
        addPoint(zip(point, mixture.means[k]).map { $0 - $1 }, share: shares[k], mixture, k)
      default: rows[k][0] = .nan
      }
    }
  }

  /// ∂/∂μ = Σ⁻¹(x − μ) = w,   ∂/∂Σ = ½ (w wᵀ − Σ⁻¹).
  private mutating func addPoint(
    _ deviation: [Double], share: Double, _ mixture: MultivariateGaussianMixture, _ k: Int
  ) {
    let d = mixture.dimension
    let pull = mixture.precisionTimes(deviation, component: k)
    for i in 0..<d {
      rows[k][i] += share * pull[i]
      for j in 0..<d {
        rows[k][d + i * d + j] += share * 0.5 * (pull[i] * pull[j] - precisions[k][i * d + j])
      }
    }
  }

  /// Whether all slopes are finite.
  public var isFinite: Bool { rows.allSatisfy { $0.allSatisfy(\.isFinite) } }
}
