import JSONText
import Models

/// The keys that drive a linear dynamical system, and how parameters stand that change in time.
///
/// ```
/// "dynamics": {"steps": [[[1]], [[0.5]]]}     "dynamicsOffset": [2]     "inputs": [[[1], [0], [3]]]
/// ```
enum DrivenSpec {
  /// The keys that a system may have beside its own.
  static let keys = ["dynamicsOffset", "emissionOffset", "inputMatrix", "feedthrough", "inputs"]

  /// The keys whose value may be a list of steps.
  private static let parameters = ["dynamics", "dynamicsNoise", "emission", "emissionNoise"]

  /// Whether a system is driven at all, or the same at every step with nothing added.
  static func isDriven(_ place: JSONPlace) throws(PlaceError) -> Bool {
    for key in keys where try place.optional(key) != nil { return true }
    for key in parameters {
      if case .object = try place.member(key).value { return true }
    }
    return false
  }

  /// The system that stands at a place.
  static func system(_ place: JSONPlace) throws(PlaceError) -> DrivenLinearSystem {
    let mean = try place.member("initialMean").numbers()
    guard !mean.isEmpty else {
      throw try place.member("initialMean").error(expected: "a number for at least one state")
    }
    let n = mean.count
    func square(_ key: String) throws(PlaceError) -> OverTime<[[Double]]> {
      try place.member(key).overTime { place throws(PlaceError) in
        try place.matrix(rows: n, columns: n)
      }
    }
    func vector(_ key: String) throws(PlaceError) -> OverTime<[Double]>? {
      try place.optional(key)?.overTime { place throws(PlaceError) in try place.numbers() }
    }
    let covariance = try place.matrix("initialCovariance", square: n)
    let (dynamics, dynamicsNoise) = (try square("dynamics"), try square("dynamicsNoise"))
    let emission = try place.member("emission").overTime { place throws(PlaceError) in
      try place.matrix(columns: n)
    }
    let emissionNoise = try place.member("emissionNoise").overTime {
      place throws(PlaceError) in try place.matrix()
    }
    let (dynamicsOffset, emissionOffset) = (
      try vector("dynamicsOffset"), try vector("emissionOffset")
    )
    let inputMatrix = try place.optional("inputMatrix")?.matrix()
    let feedthrough = try place.optional("feedthrough")?.matrix()
    return try place.making { () throws(ModelError) in
      try DrivenLinearSystem(
        initialMean: mean, initialCovariance: covariance, dynamics: dynamics,
        dynamicsNoise: dynamicsNoise, emission: emission, emissionNoise: emissionNoise,
        dynamicsOffset: dynamicsOffset, emissionOffset: emissionOffset, inputMatrix: inputMatrix,
        feedthrough: feedthrough)
    }
  }

  /// The sequences of outputs, each with the inputs of its steps.
  static func sequences(
    _ place: JSONPlace, of system: DrivenLinearSystem
  ) throws(PlaceError) -> [DrivenSequence] {
    let given = try place.optional("inputs")
    if system.inputCount == 0, let given {
      throw given.error("there is nothing to multiply them with: inputMatrix, feedthrough")
    }
    let outputs = try place.member("observations").array()
    let inputs =
      system.inputCount == 0 ? [] : try place.member("inputs").array(count: outputs.count)
    var sequences: [DrivenSequence] = []
    for (number, sequence) in outputs.enumerated() {
      let seen = try sequence.outputs(of: system.outputCount)
      if let longest = system.longest, seen.count > longest.steps {
        throw sequence.error(
          "expected at most \(longest.steps) steps, as \(longest.because) has no more, found "
            + "\(seen.count)")
      }
      let driven =
        inputs.isEmpty
        ? [] : try inputs[number].matrix(rows: seen.count, columns: system.inputCount)
      do throws(ModelError) {
        sequences.append(try system.observing(partly: seen, inputs: driven))
      } catch { throw sequence.refusal(error) }
    }
    return sequences
  }
}

extension JSONPlace {
  /// One value for all steps, or an object with a value for each under `steps`.
  fileprivate func overTime<Value>(
    _ read: (JSONPlace) throws(PlaceError) -> Value
  ) throws(PlaceError) -> OverTime<Value> {
    guard case .object = value else { return .constant(try read(self)) }
    try object(requiring: ["steps"])
    return .steps(try member("steps").each(read))
  }
}
