public import GSL
public import Models
public import Probability

/// Laplace's approximation for a chain of counts: every step of Newton's method is Kalman's smoother.
///
/// The parabola that touches log p(y_t|z) at a guess z_t is a potential of a normal chain: a pseudo-observation
/// z_t + (y_t − λ_t)/λ_t with the variance 1/λ_t. The smoothed means are the next guess. At the mode
///
/// ```
/// log p(y) ≈ log Z + Σ_t [log p(y_t|ẑ_t) − ψ_t(ẑ_t)]     Z of the chain with the potentials ψ_t
/// ```
/// which is Laplace's evidence without a determinant. References: Paninski and others 2010; Macke and others 2011.
public struct ChainLaplace: Sendable {
  /// ẑ_t.
  public let mode: [Double]
  /// The law of the normal chain at the mode: its states are q(z_t).
  public let law: GaussianChainLaw
  /// Laplace's log-evidence.
  public let logEvidence: Double
  /// How many times the smoother was run.
  public let steps: Int

  /// By smoothing until the means stand still; a step that does not climb is halved.
  public init(of model: PoissonChain) throws(GSLError) {
    // No further up than where the rate is the count: there every parabola is wide enough.
    var states = model.counts.map { log(Double($0) + 0.5) - model.offset }
    var (steps, isClose) = (0, false)
    var law = try model.smoothed(around: states)
    while steps < 10_000 {
      let means = law.chain.potentials.indices.map { law.state(at: $0).mean[0] }
      let step = zip(means, states).map { $0 - $1 }
      let largest = step.reduce(0) { max($0, abs($1)) }
      var scale = 1.0
      if largest > 0.3 {
        let here = model.logJoint(states)
        func moved() -> [Double] { zip(states, step).map { $0 + scale * $1 } }
        while model.logJoint(moved()) < here && scale > 1e-18 { scale /= 2 }
      }
      states = zip(states, step).map { $0 + scale * $1 }
      law = try model.smoothed(around: states)
      steps += 1
      if isClose { break }
      isClose = largest < 1e-9
    }
    (mode, self.law, self.steps) = (states, law, steps)
    var sum = CompensatedSum([law.logPartition])
    for (t, z) in states.enumerated() {
      let potential = model.potential(at: t, z)
      sum.add(model.logLikelihood(at: t, z))
      sum.add(-(potential.linear * z - 0.5 * potential.precision * z * z))
    }
    logEvidence = sum.value
  }
}

extension PoissonChain {
  // listing: 09 poisson-chain
  /// h and J of the parabola h z − ½ J z² that touches log p(y|z) at a state, but for a constant.
  package static func parabola(
    of count: Int, offset: Double, touchingAt z: Double
  ) -> (linear: Double, precision: Double) {
    let rate = exp(z + offset)
    return (Double(count) - rate + rate * z, rate)
  }

  /// The normal chain with parabolas in the place of the counts.
  package func smoothed(
    with parabolas: [(linear: Double, precision: Double)]
  ) throws(GSLError) -> GaussianChainLaw {
    guard let chain = chain(potentials: parabolas) else {
      throw GSLError("ChainLaplace", .notPositiveDefinite, arguments: "rates: \(parabolas)")
    }
    return GaussianChainLaw(chain)
  }

  /// One of Newton's steps on log p(y, z): its means are the next states.
  fileprivate func smoothed(around states: [Double]) throws(GSLError) -> GaussianChainLaw {
    try smoothed(with: states.enumerated().map { potential(at: $0, $1) })
  }
  // end of listing

  fileprivate func potential(at step: Int, _ z: Double) -> (linear: Double, precision: Double) {
    PoissonChain.parabola(of: counts[step], offset: offset, touchingAt: z)
  }
}
