package import GSL
package import Probability

/// A conjugate prior of latents, with inference by messages once a potential ψ_n(x_n) is known of each.
///
/// The natural parameters η of the global factor q(θ) and the expected statistics t̄ of the local ones are in
/// the same coordinates, so that E_q[log p(z, x | θ)] = E_q[T(θ)] · t̄ + constant.
/// Reference: Johnson et al 2016, section 4.
package protocol LatentStructure: Sendable {
  /// The law of θ.
  associatedtype Globals: ExponentialFamily
  /// The factors of the latents.
  associatedtype Local: LocalFactors
  /// p(θ).
  var prior: Globals { get }
  /// The global factor with natural parameters η.
  func globals(_ naturalParameters: [Double]) throws(GSLError) -> Globals
  /// The local factors that maximise the surrogate under a global factor, reached from others.
  func local(
    _ potentials: [QuadraticPotential], under globals: Globals, from start: Local?
  ) throws(GSLError) -> Local
}

/// The local factors at the optimum of the surrogate.
package protocol LocalFactors: Sendable {
  /// q(x_n).
  var states: [GaussianFactor] { get }
  /// t̄, the expected statistics, in the coordinates of the global factor.
  var statistics: [Double] { get }
  /// E_q[log p(z, x | θ) − log q(z, x)], without potentials and without the global factors' own terms.
  var structureTerm: Double { get }
  /// How the optimum moves when the potentials do.
  func response(to tilts: [QuadraticPotential]) throws(GSLError) -> LocalResponse
}

/// The rates at which the local optimum moves.
package struct LocalResponse: Sendable, Equatable {
  /// d of the moments of each q(x_n).
  package let states: [MomentResponse]
  /// dt̄.
  package let statistics: [Double]

  /// The rates of moments and of statistics.
  package init(states: [MomentResponse], statistics: [Double]) {
    self.states = states
    self.statistics = statistics
  }
}
