public import JSONText

/// Why an oracle does not answer.
public enum OracleRefusal: Error, Sendable, Equatable, CustomStringConvertible {
  /// The model is not what it should be.
  case unreadable(PlaceError)
  /// More states would have to be visited than are allowed.
  case tooManyStates(what: String, needed: Double, limit: Double)
  /// The tables of a dynamic program would have more cells than memory is given to.
  case tooManyCells(what: String, needed: Double, limit: Double)
  /// Finite input makes a number that no double holds; the place names the input.
  case overflow(String)
  /// Finite input so large, or so far apart, that rounding would decide the answer.
  case imprecise(String)
  /// The route that was asked for does not fit this input; the place names the input.
  case unfit(_ place: String, _ reason: String)

  /// One line: the place, then what is wrong.
  public var description: String {
    switch self {
    case .unreadable(let error): error.description
    case .tooManyStates(let what, let needed, let limit):
      "\(what): \(countText(needed)) states to visit, the limit is \(countText(limit)) "
        + "(--max-states)"
    case .tooManyCells(let what, let needed, let limit):
      "\(what): tables of \(countText(needed)) cells, the limit is \(countText(limit))"
    case .overflow(let place): "\(place): so large that the answer leaves the range of a double"
    case .imprecise(let place): "\(place): so large that rounding would decide the answer"
    case .unfit(let place, let reason): "\(place): \(reason)"
    }
  }
}

/// A count in figures, or in powers of ten where there are too many of them.
func countText(_ count: Double) -> String {
  guard count < .infinity else { return "more than 10^308" }
  if count < 0x1p63, let whole = Int64(exactly: count) { return "\(whole)" }
  return count.description
}
