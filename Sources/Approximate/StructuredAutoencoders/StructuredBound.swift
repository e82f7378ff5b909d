package import GSL
import Networks
package import Probability

/// The surrogate of a structured autoencoder at its local optimum, and the gradients of the ELBO there.
///
/// ```
/// surrogate = E_q[log p(θ) p(z, x | θ) + Σ ψ_n(x_n) − log q]       ELBO: log p(y_n | x_n) in place of ψ_n
/// ```
/// The local factors maximise the surrogate, not the ELBO. So the ELBO has a slope in them, and what moves
/// them moves the ELBO: the total derivative has a term that a partial one does not.
package struct StructuredBound<Structure: LatentStructure>: Sendable {
  /// The prior.
  package let structure: Structure
  /// q(θ).
  package let globals: Structure.Globals
  /// ψ_n, what the recognition network says of each latent.
  package let potentials: [QuadraticPotential]
  /// How often each observation counts: N/B where they are a batch of B out of N.
  package let weight: Double
  /// The local factors at their optimum.
  package let local: Structure.Local

  /// Infers the local factors.
  package init(
    _ structure: Structure, globals: Structure.Globals, potentials: [QuadraticPotential],
    weight: Double = 1, from start: Structure.Local? = nil
  ) throws(GSLError) {
    try self.init(
      structure, globals: globals, potentials: potentials, weight: weight,
      local: try structure.local(potentials, under: globals, from: start))
  }

  /// With local factors that have been inferred.
  package init(
    _ structure: Structure, globals: Structure.Globals, potentials: [QuadraticPotential],
    weight: Double = 1, local: Structure.Local
  ) throws(GSLError) {
    self.structure = structure
    self.globals = globals
    self.potentials = potentials
    self.weight = weight
    self.local = local
  }

  /// KL(q(θ)‖p(θ)).
  package func divergenceOfGlobals() throws(GSLError) -> Double {
    try globals.bregmanDivergence(from: structure.prior)
  }

  // listing: 08 surrogate
  /// What the local factors maximise; no bound of anything.
  package func surrogate() throws(GSLError) -> BiasedEstimate {
    let fit = zip(potentials, local.states).reduce(0) { $0 + $1.1.mean(of: $1.0) }
    return BiasedEstimate(weight * (local.structureTerm + fit) - (try divergenceOfGlobals()))
  }

  /// The ELBO, with E_q[log p(y_n | x_n)] of each observation in place of its potential's.
  package func elbo(expectedLogLikelihoods fit: [Double]) throws(GSLError) -> LowerBound {
    LowerBound(
      weight * (local.structureTerm + fit.reduce(0, +)) - (try divergenceOfGlobals()))
  }
  // end of listing
}

// MARK: Gradients

extension StructuredBound {
  /// η_prior + t̄ − η: the natural gradient as if the local factors did not depend on q(θ).
  ///
  /// This is what the original implementation follows. Reference: Johnson et al 2016, proposition 4.1 and
  /// the comment in `svae/svae.py` of their code.
  package var truncatedNaturalGradient: [Double] {
    zip(zip(structure.prior.naturalParameters, globals.naturalParameters), local.statistics)
      .map { $0.0 + weight * $1 - $0.1 }
  }

  /// The rest of the natural gradient of the ELBO, through the local optimum.
  ///
  /// ```
  /// ∇_e E_q[Δ] = d t̄ along Δ,     Δ_n = asked_n − ψ_n
  /// ```
  /// Both are derivatives of the surrogate's maximum, by the statistics' expectations e and by the potentials,
  /// in either order. The ordinary gradient by e is the natural gradient by η.
  /// What the decoder asks for, `asked`, is the potential of which E_q has the slopes of E_q[log p(y_n | x_n)].
  package func localTerm(asked: [QuadraticPotential]) throws(GSLError) -> [Double] {
    try local.response(to: tilts(asked)).statistics.map { weight * $0 }
  }

  /// The natural gradient of the ELBO as a function of q(θ), the local optimum following.
  package func naturalGradient(asked: [QuadraticPotential]) throws(GSLError) -> [Double] {
    zip(truncatedNaturalGradient, try localTerm(asked: asked)).map { $0 + $1 }
  }

  /// The gradient of the ELBO by each potential (h_n, J_n), all of it through the local optimum.
  ///
  /// ```
  /// ∂ELBO/∂h_n = dE[x_n] along Δ        ∂ELBO/∂J_n = −½ dE[x_n·x_nᵀ] along Δ
  /// ```
  package func potentialGradient(
    asked: [QuadraticPotential]
  ) throws(GSLError) -> [QuadraticPotential] {
    try local.response(to: tilts(asked)).states.map {
      QuadraticPotential(linear: weight * $0.mean, precision: -0.5 * weight * $0.secondMoment)
    }
  }

  /// Δ_n = asked_n − ψ_n: what the decoder would say and the recognition network does not.
  package func tilts(_ asked: [QuadraticPotential]) -> [QuadraticPotential] {
    zip(asked, potentials).map { $0 - $1 }
  }
}
