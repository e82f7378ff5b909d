import GSL
public import Models
import Probability

/// The mean and covariance of one score-function term, by formula over all states of q.
///
/// ```
/// t_d(z) = (f(z) − c_d) (z_d − b_d)        E[t_d] = ∂ELBO/∂logit_d
/// Cov[t]_ij = E_q[(f − c_i)(f − c_j) s_i s_j] − E[t_i] E[t_j]
/// ```
/// With S independent samples the mean stays and the covariance is divided by S.
public struct ExactScoreLaw: Sendable, Equatable {
  /// E[t].
  public let mean: [Double]
  /// Cov[t].
  public let covariance: [[Double]]
  /// E|t_i t_j|: the terms against which the rounding of a covariance is measured.
  public let magnitude: Double

  /// The law under a q with the given probabilities and baselines; f must be finite where q > 0.
  public init(factorised b: [Double], baselines: [Double], of model: some BinaryLatentModel) {
    let q = BernoulliFactors(b)
    let weights = q.stateProbabilities
    let terms = zip(weights, q.states).map { weight, z in
      let signal = weight > 0 ? model.signal(z, under: q) : 0
      return b.indices.map { (signal - baselines[$0]) * (z[$0] - b[$0]) }
    }
    func expectation(_ value: ([Double]) -> Double) -> Double {
      CompensatedSum(zip(weights, terms).map { $0 * value($1) }).value
    }
    let mean = b.indices.map { d in expectation { $0[d] } }
    self.mean = mean
    covariance = b.indices.map { i in
      b.indices.map { j in expectation { ($0[i] - mean[i]) * ($0[j] - mean[j]) } }
    }
    magnitude = b.indices.map { d in expectation { $0[d] * $0[d] } }.max() ?? 0
  }

  /// The sum of the variances.
  public var covarianceTrace: Double { covariance.indices.reduce(0) { $0 + covariance[$1][$1] } }
}
