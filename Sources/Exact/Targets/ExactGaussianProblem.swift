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
    guard samples > 1 else { return try oneDraw(problem) }
    guard problem.dimension == 1 else {
      throw ChoiceError.noRule(
        "bounds of several draws are integrated on the line, not in the plane")
    }
    let found = try settledMoments(limits: ChoiceLimits()) { level, limits in
      let rule = NormalNoise().rule(level: level)
      let points = rule.points.map { problem.point(at: [$0]) }
      return try weightedMoments(limits: limits) { visit in
        try forEachMultiset(of: rule, samples) { indices, weight in
          let draws = indices.map { points[$0] }
          let f = draws.map(\.signal)
          let total = logSumExp(f)
          let bound = total - log(Double(samples))
          var sums = [Double](repeating: 0, count: problem.parameterCount)
          for (k, draw) in draws.enumerated() {
            for d in sums.indices { sums[d] += (bound - exp(f[k] - total)) * draw.score[d] }
          }
          try visit([bound] + sums, weight)
        }
        return samples
      }
    }
    return (found.moments.mean[0], Array(found.moments.mean.dropFirst()))
  }

  /// E[f] and E[f s] over all coordinates of one draw.
  private static func oneDraw(
    _ problem: GaussianProblem
  ) throws -> (value: Double, gradient: [Double]) {
    let found = try settledMoments { choices in
      var noise: [Double] = []
      for _ in 0..<problem.dimension { noise.append(try choices.standardNormal()) }
      let point = problem.point(at: noise)
      return [point.signal] + point.score.map { point.signal * $0 }
    }
    return (found.moments.mean[0], Array(found.moments.mean.dropFirst()))
  }
}
