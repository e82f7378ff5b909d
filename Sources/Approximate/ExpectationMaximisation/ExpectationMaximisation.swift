import GSL
public import Models
public import Probability

// EM is coordinate ascent on one function of two arguments (Neal and Hinton 1998):
//
//   F(q, θ) = Σ_n E_{q_n}[log p(x_n, z_n | θ)] + H(q_n) = log p(x | θ) − Σ_n KL(q_n‖p(z_n | x_n, θ))
//
// The E-step maximises over q: the divergence becomes zero and F touches log p(x | θ). The M-step
// maximises over θ with q held: F rises, and log p(x | θ), which lies above it, has to rise by
// at least as much.
//
// Reference: Dempster, Laird and Rubin 1977; Neal and Hinton 1998, "A view of the EM algorithm".

/// A mixture whose expected log joint can be maximised in closed form.
public protocol MaximisableMixture: Mixture {
  /// The M-step: argmax over θ of Σ_n Σ_k r_nk log p(x_n, z = k | θ).
  func maximised(by responsibilities: [[Double]], over data: [Datum]) throws(ModelError) -> Self
}

extension Mixture {
  // listing: 00 expectation-maximisation
  /// The E-step: r_nk = p(z_n = k | x_n, θ), a list a datum.
  public func responsibilities(for data: [Datum]) -> [[Double]] {
    data.map { datum in
      let logJoints = (0..<componentCount).map { logJoint($0, datum) }
      let normaliser = logSumExp(logJoints)
      return logJoints.map { exp($0 - normaliser) }
    }
  }
  // end of listing

  /// F(q, θ), the ELBO of all data.
  public func freeEnergy(under responsibilities: [[Double]], of data: [Datum]) -> LowerBound {
    var total = 0.0
    for (q, datum) in zip(responsibilities, data) {
      total += expectation(under: q) { logJoint($0, datum) - log(q[$0]) }
    }
    return LowerBound(total)
  }

  /// log p(x, z = k | θ).
  func logJoint(_ component: Int, _ datum: Datum) -> Double {
    log(weights[component]) + logLikelihood(component, datum)
  }
}

/// What one sweep of EM did: where it started, and the bound after each of its halves.
public struct EMSweep<Model: Sendable>: Sendable {
  /// The parameters before the sweep.
  public let before: Model
  /// q after the E-step.
  public let responsibilities: [[Double]]
  /// F(q, θ) after the E-step: equal to log p(x | θ) of `before`.
  public let boundAfterE: LowerBound
  /// The parameters after the M-step.
  public let after: Model
  /// F(q, θ) after the M-step: below log p(x | θ) of `after` by what the next E-step will gain.
  public let boundAfterM: LowerBound
}

extension MaximisableMixture {
  /// One E-step and one M-step.
  public func sweep(_ data: [Datum]) throws(ModelError) -> EMSweep<Self> {
    let responsibilities = responsibilities(for: data)
    let after = try maximised(by: responsibilities, over: data)
    return EMSweep(
      before: self, responsibilities: responsibilities,
      boundAfterE: freeEnergy(under: responsibilities, of: data), after: after,
      boundAfterM: after.freeEnergy(under: responsibilities, of: data))
  }

  /// A number of sweeps, each from where the last one ended.
  public func sweeps(_ count: Int, over data: [Datum]) throws(ModelError) -> [EMSweep<Self>] {
    var done: [EMSweep<Self>] = []
    for _ in 0..<max(0, count) {
      done.append(try (done.last?.after ?? self).sweep(data))
    }
    return done
  }
}
