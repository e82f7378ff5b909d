import GSL

/// The bound that one q(z) earns when it must serve several observations.
///
/// ```
/// argmax_q  Σ_x p(x) E_q[log p(x, z) − log q(z)]   is   q ∝ exp E_x[log p(x, z)]
/// ```
/// - Parameters:
///   - logJoints: log p(x_i, z), one row an observation.
///   - weights: how often each observation comes.
/// - Returns: the best shared q.
public func bestSharedPosterior(logJoints: [[Double]], weights: [Double]) -> [Double] {
  guard let first = logJoints.first else { return [] }
  // listing: 03 one-for-all
  let expected = first.indices.map { z in
    zip(weights, logJoints).reduce(0) { $0 + $1.0 * $1.1[z] }
  }
  let normaliser = logSumExp(expected)
  return expected.map { exp($0 - normaliser) }
  // end of listing
}

/// How many numbers must be learned for D binary latents.
public enum ParameterCount {
  /// Mean field with free factors: one number a latent and a datum.
  public static func meanField(latents: Int, data: Int) -> Int { latents * data }

  /// The inference network h = mean embedding, b = sigmoid(M h + c): V·H + D·H + D.
  public static func network(vocabulary: Int, embedding: Int, latents: Int) -> Int {
    vocabulary * embedding + latents * embedding + latents
  }
}
