public import GSL
public import Models
public import Probability

/// Mean field for a switching linear dynamical system that keeps both structures: q(x)·q(s), each a chain.
///
/// ```
/// q(x) ∝ exp E_q(s)[log p(y, x, s)]        a Gaussian chain
/// q(s) ∝ exp E_q(x)[log p(y, x, s)]        a Markov chain
/// ```
/// Either is the best for the other, so that the ELBO never falls. Where it ends depends on where it starts.
/// Reference: Ghahramani and Hinton 2000, section 4.
public struct StructuredMeanField: Sendable {
  /// The system with what was observed.
  public let sequence: SwitchingSequence
  let modes: [SwitchedDynamics]

  /// The problem of one sequence; the noise of every state of the chain has to have an inverse.
  public init(of sequence: SwitchingSequence) throws(ModelError) {
    self.sequence = sequence
    var modes: [SwitchedDynamics] = []
    for (k, system) in sequence.system.systems.enumerated() {
      do throws(GSLError) { modes.append(try SwitchedDynamics(system)) } catch {
        throw ModelError("states[\(k)].dynamicsNoise", "expected a positive definite matrix")
      }
    }
    self.modes = modes
  }

  /// The best q(x) for a q(s).
  public func trajectories(given switches: SwitchFactor) throws(GSLError) -> TrajectoryFactor {
    try TrajectoryFactor(of: sequence, modes, under: switches)
  }

  /// The best q(s) for a q(x).
  public func switches(given trajectories: TrajectoryFactor) throws(GSLError) -> SwitchFactor {
    try switches(under: trajectories.expectedLogDynamics)
  }

  /// q(s) from log potentials of the states from step 1 on, by forward–backward.
  private func switches(under potentials: [[Double]]) throws(GSLError) -> SwitchFactor {
    let system = sequence.system
    let steps = system.transition.map { $0.map(log) }
    let chain = ChainPotentials(
      checkedNodes: [system.initialState.map(log)] + potentials,
      edges: potentials.map { _ in steps })
    guard let law = ChainLaw(chain) else {
      throw GSLError("StructuredMeanField", .overflow, arguments: "log potentials of all states")
    }
    return SwitchFactor(law)
  }

  /// The bound for any pair of factors, whether they are the best for each other or not.
  ///
  /// ```
  /// ELBO = freeTerm + Σ_t Σ_k q(s_t = k) E_q(x)[log N(x_t; A_k·x_{t−1}, Q_k)] − KL(q(s)‖p(s))
  /// ```
  public func elbo(
    of trajectories: TrajectoryFactor, _ switches: SwitchFactor
  ) -> LowerBound {
    var sum = CompensatedSum([trajectories.freeTerm, -switches.divergence(from: sequence.system)])
    for (row, weights) in zip(trajectories.expectedLogDynamics, switches.marginals.dropFirst()) {
      for (mean, weight) in zip(row, weights) where weight > 0 { sum.add(weight * mean) }
    }
    return LowerBound(sum.value)
  }
}

extension StructuredMeanField {
  /// Both halves of a sweep.
  public struct Sweep: Sendable {
    /// q(x), set first.
    public let trajectories: TrajectoryFactor
    /// q(s), set after it.
    public let switches: SwitchFactor
    /// The bound between the halves.
    public let afterTrajectories: LowerBound
    /// The bound at the end.
    public let afterSwitches: LowerBound
  }

  /// Sets q(x), then q(s); where states are taken as known, q(x) is set for the most probable ones.
  public func sweep(
    from switches: SwitchFactor, takingStatesAsKnown: Bool = false
  ) throws(GSLError) -> Sweep {
    let trajectories = try trajectories(
      given: takingStatesAsKnown ? switches.mostProbable : switches)
    let next = try self.switches(given: trajectories)
    return Sweep(
      trajectories: trajectories, switches: next,
      afterTrajectories: elbo(of: trajectories, switches),
      afterSwitches: elbo(of: trajectories, next))
  }

  /// Sweep after sweep.
  package func sweeps(
    _ count: Int, from start: SwitchFactor, takingStatesAsKnown: Bool = false
  ) throws(GSLError) -> [Sweep] {
    var sweeps: [Sweep] = []
    for _ in 0..<count {
      sweeps.append(
        try sweep(
          from: sweeps.last?.switches ?? start, takingStatesAsKnown: takingStatesAsKnown))
    }
    return sweeps
  }
}

extension StructuredMeanField {
  /// q(s) as draws of x estimate it: their log potentials are averaged, then messages are passed.
  ///
  /// ```
  /// q̂(s) ∝ p(s) exp((1/S) Σ_i Σ_t log N(x_t^i; A_{s_t}·x_{t−1}^i, Q_{s_t}))
  /// ```
  /// The exponent is unbiased, what is made of it is not: its exponential is taken, and its sum divided by.
  ///
  /// - Parameter draws: x_0 … x_{T−1} for each of at least one draw.
  /// - Returns: the factor that these potentials make.
  /// - Throws: what a chain throws of which every path is impossible.
  public func switches(fromDraws draws: [[[Double]]]) throws(GSLError) -> SwitchFactor {
    try switches(under: potentials(fromDraws: draws))
  }

  /// (1/S) Σ_i log N(x_t^i; A_k·x_{t−1}^i, Q_k), a row for each t from 1 on.
  package func potentials(fromDraws draws: [[[Double]]]) -> [[Double]] {
    // listing: 09 from-draws
    (1..<max(1, sequence.length)).map { t in
      modes.map { mode in
        draws.reduce(0) { sum, draw in
          let pair = StateBelief(mean: draw[t - 1] + draw[t], covariance: [])
          return sum + mode.ofPairs.mean(under: pair)
        } / Double(draws.count)
      }
    }
    // end of listing
  }
}
