public import Models

/// What a setting of an estimator may be.
public enum ZooValue: Sendable, Equatable {
  case number(Double)
  case flag(Bool)
  case word(String)
  case numbers([Double])
  case function(SmoothFunction)
}

/// A setting that an estimator has: its name, what it may be, and what it is if nobody says.
public struct ZooSetting: Sendable {
  /// What is accepted.
  public enum Kind: Sendable, Equatable {
    /// A whole number of at least so many; below the number of states if that is asked.
    case count(from: Int, belowStates: Bool)
    /// A whole number in a range.
    case integer(ClosedRange<Int>)
    /// Any finite number.
    case number
    /// A number above zero.
    case positive
    /// A number of at least zero.
    case notNegative
    /// A number from zero to one.
    case share
    /// Any number but one.
    case notOne
    /// True or false.
    case flag
    /// One of some words.
    case word([String])
    /// A whole number of at least one, or a word.
    case countOr(String)
    /// A finite number, or a word.
    case numberOr(String)
    /// A number for each entry of x.
    case vector
    /// How many of all states.
    case stateCount
    /// Different states.
    case states
    /// Different bits.
    case bits
    /// Numbers that rise from zero to one.
    case partition
    /// A function of x.
    case function
  }

  /// The key in files.
  public let name: String
  /// What is accepted.
  public let kind: Kind
  /// What stands if nothing is said; nil where something must be.
  public let standard: ZooValue?
  /// Whether it must be given where it has no standard; if not, it depends on another setting.
  public let isNeeded: Bool
  /// What it is, in a few words.
  public let meaning: String

  /// A setting.
  public init(
    _ name: String, _ kind: Kind, or standard: ZooValue? = nil, isNeeded: Bool = true,
    _ meaning: String
  ) {
    self.name = name
    self.kind = kind
    self.standard = standard
    self.isNeeded = isNeeded
    self.meaning = meaning
  }

  /// S or K, one unless said otherwise; an estimator that needs more asks for it.
  public static func samples(from least: Int = 1, belowStates: Bool = false) -> ZooSetting {
    ZooSetting(
      "samples", .count(from: least, belowStates: belowStates), or: .number(1),
      least == 1 ? "how many draws" : "how many draws, at least \(least)")
  }
}

/// The settings of a request, all of them, those that were not given as their standard.
public struct ZooSettings: Sendable, Equatable {
  /// Values by name.
  public let values: [String: ZooValue]

  /// Settings by name.
  public init(_ values: [String: ZooValue]) { self.values = values }

  /// S or K.
  public var samples: Int { Int(values["samples"].flatMap(\.number) ?? 1) }

  /// A number.
  public func number(_ name: String) throws(ZooError) -> Double {
    try value(name, \.number)
  }
  /// A whole number.
  public func count(_ name: String) throws(ZooError) -> Int { Int(try value(name, \.number)) }
  /// A truth value.
  public func flag(_ name: String) throws(ZooError) -> Bool { try value(name, \.flag) }
  /// A word; nil where a number stands in its place.
  public func word(_ name: String) -> String? { values[name].flatMap(\.word) }
  /// A list of numbers.
  public func numbers(_ name: String) throws(ZooError) -> [Double] { try value(name, \.numbers) }
  /// A list of whole numbers.
  public func counts(_ name: String) throws(ZooError) -> [Int] {
    try value(name, \.numbers).map { Int($0) }
  }
  /// A function.
  public func function(_ name: String) throws(ZooError) -> SmoothFunction {
    try value(name, \.function)
  }

  private func value<Value>(
    _ name: String, _ read: (ZooValue) -> Value?
  ) throws(ZooError) -> Value {
    guard let value = values[name].flatMap(read) else { throw .missing(setting: name) }
    return value
  }
}

extension ZooValue {
  fileprivate var number: Double? { if case .number(let value) = self { value } else { nil } }
  fileprivate var flag: Bool? { if case .flag(let value) = self { value } else { nil } }
  fileprivate var word: String? { if case .word(let value) = self { value } else { nil } }
  fileprivate var numbers: [Double]? { if case .numbers(let value) = self { value } else { nil } }
  fileprivate var function: SmoothFunction? {
    if case .function(let value) = self { value } else { nil }
  }
}

/// Why an estimator cannot be made from its settings.
public enum ZooError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A setting that is not there, or of another kind.
  case missing(setting: String)
  /// A setting that does not fit the problem.
  case misfit(setting: String, reason: String)
  /// A constant of the estimator whose quadrature does not settle.
  case unsettled(String)
  /// A problem that the estimator is not for.
  case outOfScope(String)

  /// One line with the place.
  public var description: String {
    switch self {
    case .missing(let setting): "missing key \"\(setting)\""
    case .misfit(let setting, let reason): "\(setting): \(reason)"
    case .unsettled(let reason), .outOfScope(let reason): reason
    }
  }
}
