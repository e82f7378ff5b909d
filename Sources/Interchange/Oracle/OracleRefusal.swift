public import Exact
public import JSONText
import Models

/// Why an oracle does not answer.
public enum OracleRefusal: Error, Sendable, Equatable, CustomStringConvertible {
  /// The model is not what it should be.
  case unreadable(PlaceError)
  /// There is no exact answer to it, or none within what is allowed.
  case unanswered(ExactRefusal)

  /// One line: the place, then what is wrong; the command's own names for routes and limits.
  public var description: String {
    switch self {
    case .unreadable(let error): error.description
    case .unanswered(.tooManyStates(let what, let needed, let limit)):
      "\(ExactRefusal.tooManyStates(what: what, needed: needed, limit: limit)) (--max-states)"
    case .unanswered(let refusal): refusal.text { "--method \($0.rawValue)" }
    }
  }
}

/// An exact answer, or the refusal as one of the oracle.
func asking<Value>(_ ask: () throws(ExactRefusal) -> Value) throws(OracleRefusal) -> Value {
  do throws(ExactRefusal) {
    return try ask()
  } catch {
    guard case .misfit(let model) = error else { throw .unanswered(error) }
    throw .unreadable(PlaceError(path: model.place, complaint: model.reason))
  }
}
