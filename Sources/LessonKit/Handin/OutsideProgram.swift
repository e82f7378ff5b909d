public import JSONText

/// A program outside that does what parts of an exercise do: a process that is asked for its answers.
public protocol OutsideProgram: Sendable {
  /// What its function of this name returns.
  func value(of part: String, given: JSON) throws(OutsideFault) -> JSON
  /// What its function of this name returns over every outcome of its random choices.
  func law(of part: String, given: JSON) throws(OutsideFault) -> [OutsideOutcome]
}

/// One outcome of a program's choices.
public struct OutsideOutcome: Sendable {
  /// The product of the probabilities of its choices.
  public let probability: Double
  /// What was returned.
  public let result: JSON

  /// An outcome with its probability.
  public init(probability: Double, result: JSON) {
    self.probability = probability
    self.result = result
  }
}

/// Why a program outside gave no answer.
public enum OutsideFault: Error, Sendable, Equatable {
  /// The function is not there yet, or says itself that it is not written.
  case unwritten
  /// It failed, in words for whoever wrote it.
  case failed(String)

  /// What happened.
  public var words: String {
    switch self {
    case .unwritten: "not written yet"
    case .failed(let words): words
    }
  }
}
