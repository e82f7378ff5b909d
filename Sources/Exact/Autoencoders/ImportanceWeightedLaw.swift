import GSL
public import Models
public import Probability

// The bound with K samples is a mean over K noises, but not a K-fold integral. With independent
// weights w_k and S = Σ_k w_k,
//
//   log S = ∫ (e^−t − e^−tS) dt/t       1/Sⁿ = ∫ t^(n−1) e^−tS dt / (n − 1)!          t from 0 to ∞
//
// and E e^−tS = φ(t)^K with φ(t) = E e^−tw: for every K one integral over t of means over one noise.
// In u = log t the integrands are analytic for |Im u| < π/2, so equal steps of ¼ are off by e^(−4π²).
//
//   E log S                    = ∫ (e^−t − φ^K) du
//   E Σ w_k a_k / S            = K ∫ E[y a e^−y] φ^(K−1) du                                y = t w
//   E (Σ w_k a_k / S)²         = K ∫ E[y² a² e^−y] φ^(K−1) du + K(K−1) ∫ E[y a e^−y]² φ^(K−2) du
//   E Σ w_k² b_k / S²          = K ∫ E[y² b e^−y] φ^(K−1) du
//   E (Σ w_k² b_k / S²)²       = K ∫ E[y⁴ b² e^−y] φ^(K−1) du/6 + K(K−1) ∫ E[y² b e^−y]² φ^(K−2) du/6

/// The exact laws, to two moments, of the bound with K samples and of two estimators of its gradient.
public struct ImportanceWeightedLaw: Sendable, Equatable {
  /// E[log (1/K) Σ_k w_k], w = p(x, z)/q(z).
  public let bound: QuadratureValue
  /// Σ_k w̄_k ∇f(z_k), each ∇ the total derivative by (m, s).
  public let gradient: [Moments]
  /// Σ_k w̄_k² (g(z_k) − d/dz log q(z_k)) dz_k/d(m, s).
  public let doublyReparameterised: [Moments]

  /// Mean and variance of one component.
  public struct Moments: Sendable, Equatable {
    /// The mean.
    public let mean: QuadratureValue
    /// The variance of one set of K samples.
    public let variance: QuadratureValue
    /// |mean| over the standard deviation; infinite where there is no variance.
    public var signalToNoise: Double { abs(mean.value) / variance.value.squareRoot() }
  }

  /// The law for K samples of a code.
  public init(of model: some LatentLine, at code: GaussianCode, samples: Int) {
    let found = ImportanceWeightedLaw.all(of: model, at: code, samples: [samples])
    self = found.first ?? ImportanceWeightedLaw(values: [], moved: [], sizes: [])
  }

  /// The laws for several K at once: what is integrated over one noise is the same for all.
  public static func all(
    of model: some LatentLine, at code: GaussianCode, samples: [Int]
  ) -> [ImportanceWeightedLaw] {
    var count = 257
    var coarse = WeightedGrid(model, code, count: count).moments(samples)
    while true {
      count = 2 * count - 1
      let fine = WeightedGrid(model, code, count: count).moments(samples)
      let moved = zip(fine, coarse).map { one, other in
        zip(one.values, other.values).map { abs($0 - $1) }
      }
      // A refinement squares the error: what is left is far below what the last one moved.
      // No number stays none.
      let settled = zip(moved, fine).allSatisfy { moved, fine in
        zip(moved, fine.sizes).allSatisfy { $0 <= 1e-10 * $1 } || moved.contains(where: \.isNaN)
      }
      // Where q is wide, log w runs over up to 1e5 units, and 2^18 points are a few a unit.
      if settled || count > 1 << 17 {
        return zip(moved, fine).map {
          ImportanceWeightedLaw(values: $1.values, moved: $0, sizes: $1.sizes)
        }
      }
      coarse = fine
    }
  }

  private init(values: [Double], moved: [Double], sizes: [Double]) {
    let found = (0..<9).map { index in
      guard sizes.indices.contains(index) else { return QuadratureValue(.nan, errorBound: 0) }
      return QuadratureValue(
        values[index], errorBound: moved[index] + 64 * Double.ulpOfOne * sizes[index])
    }
    bound = found[0]
    gradient = [
      Moments(mean: found[1], variance: found[3]), Moments(mean: found[2], variance: found[4]),
    ]
    doublyReparameterised = [
      Moments(mean: found[5], variance: found[7]), Moments(mean: found[6], variance: found[8]),
    ]
  }
}
