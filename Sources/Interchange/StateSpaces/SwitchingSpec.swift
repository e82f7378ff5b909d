public import JSONText
public import Models

/// A switching linear dynamical system and its sequences, as `"model": "switching-lds"` describes
/// them.
public struct SwitchingSpec: Sendable, Equatable {
  /// The system.
  public let system: SwitchingLinearDynamicalSystem
  /// The sequences, each observed under the system; a sequence may be empty.
  public let sequences: [SwitchingSequence]

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(requiring: [
      "model", "initialState", "transition", "initialMean", "initialCovariance", "states",
      "emission", "emissionNoise", "observations",
    ])
    let system = try SwitchingSpec.system(modelAt: place)
    self.system = system
    sequences = try place.member("observations").sequences(
      of: system.systems[0].outputCount
    ) { (sequence, outputs) throws(PlaceError) in
      do throws(ModelError) {
        return try system.observing(partly: outputs)
      } catch {
        throw sequence.refusal(error)
      }
    }
  }

  /// Reads the keys of the system, whatever else stands beside them.
  static func system(
    modelAt place: JSONPlace
  ) throws(PlaceError) -> SwitchingLinearDynamicalSystem {
    let initial = try place.member("initialState").probabilities()
    let transition = try place.member("transition").probabilityMatrix(
      rows: initial.count, columns: initial.count)
    let start = try StateSpaceStart(place)
    var modes: [SwitchingLinearDynamicalSystem.Mode] = []
    for mode in try place.member("states").array(count: initial.count) {
      try mode.object(requiring: ["dynamics", "dynamicsNoise"])
      modes.append(
        (
          dynamics: try mode.matrix("dynamics", square: start.mean.count),
          dynamicsNoise: try mode.matrix("dynamicsNoise", square: start.mean.count)
        ))
    }
    do throws(ModelError) {
      return try SwitchingLinearDynamicalSystem(
        initialState: initial, transition: transition, initialMean: start.mean,
        initialCovariance: start.covariance, states: modes, emission: start.emission,
        emissionNoise: start.emissionNoise)
    } catch {
      throw place.refusal(error)
    }
  }
}
