public import JSONText
public import Models

/// A hidden Markov model and its sequences, as `"model": "hmm"` describes them.
public struct HiddenMarkovSpec: Sendable, Equatable {
  /// What the states emit; a step that was not observed has nil.
  public enum Emission: Sendable, Equatable {
    case categorical(HiddenMarkovModel, [[Int?]])
    case gaussian(GaussianHiddenMarkovModel, [[Double?]])
    /// Several values a step, or one of another family; the values are a list in the format only if `isList`.
    case product(ProductHiddenMarkovModel, [[[ObservedValue?]]], isList: Bool)
  }

  /// The model with its sequences, each of at least one step.
  public let emission: Emission

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(requiring: ["model", "initial", "transition", "emission", "observations"])
    let initial = try place.member("initial").distribution()
    let states = initial.count
    let transition = try place.member("transition").conditionals(rows: states, columns: states)
    let law = try place.member("emission")
    let sequences = try place.member("observations")
    let family = try law.member("family").string(among: EmissionReader.simple + ["product"])
    if family == "categorical" {
      try law.object(requiring: ["family", "probabilities"])
      let table = try law.member("probabilities").conditionals(rows: states)
      let model = try place.making { () throws(ModelError) in
        try HiddenMarkovModel(initial: initial, transition: transition, emission: table)
      }
      let symbols = model.symbolCount
      emission = .categorical(
        model,
        try sequences.each { place throws(PlaceError) in
          try place.steps { step throws(PlaceError) in
            step.isNull ? nil : try step.index(below: symbols)
          }
        })
    } else if family != "gaussian" {
      let isList = family == "product"
      let laws = try EmissionReader(states: states).stepLaws(law)
      let model = try place.making { () throws(ModelError) in
        try ProductHiddenMarkovModel(initial: initial, transition: transition, laws: laws)
      }
      emission = .product(
        model,
        try sequences.each { place throws(PlaceError) in
          try place.steps { step throws(PlaceError) in
            try step.stepValues(of: laws, isList: isList)
          }
        }, isList: isList)
    } else {
      try law.object(requiring: ["family", "means", "variances"])
      let means = try law.member("means").numbers(count: states)
      let variances = try law.member("variances").array(count: states)
      var positive: [Double] = []
      for variance in variances { positive.append(try variance.positiveNumber()) }
      let model = try place.making { () throws(ModelError) in
        try GaussianHiddenMarkovModel(
          initial: initial, transition: transition, means: means, variances: positive)
      }
      emission = .gaussian(
        model,
        try sequences.each { place throws(PlaceError) in
          try place.steps { step throws(PlaceError) in step.isNull ? nil : try step.number() }
        })
    }
  }
}

extension JSONPlace {
  /// The steps of a sequence, of which there is at least one.
  func steps<Value>(
    _ read: (JSONPlace) throws(PlaceError) -> Value
  ) throws(PlaceError) -> [Value] {
    let steps = try each(read)
    guard !steps.isEmpty else { throw error(expected: "at least one step") }
    return steps
  }
}
