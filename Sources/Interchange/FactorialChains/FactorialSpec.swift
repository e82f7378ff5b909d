public import JSONText
public import Models

/// A factorial hidden Markov model and its sequences, as `"model": "factorial-hmm"` describes them.
public struct FactorialSpec: Sendable, Equatable {
  /// The model.
  public let model: FactorialHiddenMarkovModel
  /// The sequences, each of at least one step.
  public let sequences: [FactorialSequence]

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(requiring: ["model", "chains", "emission", "observations"])
    let chains = try place.member("chains").each { place throws(PlaceError) in
      try place.object(requiring: ["initial", "transition"])
      let initial = try place.member("initial").distribution()
      let transition = try place.member("transition").conditionals(
        rows: initial.count, columns: initial.count)
      return try place.making { () throws(ModelError) in
        try FactorialHiddenMarkovModel.Chain(initial: initial, transition: transition)
      }
    }
    guard !chains.isEmpty else {
      throw try place.member("chains").error(expected: "at least one chain")
    }
    let emission = try FactorialSpec.emission(
      try place.member("emission"), sizes: chains.map(\.initial.count))
    let model = try place.making { () throws(ModelError) in
      try FactorialHiddenMarkovModel(chains: chains, emission: emission)
    }
    self.model = model
    try FactorialSpec.requireMemory(try place.member("observations"), model.joint.count)
    sequences = try place.member("observations").each { place throws(PlaceError) in
      let values = try place.steps { step throws(PlaceError) in
        try FactorialSpec.value(step, model.emission)
      }
      do throws(ModelError) { return try model.observing(values) } catch {
        throw place.error(error.reason)
      }
    }
  }

  /// Refuses more emissions of joint states than memory is given to, before there are any.
  private static func requireMemory(_ sequences: JSONPlace, _ states: Int) throws(PlaceError) {
    let most = 1 << 27
    var steps = 0
    for sequence in try sequences.array() { steps += try sequence.array().count }
    guard steps <= most / states else {
      throw sequences.error(
        "expected at most \(most / states) steps for \(states) joint states, found \(steps)")
    }
  }

  private static func emission(
    _ place: JSONPlace, sizes: [Int]
  ) throws(PlaceError) -> FactorialHiddenMarkovModel.Emission {
    guard try place.member("family").string(among: ["categorical", "gaussian"]) == "categorical"
    else {
      try place.object(requiring: ["family", "means", "variance"])
      var means: [[Double]] = []
      for (row, size) in zip(try place.member("means").array(count: sizes.count), sizes) {
        means.append(try row.numbers(count: size))
      }
      return .additive(means: means, variance: try place.member("variance").positiveNumber())
    }
    try place.object(requiring: ["family", "probabilities"])
    let states = sizes.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
    return .categorical(try place.member("probabilities").conditionals(rows: states))
  }

  private static func value(
    _ step: JSONPlace, _ emission: FactorialHiddenMarkovModel.Emission
  ) throws(PlaceError) -> ObservedValue? {
    if step.isNull { return nil }
    return switch emission {
    case .categorical(let table): .whole(try step.index(below: table[0].count))
    case .additive: .number(try step.number())
    }
  }
}
