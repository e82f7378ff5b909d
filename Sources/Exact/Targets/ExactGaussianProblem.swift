import GSL
public import Models
import Probability

/// What is true of a Gaussian problem, by quadrature over its noise and over the plane.
///
/// Means under q are sums over rules that are refined until they settle; every gradient is taken in
/// one way alone, by scores, whatever an estimator does.
public struct ExactGaussianProblem: Sendable {
  /// The problem.
  public let problem: GaussianProblem
  /// E_q[f].
  public let value: Double
  /// ∇E_q[f] = E_q[f s].
  public let gradient: [Double]

  /// The truth about a problem.
  public init(_ problem: GaussianProblem) throws {
    self.problem = problem
    let sums = try Self.bound(problem, samples: 1)
    (value, gradient) = (sums.value, sums.gradient)
  }

  /// log ∫ p(x, z) dz; nil where there is no joint, or where it has no integral.
  public func logEvidence() throws -> Double? {
    problem.isLogJoint ? try TiltedGaussian(problem, q: 0, p: 1).moments()?.logTotal : nil
  }

  /// E[L_K].
  public func bound(samples: Int) throws -> Double {
    try Self.bound(problem, samples: samples).value
  }

  /// The exact gradient of what an estimator aims at; nil where there is none.
  public func gradient(of target: GradientTarget) throws -> [Double]? {
    switch target {
    case .objective: return gradient
    case .bound(let samples): return try Self.bound(problem, samples: samples).gradient
    case .inclusive: return try TiltedGaussian(problem, q: 0, p: 1).moments()?.score
    case .renyi(let alpha):
      // ∇log E_q[w^(1−α)]/(1−α): with π ∝ q^α p^(1−α), where only q moves, α E_π[s]/(1−α).
      let tilted = try TiltedGaussian(problem, q: alpha, p: 1 - alpha).moments()
      return tilted?.score.map { alpha / (1 - alpha) * $0 }
    case .mixedBound(let samples, let share):
      let bound = try Self.bound(problem, samples: samples).gradient
      return zip(gradient, bound).map { share * $0 + (1 - share) * $1 }
    case .dream, .thermodynamic, .secondDerivative: return nil
    }
  }

  /// E[L_K] and ∇E[L_K] = E Σ_k (L − v_k) s_k, where E[v_k s_k] is what L itself depends on q by; for
  /// one draw of a fixed f, E[f] and E[f s].
  private static func bound(
    _ problem: GaussianProblem, samples: Int
  ) throws -> (value: Double, gradient: [Double]) {
    let found = try settledMoments(limits: ChoiceLimits()) { level, limits in
      let line = NormalNoise().rule(level: level)
      let rule = power(line, problem.dimension)
      let points = rule.points.map { problem.point(at: $0) }
      return try weightedMoments(limits: limits) { visit in
        try forEachMultiset(of: rule, samples) { indices, weight in
          let draws = indices.map { points[$0] }
          let f = draws.map(\.signal)
          let total = logSumExp(f)
          let bound = samples == 1 ? f[0] : total - log(Double(samples))
          var sums = [Double](repeating: 0, count: problem.parameterCount)
          for (k, draw) in draws.enumerated() {
            // A single draw has v = 1, and E[s] = 0.
            let signal = samples == 1 ? f[0] : bound - exp(f[k] - total)
            for d in sums.indices { sums[d] += signal * draw.score[d] }
          }
          try visit([bound] + sums, weight)
        }
        return samples
      }
    }
    return (found.moments.mean[0], Array(found.moments.mean.dropFirst()))
  }

  /// The rule of D independent copies of a noise.
  private static func power(_ rule: NoiseRule<Double>, _ count: Int) -> NoiseRule<[Double]> {
    var nodes: [(point: [Double], weight: Double)] = [([], 1)]
    for _ in 0..<count {
      nodes = nodes.flatMap { node in
        zip(rule.points, rule.weights).map { (node.point + [$0], node.weight * $1) }
      }
    }
    return NoiseRule(nodes.filter { $0.weight > 1e-32 })
  }
}
