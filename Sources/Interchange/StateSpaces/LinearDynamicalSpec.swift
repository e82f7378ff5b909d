public import JSONText
public import Models

/// A linear dynamical system and its sequences, as `"model": "linear-dynamical-system"` describes
/// them.
public struct LinearDynamicalSpec: Sendable, Equatable {
  /// The sequences of a system that is the same at every step and adds nothing; a sequence may be empty.
  public let sequences: [LinearDynamicalSequence]
  /// The sequences of a system that is driven.
  private let drivenSequences: [DrivenSequence]
  /// Whether anything is added to states or outputs, or changes in time.
  public let isDriven: Bool
  /// The system, driven or not.
  public let system: DrivenLinearSystem

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(
      requiring: [
        "model", "initialMean", "initialCovariance", "dynamics", "dynamicsNoise", "emission",
        "emissionNoise", "observations",
      ], allowing: DrivenSpec.keys)
    isDriven = try DrivenSpec.isDriven(place)
    if isDriven {
      system = try DrivenSpec.system(place)
      (sequences, drivenSequences) = ([], try DrivenSpec.sequences(place, of: system))
      return
    }
    let start = try StateSpaceStart(place)
    let dynamics = try place.matrix("dynamics", square: start.mean.count)
    let noise = try place.matrix("dynamicsNoise", square: start.mean.count)
    let system: LinearDynamicalSystem
    do throws(ModelError) {
      system = try LinearDynamicalSystem(
        initialMean: start.mean, initialCovariance: start.covariance, dynamics: dynamics,
        dynamicsNoise: noise, emission: start.emission, emissionNoise: start.emissionNoise)
    } catch {
      throw place.refusal(error)
    }
    sequences = try place.member("observations").sequences(
      of: system.outputCount
    ) { (sequence, outputs) throws(PlaceError) in
      do throws(ModelError) {
        return try system.observing(partly: outputs)
      } catch {
        throw sequence.refusal(error)
      }
    }
    (self.system, drivenSequences) = (DrivenLinearSystem(system), [])
  }

  /// All sequences, step by step: those of a system that is not driven have steps that are alike.
  public var driven: [DrivenSequence] {
    isDriven ? drivenSequences : sequences.map { DrivenSequence($0) }
  }
}

/// What the two state-space formats share: how a sequence begins, and how a state is seen.
struct StateSpaceStart {
  let mean: [Double]
  let covariance: [[Double]]
  let emission: [[Double]]
  let emissionNoise: [[Double]]

  init(_ place: JSONPlace) throws(PlaceError) {
    mean = try place.member("initialMean").numbers()
    guard !mean.isEmpty else {
      throw try place.member("initialMean").error(expected: "a number for at least one state")
    }
    covariance = try place.matrix("initialCovariance", square: mean.count)
    emission = try place.member("emission").matrix(columns: mean.count)
    guard !emission.isEmpty else {
      throw try place.member("emission").error(expected: "a row for at least one output")
    }
    emissionNoise = try place.matrix("emissionNoise", square: emission.count)
  }
}

extension JSONPlace {
  /// The square matrix of a key of the object that stands here.
  func matrix(_ key: String, square size: Int) throws(PlaceError) -> [[Double]] {
    try member(key).matrix(rows: size, columns: size)
  }

  /// The sequences of outputs that stand here, each of `count` numbers, as a model observes them.
  func sequences<Sequence>(
    of count: Int, _ observe: (JSONPlace, [[Double?]?]) throws(PlaceError) -> Sequence
  ) throws(PlaceError) -> [Sequence] {
    var sequences: [Sequence] = []
    for place in try array() { sequences.append(try observe(place, try place.outputs(of: count))) }
    return sequences
  }

  /// The steps of one sequence, each of `count` numbers; null stands for a step, or an output, that was not
  /// observed.
  func outputs(of count: Int) throws(PlaceError) -> [[Double?]?] {
    try each { step throws(PlaceError) -> [Double?]? in
      if step.isNull { return nil }
      guard case .array(let outputs) = step.value, outputs.contains(.null) else {
        return try step.numbers(count: count)
      }
      var numbers: [Double?] = []
      for output in try step.array(count: count) {
        numbers.append(output.isNull ? nil : try output.number())
      }
      return numbers
    }
  }
}
