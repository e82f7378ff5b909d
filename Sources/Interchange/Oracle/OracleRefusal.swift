public import Exact
public import JSONText
import Models
public import Probability

/// Why an oracle, or an approximation, does not answer.
public enum OracleRefusal: Error, Sendable, Equatable, CustomStringConvertible {
  /// The model is not what it should be.
  case unreadable(PlaceError)
  /// There is no exact answer to it, or none within what is allowed.
  case unanswered(ExactRefusal)
  /// A program of random choices has more outcomes than are allowed; the place says which.
  case tooManyOutcomes(what: String, needed: Double, limit: Double)
  /// A program of random choices cannot be run over all its outcomes.
  case unvisited(ChoiceError)
  /// What only the computation could find out, as a sentence with its place.
  case uncomputed(String)

  /// One line: the place, then what is wrong; the command's own names for routes and limits.
  public var description: String {
    switch self {
    case .unreadable(let error): error.description
    case .unanswered(.tooManyStates(let what, let needed, let limit)):
      "\(ExactRefusal.tooManyStates(what: what, needed: needed, limit: limit)) (--max-states)"
    case .unanswered(.lossy(let place)): "\(ExactRefusal.lossy(place)) (--digits)"
    case .tooManyOutcomes(let what, let needed, let limit):
      "\(what): \(countText(needed)) outcomes to visit, the limit is \(countText(limit))"
        + " (--max-outcomes)"
    case .unvisited(let error): "\(error)"
    case .uncomputed(let sentence): sentence
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

/// What models, oracles and programs of random choices compute, or their refusal as one of this room.
func computing<Value>(_ compute: () throws -> Value) throws(OracleRefusal) -> Value {
  do {
    return try compute()
  } catch let refusal as OracleRefusal {
    throw refusal
  } catch let refusal as ExactRefusal {
    return try asking { () throws(ExactRefusal) in throw refusal }
  } catch let error as ModelError {
    throw .unreadable(PlaceError(path: error.place, complaint: error.reason))
  } catch let error as PlaceError {
    throw .unreadable(error)
  } catch let error as ChoiceError {
    throw .unvisited(error)
  } catch {
    throw .uncomputed("\(error)")
  }
}

extension ExactRequest {
  /// Refuses a program with more outcomes than are allowed, before it is run.
  ///
  /// - Parameters:
  ///   - outcomes: how many there are, infinity where the number leaves the doubles.
  ///   - what: the place and what there is of it, as in `joint: 3 draws of 500 states`.
  /// - Throws: the refusal, where there are more.
  func requireOutcomes(_ outcomes: Double, _ what: String) throws(OracleRefusal) {
    guard outcomes <= min(maxOutcomes, 0x1p62) else {
      throw .tooManyOutcomes(what: what, needed: outcomes, limit: min(maxOutcomes, 0x1p62))
    }
  }

  /// The same cap for the interpreter that visits the outcomes.
  var choiceLimits: ChoiceLimits { ChoiceLimits(outcomes: Int(min(maxOutcomes, 0x1p62))) }
}

/// A count in figures, or in powers of ten where there are too many of them.
private func countText(_ count: Double) -> String {
  guard count < .infinity else { return "more than 10^308" }
  if count < 0x1p63, let whole = Int64(exactly: count) { return "\(whole)" }
  return "\(count)"
}
