import GSL
package import Probability

/// A state that was proposed, with what it weighs.
package struct Particle<State: Sendable>: Sendable {
  /// z_t.
  package let state: State
  /// log of p(z_t, x_t | z_(t−1)) / q(z_t | z_(t−1)); −∞ where the model excludes it.
  package let logWeight: Double

  /// A proposal with its weight.
  package init(_ state: State, logWeight: Double) {
    self.state = state
    self.logWeight = logWeight
  }
}

/// What a run of a particle filter says of a sequence.
package struct ParticleRun<State: Sendable>: Sendable {
  /// log Ẑ = Σ_t log (1/N) Σ_n w_tn; −∞ for a run that died out.
  package let logEvidence: Double
  /// The last particles with their normalised weights; nil for a run that died out.
  package let last: WeightedDraws<Particle<State>>?
  /// How many particles of equal weight would say as much as those of each step.
  package let effectiveSizes: [Double]
}

/// A particle filter: sequential importance sampling, with resampling before each new step.
///
/// ```
/// a_tn ~ w̄_(t−1),   z_tn ~ q(z_t | z_(t−1)^(a_tn)),   w_tn = p(z_tn, x_t | z_(t−1)^(a_tn)) / q(z_tn | …)
/// Ẑ = Π_t (1/N) Σ_n w_tn,     E[Ẑ] = p(x_0 … x_(T−1)) for every N and every q that covers p
/// ```
/// A run whose weights are all zero at a step has died out: Ẑ = 0, and that is part of the mean.
/// Reference: Gordon, Salmond and Smith 1993; Del Moral 2004, chapter 7.
package struct ParticleFilter: Sendable {
  /// N.
  package let particles: Int
  /// T.
  package let steps: Int
  /// How ancestors are drawn.
  package let resampling: Resampling

  /// A filter of so many particles over so many steps.
  package init(particles: Int, steps: Int, resampling: Resampling = .multinomial) {
    self.particles = particles
    self.steps = steps
    self.resampling = resampling
  }

  // listing: 10 particle-filter
  /// A run: `move` proposes the state of a step, given that of the ancestor.
  package func run<State: Sendable, Choices: DiscreteChoices>(
    _ choices: inout Choices,
    move: (_ step: Int, _ from: State?, inout Choices) throws(ChoiceError) -> Particle<State>
  ) throws(ChoiceError) -> ParticleRun<State> {
    var (logEvidence, sizes) = (0.0, [Double]())
    var cloud: WeightedDraws<Particle<State>>?
    for step in 0..<steps {
      let parents = try parents(of: cloud, &choices)
      var next: [Particle<State>] = []
      for parent in parents { next.append(try move(step, parent, &choices)) }
      let weighted = WeightedDraws(next, logWeight: \.logWeight)
      logEvidence += weighted.bound
      guard weighted.bound > -.infinity else { return died(sizes) }
      sizes.append(weighted.effectiveSampleSize)
      cloud = weighted
    }
    return ParticleRun(logEvidence: logEvidence, last: cloud, effectiveSizes: sizes)
  }
  // end of listing

  /// The states that the next particles come from; none before the first step.
  private func parents<State, Choices: DiscreteChoices>(
    of cloud: WeightedDraws<Particle<State>>?, _ choices: inout Choices
  ) throws(ChoiceError) -> [State?] {
    guard let cloud else { return [State?](repeating: nil, count: particles) }
    return try resampling.ancestors(cloud.weights, &choices).map { cloud.draws[$0].state }
  }

  private func died<State>(_ sizes: [Double]) -> ParticleRun<State> {
    ParticleRun(logEvidence: -.infinity, last: nil, effectiveSizes: sizes + [0])
  }
}
