import JSONText
import Models
import Probability

extension JSONPlace {
  /// The law of states that a `variable` describes; nil for a Gaussian.
  func stateLaw() throws(PlaceError) -> StateLaw? {
    switch try member("kind").string(among: ["bits", "categorical", "gaussian"]) {
    case "bits":
      try object(requiring: ["kind", "logits"], allowing: ["couplings"])
      let logits = try member("logits").someNumbers(atMost: 4)
      let couplings = try optional("couplings")
      return StateLaw(
        .bits(logits: logits, couplings: try couplings?.numbers(count: logits.count - 1) ?? []))
    case "categorical":
      try object(requiring: ["kind", "logits"])
      return StateLaw(.classes(logits: try member("logits").someNumbers(atMost: 5)))
    default: return nil
    }
  }

  /// From one to so many numbers.
  func someNumbers(atMost most: Int) throws(PlaceError) -> [Double] {
    let numbers = try numbers()
    guard 1...most ~= numbers.count else {
      throw error("expected from 1 to \(most) numbers, found \(numbers.count)")
    }
    return numbers
  }

  /// The objective of a problem of states.
  func objective(of law: StateLaw) throws(PlaceError) -> DiscreteProblem.Objective {
    guard try member("kind").value == .string("log-joint") else {
      return .fixed(try smoothFunction(.states(law)))
    }
    try object(requiring: ["kind", "values"])
    let places = try member("values").array(count: law.count)
    var values: [Double] = []
    for place in places { values.append(try place.logProbability()) }
    guard values.contains(where: { $0 > -.infinity }) else {
      throw try member("values").error(expected: "a state that is not impossible")
    }
    return .logJoint(values)
  }

  /// A number, or "-inf".
  private func logProbability() throws(PlaceError) -> Double {
    value == .string("-inf") ? -.infinity : try number()
  }
}
