package import Approximate
public import JSONText
import Models

/// A hidden Markov model with one sequence and a proposal, as `"approximation": "particle-filter"`
/// describes them.
public struct ParticleFilterSpec: Sendable {
  /// How a particle moves.
  package let move: HiddenMarkovMove

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(
      requiring: [
        "approximation", "initial", "transition", "emission", "observations", "proposal",
      ])
    let initial = try place.member("initial").distribution()
    let states = initial.count
    let transition = try place.member("transition").conditionals(rows: states, columns: states)
    let law = try place.member("emission")
    _ = try law.member("family").string(among: ["categorical"])
    try law.object(requiring: ["family", "probabilities"])
    let table = try law.member("probabilities").conditionals(rows: states)
    let model = try place.making { () throws(ModelError) in
      try HiddenMarkovModel(initial: initial, transition: transition, emission: table)
    }
    let symbols = try place.member("observations").steps { step throws(PlaceError) in
      try step.index(below: model.symbolCount)
    }
    let proposal = try place.member("proposal").string(among: ["bootstrap", "optimal"])
    let sequence = try place.member("observations").making { () throws(ModelError) in
      try model.observing(symbols)
    }
    move = HiddenMarkovMove(sequence, proposal == "bootstrap" ? .bootstrap : .optimal)
  }
}
