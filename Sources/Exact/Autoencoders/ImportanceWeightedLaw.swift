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

  /// The laws for K samples of a code.
  public init(of model: some LatentLine, at code: GaussianCode, samples: Int) {
    var count = 513
    var coarse = WeightedGrid(model, code, count: count).moments(samples)
    while true {
      count = 2 * count - 1
      let fine = WeightedGrid(model, code, count: count).moments(samples)
      let moved = zip(fine.values, coarse.values).map { abs($0 - $1) }
      let settled = zip(moved, fine.sizes).allSatisfy { $0 <= 1e-12 * ($1 + 1e-300) }
      if settled || count > 1 << 15 {
        let found = fine.values.indices.map {
          QuadratureValue(
            fine.values[$0], errorBound: moved[$0] + 256 * Double.ulpOfOne * fine.sizes[$0])
        }
        bound = found[0]
        gradient = [
          Moments(mean: found[1], variance: found[3]), Moments(mean: found[2], variance: found[4]),
        ]
        doublyReparameterised = [
          Moments(mean: found[5], variance: found[7]), Moments(mean: found[6], variance: found[8]),
        ]
        return
      }
      coarse = fine
    }
  }
}

/// Weights and derivatives at equally spaced noises.
private struct WeightedGrid {
  private var masses: [Double] = []
  /// log w − log of their scale.
  private var logs: [Double] = []
  private var scale = 0.0
  /// a: the total derivatives; b: what remains of them without the score.
  private var total: [[Double]] = [[], []]
  private var path: [[Double]] = [[], []]

  init(_ model: some LatentLine, _ code: GaussianCode, count: Int) {
    let (reach, sigma) = (14.0, code.deviation)
    let spacing = 2 * reach / Double(count - 1)
    for node in 0..<count {
      let noise = -reach + spacing * Double(node)
      let z = code.latent(noise)
      let slope = model.jointSlope(z)
      masses.append(spacing * exp(-0.5 * noise * noise) / sqrt(2 * Double.pi))
      logs.append(model.signal(z, under: code))
      total[0].append(slope)
      total[1].append(slope * sigma * noise + 1)
      path[0].append(slope + noise / sigma)
      path[1].append((slope + noise / sigma) * sigma * noise)
    }
    // log E w: the weights are near one where they matter.
    scale = logSumExp(zip(masses, logs).map { log($0) + $1 })
    logs = logs.map { $0 - scale }
  }

  /// Bound, two means and variances of the gradient, two of the doubly reparameterised one; and the
  /// sizes by which their errors are measured.
  func moments(_ samples: Int) -> (values: [Double], sizes: [Double]) {
    if samples <= 1 { return single() }
    let k = Double(samples)
    // The mean of the plain estimator first: weights add up to one, so a − mean can be averaged.
    let means = integrals(samples, shift: [0, 0])
    let centred = integrals(samples, shift: [means.plain[0], means.plain[1]])
    let bound = scale + means.logSum - log(k)
    let variances = (0..<2).map { max(0, centred.plainSquares[$0]) }
    let doubleVariances = (0..<2).map {
      max(0, means.doubleSquares[$0] - means.double[$0] * means.double[$0])
    }
    var (values, sizes) = ([bound], [1 + abs(bound)])
    values += means.plain
    values += variances
    values += means.double
    values += doubleVariances
    sizes += means.plainSquares.map { $0.squareRoot() }
    sizes += centred.plainSquares
    sizes += means.doubleSquares.map { $0.squareRoot() }
    sizes += means.doubleSquares
    return (values, sizes)
  }

  private struct Integrals {
    var logSum = 0.0
    var plain = [0.0, 0.0]
    var plainSquares = [0.0, 0.0]
    var double = [0.0, 0.0]
    var doubleSquares = [0.0, 0.0]
  }

  /// All integrals over u, those of a with `shift` subtracted.
  private func integrals(_ samples: Int, shift: [Double]) -> Integrals {
    let (k, step) = (Double(samples), 0.25)
    let pairs = k * (k - 1)
    var found = Integrals()
    // E w = 1 by scaling: left of −42 every integrand is below K e^−42 of what matters.
    var u = -42 - log(k)
    while u < 1e6 {
      let inner = innerMeans(u, shift)
      let t = exp(u)
      let most = pow(inner.phi, k)
      let rest = pow(inner.phi, k - 1)
      let pair = samples == 2 ? 1 : pow(inner.phi, k - 2)
      found.logSum += step * (exp(-t) - most)
      for d in 0..<2 {
        found.plain[d] += step * k * inner.plain[d] * rest
        found.plainSquares[d] +=
          step * (k * inner.plainSquares[d] * rest + pairs * inner.plain[d] * inner.plain[d] * pair)
        found.double[d] += step * k * inner.double[d] * rest
        found.doubleSquares[d] +=
          step / 6
          * (k * inner.doubleSquares[d] * rest
            + pairs * inner.double[d] * inner.double[d] * pair)
      }
      if u > 6, inner.remaining < 1e-19 { break }
      u += step
    }
    return found
  }

  /// φ(t) and the means over one noise, at t = e^u.
  private func innerMeans(_ u: Double, _ shift: [Double]) -> InnerMeans {
    var found = InnerMeans()
    for i in masses.indices {
      let exponent = logs[i] + u
      // e^−y is nothing beyond.
      if exponent > 6.7 { continue }
      let y = exp(exponent)
      let survived = masses[i] * exp(-y)
      found.phi += survived
      let once = survived * y
      let twice = once * y
      for d in 0..<2 {
        let (a, b) = (total[d][i] - shift[d], path[d][i])
        found.plain[d] += once * a
        found.plainSquares[d] += twice * a * a
        found.double[d] += twice * b
        found.doubleSquares[d] += twice * y * y * b * b
      }
      found.remaining += survived
    }
    return found
  }

  private struct InnerMeans {
    var phi = 0.0
    var remaining = 0.0
    var plain = [0.0, 0.0]
    var plainSquares = [0.0, 0.0]
    var double = [0.0, 0.0]
    var doubleSquares = [0.0, 0.0]
  }

  /// One sample: plain means over one noise.
  private func single() -> (values: [Double], sizes: [Double]) {
    func mean(_ values: [Double]) -> Double {
      var sum = CompensatedSum()
      for (mass, value) in zip(masses, values) { sum.add(mass * value) }
      return sum.value
    }
    func spread(_ values: [Double]) -> Double {
      let centre = mean(values)
      return mean(values.map { ($0 - centre) * ($0 - centre) })
    }
    let both = total + path
    let (means, variances) = (both.map(mean), both.map(spread))
    let squares: [Double] = zip(means, variances).map { $0 * $0 + $1 }
    let roots: [Double] = squares.map { $0.squareRoot() }
    let bound = mean(logs) + scale
    var (values, sizes) = ([bound], [1 + abs(bound)])
    for pair in [0..<2, 2..<4] {
      values += means[pair]
      values += variances[pair]
      sizes += roots[pair]
      sizes += squares[pair]
    }
    return (values, sizes)
  }
}
