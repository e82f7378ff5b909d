package import GSL
package import Models
package import Probability

extension LatentMixture: LatentStructure {
  /// p(π, μ, Σ).
  package var prior: MixtureParameters { parameters }

  /// q(π, μ, Σ) with natural parameters η.
  package func globals(_ naturalParameters: [Double]) throws(GSLError) -> MixtureParameters {
    try MixtureParameters(naturalParameters: naturalParameters, components: componentCount)
  }

  /// The factors of each point by coordinate ascent; without a start, from the responsibilities that the
  /// weights have by themselves and a mean-free look at each potential.
  package func local(
    _ potentials: [QuadraticPotential], under globals: MixtureParameters,
    from start: MixtureLocals? = nil
  ) throws(GSLError) -> MixtureLocals {
    let messages = try ComponentMessages(globals)
    if let start {
      return try MixtureLocals(potentials, messages, from: start.responsibilities)
    }
    let equal = [Double](
      repeating: 1 / Double(componentCount), count: componentCount)
    return try MixtureLocals(potentials, messages, from: potentials.map { _ in equal })
  }

  /// The factors of each point, reached from given responsibilities.
  package func local(
    _ potentials: [QuadraticPotential], under globals: MixtureParameters,
    fromResponsibilities start: [[Double]]
  ) throws(GSLError) -> MixtureLocals {
    try MixtureLocals(potentials, try ComponentMessages(globals), from: start)
  }
}
