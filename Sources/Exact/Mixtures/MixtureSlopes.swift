import GSL
public import Models

/// The slopes of Σ_n log p(x_n) of a mixture of products, by every parameter.
///
/// ```
/// ∂ log p(x) / ∂ weight_k = p(x | k) / p(x)
/// ∂ log p(x) / ∂ p_kf(x_f) = weight_k Π_{e ≠ f} p_ke(x_e) / p(x)
/// ```
/// Nothing is divided by a weight or a probability, which may be zero. An impossible observation has no slopes
/// and adds none.
public struct MixtureSlopes: Sendable, Equatable {
  /// By the weights.
  public var weights: [Double] { sums.map(\.value) }
  private var sums: [SlopeSum]
  /// By the laws of each factor.
  public private(set) var factors: [LawSlopes]

  /// The slopes of a mixture with what was observed.
  public init(of mixture: ProductMixture, _ data: [[ObservedValue?]]) {
    let mixture = (mixture.hasCovariances ? mixture.doubled : nil) ?? mixture
    sums = mixture.weights.map { _ in SlopeSum() }
    factors = mixture.laws.factors.map { LawSlopes($0) }
    for datum in data { add(datum, mixture) }
  }

  private mutating func add(_ datum: [ObservedValue?], _ mixture: ProductMixture) {
    let posterior = MixturePosterior(of: mixture, datum)
    guard let shares = posterior.responsibilities else { return }
    let (relative, _) = mixture.logLikelihoods(datum)
    let logEvidence = posterior.relativeLogEvidence
    for k in sums.indices { sums[k].add(exp(relative[k] - logEvidence)) }
    let laws = zip(mixture.laws.factors, datum).map { factor, value in
      value.map(factor.logLikelihoods)
    }
    for (f, value) in datum.enumerated() {
      guard let value, let largest = laws[f]?.largest else { continue }
      let open = sums.indices.map { k in
        let others = laws.indices.reduce(log(mixture.weights[k]) - largest - logEvidence) {
          $1 == f ? $0 : $0 + (laws[$1]?.relative[k] ?? 0)
        }
        return exp(others)
      }
      factors[f].add(value, shares: shares, openShares: open)
    }
  }

  /// Whether all slopes are finite.
  public var isFinite: Bool { weights.allSatisfy(\.isFinite) && factors.allSatisfy(\.isFinite) }
  /// Whether rounding decides none of them.
  public var isSettled: Bool { factors.allSatisfy(\.isSettled) }
}
