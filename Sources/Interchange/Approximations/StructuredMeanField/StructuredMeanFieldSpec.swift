package import Approximate
public import JSONText
import Models

/// A switching linear dynamical system with one sequence and a q(s) to start from, as
/// `"approximation": "structured-mean-field"` describes them.
public struct StructuredMeanFieldSpec: Sendable {
  /// The most sweeps that are answered for.
  public static let mostSweeps = 10_000

  /// The ascent, with the system and the sequence.
  package let ascent: StructuredMeanField
  /// q(s_t = k), a row a step: independent states, where the ascent starts.
  public let stateMarginals: [[Double]]
  /// How many times both factors are set.
  public let sweeps: Int

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(requiring: [
      "approximation", "initialState", "transition", "initialMean", "initialCovariance", "states",
      "emission", "emissionNoise", "observations", "stateMarginals", "sweeps",
    ])
    let system = try SwitchingSpec.system(modelAt: place)
    let steps = try place.member("observations")
    let outputs = try steps.outputs(of: system.systems[0].outputCount)
    guard !outputs.isEmpty else { throw steps.error(expected: "at least one step") }
    let sequence = try steps.making { () throws(ModelError) in
      try system.observing(partly: outputs)
    }
    ascent = try place.making { () throws(ModelError) in try StructuredMeanField(of: sequence) }
    stateMarginals = try place.member("stateMarginals").conditionals(
      rows: outputs.count, columns: system.modeCount)
    sweeps = try place.member("sweeps").integer(in: 1...StructuredMeanFieldSpec.mostSweeps)
  }
}
