import Approximate
import JSONText

extension JSONPlace {
  /// The settings of an estimator that stand here, once it fits the problem.
  func settings<Problem>(
    of estimator: ZooEstimator<Problem>, _ frame: ZooFrame
  ) throws(PlaceError) -> ZooSettings {
    guard !estimator.scope.isDisjoint(with: frame.scope) else {
      throw try member("name").error(
        "\(estimator.name) is for \(estimator.scope.words), not for \(frame.lawInWords)")
    }
    if let reason = estimator.needs.refusal(ofLogJoint: frame.isLogJoint) {
      throw try member("name").error("\(estimator.name) \(reason)")
    }
    try object(requiring: ["name"], allowing: estimator.settings.map(\.name))
    var values: [String: ZooValue] = [:]
    for setting in estimator.settings {
      if let place = try optional(setting.name) {
        values[setting.name] = try place.value(of: setting.kind, frame)
      } else if let standard = setting.standard {
        values[setting.name] = standard
      } else if setting.isNeeded {
        throw error("missing key \"\(setting.name)\" (\(setting.meaning))")
      }
    }
    // The standard number of samples may be below what an estimator works with.
    if let setting = estimator.settings.first(where: { $0.name == "samples" }),
      case .count(let least, _) = setting.kind, try optional("samples") == nil, least > 1
    {
      throw error("missing key \"samples\" (\(setting.meaning))")
    }
    return ZooSettings(values)
  }

  private func value(
    of kind: ZooSetting.Kind, _ frame: ZooFrame
  ) throws(PlaceError) -> ZooValue {
    switch kind {
    case .count(let least, let belowStates):
      let most = belowStates ? (frame.states ?? .max) - 1 : .max
      guard least <= most else {
        throw error("needs more states than \(frame.states ?? 0)")
      }
      return .number(Double(try integer(in: least...most)))
    case .integer(let range): return .number(Double(try integer(in: range)))
    case .number: return .number(try number())
    case .positive: return .number(try positiveNumber())
    case .notNegative:
      let number = try number()
      guard number >= 0 else { throw error(expected: "a number of at least 0") }
      return .number(number)
    case .share: return .number(try probability())
    case .notOne:
      let number = try number()
      guard number != 1 else { throw error(expected: "a number other than 1") }
      return .number(number)
    case .flag: return .flag(try bool())
    case .word(let words): return .word(try string(among: words))
    case .countOr(let word):
      return value == .string(word)
        ? .word(word) : .number(Double(try integerOr(word)))
    case .numberOr(let word):
      if value == .string(word) { return .word(word) }
      guard case .number = value else { throw error(expected: "a number or \"\(word)\"") }
      return .number(try number())
    case .vector: return .numbers(try numbers(count: frame.dimension))
    case .stateCount: return .number(Double(try integer(in: 0...(frame.states ?? 0))))
    case .states: return try indices(below: frame.states ?? 0, "state")
    case .bits: return try indices(below: frame.dimension, "bit")
    case .partition: return .numbers(try partition())
    case .function: return .function(try smoothFunction(frame.domain))
    }
  }

  private func integerOr(_ word: String) throws(PlaceError) -> Int {
    guard let count = try? integer(in: 1...1_000_000) else {
      throw error(expected: "a whole number of at least 1 or \"\(word)\"")
    }
    return count
  }

  private func indices(below count: Int, _ noun: String) throws(PlaceError) -> ZooValue {
    let indices = try differentIndices(below: count, noun)
    guard !indices.isEmpty else { throw error(expected: "at least one \(noun)") }
    return .numbers(indices.map { Double($0) })
  }

  private func partition() throws(PlaceError) -> [Double] {
    let numbers = try numbers()
    let rises = zip(numbers, numbers.dropFirst()).allSatisfy { $0.0 < $0.1 }
    guard numbers.first == 0, numbers.last == 1, rises else {
      throw error(expected: "numbers that rise from 0 to 1")
    }
    return numbers
  }
}

extension ZooNeed {
  /// Why an objective does not fit.
  fileprivate func refusal(ofLogJoint isLogJoint: Bool) -> String? {
    switch self {
    case .logJoint where !isLogJoint: "needs a log joint, not a fixed function"
    case .fixed where isLogJoint: "needs a fixed function, not a log joint"
    default: nil
    }
  }
}
