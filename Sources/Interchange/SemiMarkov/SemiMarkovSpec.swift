public import JSONText
public import Models

/// A hidden semi-Markov model and its sequences, as `"model": "hidden-semi-markov"` describes them.
public struct SemiMarkovSpec: Sendable, Equatable {
  /// The model.
  public let model: HiddenSemiMarkovModel
  /// The sequences, each of at least one step.
  public let sequences: [SemiMarkovSequence]
  /// Whether a step is a list of values, one a factor.
  public let isList: Bool

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(
      requiring: ["model", "initial", "transition", "durations", "emission", "observations"],
      allowing: ["censored"])
    let initial = try place.member("initial").distribution()
    let states = initial.count
    let transition = try place.member("transition").conditionals(rows: states, columns: states)
    let durations = try place.member("durations").conditionals(rows: states)
    let emission = try place.member("emission")
    let words = EmissionReader.simple + ["product"]
    let isList = try emission.member("family").string(among: words) == "product"
    let plain = try EmissionReader(states: states).stepLaws(emission)
    let laws = (plain.hasCovariances ? plain.doubled : nil) ?? plain
    let isCensored = try place.optional("censored")?.bool() ?? false
    let model = try place.making { () throws(ModelError) in
      try HiddenSemiMarkovModel(
        initial: initial, transition: transition, durations: durations, laws: laws,
        isCensored: isCensored)
    }
    (self.model, self.isList) = (model, isList)
    sequences = try place.member("observations").each { place throws(PlaceError) in
      let steps = try place.steps { step throws(PlaceError) in
        try step.stepValues(of: laws, isList: isList)
      }
      do throws(ModelError) { return try model.observing(steps) } catch {
        throw place.error(error.reason)
      }
    }
  }
}
