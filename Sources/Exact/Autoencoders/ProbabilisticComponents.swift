public import GSL
public import Probability

/// Probabilistic principal components, the linear autoencoder whose posterior is known.
///
/// ```
/// z ~ N(0, I_K),   x|z ~ N(W z, v I_D)
/// p(x) = N(x; 0, C),   C = W Wᵀ + v I        p(z|x) = N(M⁻¹ Wᵀ x, v M⁻¹),   M = Wᵀ W + v I
/// ```
/// Tipping and Bishop 1999, "Probabilistic principal component analysis".
public struct ProbabilisticComponents: Sendable, Equatable {
  /// W, a row of K numbers for each of the D outputs.
  public let weights: [[Double]]
  /// v.
  public let noise: Double

  /// A line, plane or more for each row of weights, all of one length; the noise is positive.
  public init(weights: [[Double]], noise: Double) throws(GSLError) {
    let columns = weights.first?.count ?? 0
    guard columns > 0, weights.allSatisfy({ $0.count == columns && $0.allSatisfy(\.isFinite) })
    else {
      throw GSLError(
        "ProbabilisticComponents",
        .badArgument("expected rows of finite weights, all of one length"))
    }
    guard noise > 0, noise.isFinite else {
      throw GSLError(
        "ProbabilisticComponents", .badArgument("expected a positive noise, found \(noise)"))
    }
    self.weights = weights
    self.noise = noise
  }

  /// D.
  public var outputCount: Int { weights.count }
  /// K.
  public var latentCount: Int { weights.first?.count ?? 0 }

  /// p(x) = N(0, C).
  public var evidence: Gaussian {
    get throws(GSLError) {
      let products = weights.indices.map { i in
        weights.indices.map { j in dot(weights[i], weights[j]) + (i == j ? noise : 0) }
      }
      return try Gaussian(
        mean: [Double](repeating: 0, count: outputCount), covariance: products.flatMap { $0 })
    }
  }

  /// log p(x), by the D × D matrix C.
  public func logEvidence(of x: [Double]) throws(GSLError) -> Double {
    try check(x)
    return try evidence.logDensity(x)
  }

  /// log p(x) by the K × K matrix M, which is another route.
  ///
  /// ```
  /// log |C| = log |M| + (D − K) log v,    xᵀ C⁻¹ x = (xᵀ x − xᵀ W M⁻¹ Wᵀ x)/v
  /// ```
  public func logEvidenceByLatents(of x: [Double]) throws(GSLError) -> Double {
    try check(x)
    let (seen, inner) = (read(x), self.inner)
    let solved = try LinearAlgebra.choleskySolve(order: latentCount, inner, right: seen)
    let logDeterminant =
      try LinearAlgebra.logDeterminant(order: latentCount, inner).logMagnitude
      + Double(outputCount - latentCount) * log(noise)
    let square = (dot(x, x) - dot(seen, solved)) / noise
    return -0.5 * (Double(outputCount) * log(2 * Double.pi) + logDeterminant + square)
  }

  /// p(z|x).
  public func posterior(of x: [Double]) throws(GSLError) -> Gaussian {
    try check(x)
    let inverse = try LinearAlgebra.inverse(order: latentCount, inner)
    let seen = read(x)
    let mean = (0..<latentCount).map { k in
      dot(Array(inverse[(k * latentCount)..<((k + 1) * latentCount)]), seen)
    }
    return try Gaussian(mean: mean, covariance: inverse.map { noise * $0 })
  }

  /// W z.
  public func decoded(_ z: [Double]) -> [Double] { weights.map { dot($0, z) } }

  /// Wᵀ x.
  private func read(_ x: [Double]) -> [Double] {
    (0..<latentCount).map { k in zip(weights, x).reduce(0) { $0 + $1.0[k] * $1.1 } }
  }

  /// M, row by row.
  private var inner: [Double] {
    (0..<latentCount).flatMap { k in
      (0..<latentCount).map { l in
        weights.reduce(k == l ? noise : 0) { $0 + $1[k] * $1[l] }
      }
    }
  }

  private func check(_ x: [Double]) throws(GSLError) {
    guard x.count == outputCount else {
      throw GSLError(
        "ProbabilisticComponents",
        .badArgument("expected \(outputCount) numbers, found \(x.count)"))
    }
  }
}

// MARK: The highest likelihood

extension ProbabilisticComponents {
  /// The weights of highest likelihood for data with these second moments E[x xᵀ], at a given noise.
  ///
  /// ```
  /// W = U (Λ − v I)^½
  /// ```
  /// with the K largest eigenvalues, ascending, and their eigenvectors as the columns of U. An eigenvalue
  /// below the noise has the weight zero.
  public init(fitting moments: [[Double]], latentCount: Int, noise: Double) throws(GSLError) {
    let count = moments.count
    guard (1...max(1, count)).contains(latentCount) else {
      throw GSLError(
        "ProbabilisticComponents",
        .badArgument("expected 1 to \(count) latents, found \(latentCount)"))
    }
    let system = try LinearAlgebra.symmetricEigen(order: count, moments.flatMap { $0 })
    let kept = (count - latentCount)..<count
    try self.init(
      weights: (0..<count).map { row in
        kept.map { k in
          sqrt(max(0, system.values[k] - noise)) * system.vectors[row * count + k]
        }
      }, noise: noise)
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}
