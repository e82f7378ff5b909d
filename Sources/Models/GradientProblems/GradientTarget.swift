/// What an estimator of a gradient aims at.
///
/// With w = p(x, z)/q(z), f = log w for a log joint, and L_K = log (1/K) Σ_k w_k of independent draws.
public enum GradientTarget: Sendable, Equatable {
  /// ∇E_q[f]; the ELBO of a log joint.
  case objective
  /// ∇E[L_K].
  case bound(samples: Int)
  /// E_{p(z|x)}[s] = −∇KL(p(z|x)‖q).
  case inclusive
  /// Σ_z p(x, z) s(z).
  case dream
  /// ∇Σ_i (β_{i+1} − β_i) E_{π_i}[f],  π_i ∝ p^β_i q^(1−β_i).
  case thermodynamic(partition: [Double])
  /// ∇log E_q[w^(1−α)]/(1−α).
  case renyi(alpha: Double)
  /// β ∇ELBO + (1 − β) ∇E[L_K].
  case mixedBound(samples: Int, share: Double)
  /// ∂²E_q[f]/∂θ_d², one for each d, with f fixed.
  case secondDerivative

  /// The word for it in files.
  public var word: String {
    switch self {
    case .objective: "objective"
    case .bound: "bound"
    case .inclusive: "inclusive"
    case .dream: "dream"
    case .thermodynamic: "tvo"
    case .renyi: "renyi"
    case .mixedBound: "mixed-bound"
    case .secondDerivative: "second-derivative"
    }
  }
}
