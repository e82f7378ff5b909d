public import JSONText
import Models
import Probability

/// A Bayesian mixture with responsibilities to start from, as `"approximation": "variational-mixture"`
/// describes it.
public struct VariationalMixtureSpec: Sendable, Equatable {
  /// The most sweeps that are answered for.
  public static let mostSweeps = 10_000

  /// A stochastic step: a mini-batch and a step size.
  public struct Step: Sendable, Equatable {
    /// The observations of the mini-batch, each once.
    public let batch: [Int]
    /// r, from 0 to 1.
    public let size: Double
  }

  /// The mixture and its observations.
  public let model: BayesianMixtureSpec
  /// q(z_n = k), one row an observation.
  public let responsibilities: [[Double]]
  /// How many times all factors are set.
  public let sweeps: Int
  /// The stochastic step, if one is asked for.
  public let step: Step?

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(
      requiring: [
        "approximation", "concentration", "prior", "observations", "responsibilities", "sweeps",
      ], allowing: ["svi"])
    model = try BayesianMixtureSpec(modelAt: place)
    responsibilities = try place.member("responsibilities").conditionals(
      rows: model.observations.count, columns: model.mixture.componentCount)
    sweeps = try place.member("sweeps").integer(in: 1...VariationalMixtureSpec.mostSweeps)
    let count = model.observations.count
    step = try place.optional("svi").map { svi throws(PlaceError) in
      try VariationalMixtureSpec.step(svi, observations: count)
    }
  }

  private static func step(_ place: JSONPlace, observations: Int) throws(PlaceError) -> Step {
    try place.object(requiring: ["batch", "stepSize"])
    let members = try place.member("batch").array()
    guard !members.isEmpty else {
      throw try place.member("batch").error(expected: "at least one observation")
    }
    var batch: [Int] = []
    for member in members {
      let index = try member.index(below: observations)
      guard !batch.contains(index) else { throw member.error("observation \(index) stands twice") }
      batch.append(index)
    }
    return Step(batch: batch, size: try place.member("stepSize").probability())
  }
}
