public import Models
public import Probability

/// Why there is no exact answer.
///
/// Places are named by the parameters of models and by `observations`, what was observed.
public enum ExactRefusal: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was observed does not fit the model.
  case misfit(ModelError)
  /// More states would have to be visited than are allowed.
  case tooManyStates(what: String, needed: Double, limit: Double)
  /// The tables of a dynamic program would have more cells than memory is given to.
  case tooManyCells(what: String, needed: Double, limit: Double)
  /// Finite input makes a number that no double holds; the place names the input.
  case overflow(String)
  /// Finite input so large, or so far apart, that rounding would decide the answer.
  case imprecise(String)
  /// The digits of a double were asked for and do not hold what is promised.
  case lossy(String)
  /// Not even 32 digits hold what is promised; says what is too small or too large for them.
  case undecided(_ place: String, _ reason: String)
  /// The route that was asked for does not fit this input; the other one does, and in what.
  case unfit(_ place: String, _ reason: String, instead: ExactRoute, _ whichDoes: String)
  /// Sums that were found before are not those of this model.
  case foreign(LeafError)
  /// A brute-force answer that is not one sum over numbered states, and so cannot be shared out.
  case undivided(_ place: String, _ reason: String)

  /// One line: the place, then what is wrong.
  public var description: String { text { "the \($0.rawValue) route" } }

  /// The same line, with the name that a route has where it is read.
  public func text(naming route: (ExactRoute) -> String) -> String {
    switch self {
    case .misfit(let error): "\(error)"
    case .tooManyStates(let what, let needed, let limit):
      "\(what): \(countText(needed)) states to visit, the limit is \(countText(limit))"
    case .tooManyCells(let what, let needed, let limit):
      "\(what): tables of \(countText(needed)) cells, the limit is \(countText(limit))"
    case .overflow(let place): "\(place): so large that the answer leaves the range of a double"
    case .imprecise(let place): "\(place): so large that rounding would decide the answer"
    case .lossy(let place): "\(place): 16 digits lose too many on the way to the answer, ask for 32"
    case .undecided(let place, let reason):
      "\(place): even 32 digits lose too many on the way to the answer: \(reason)"
    case .unfit(let place, let reason, let instead, let whichDoes):
      "\(place): \(reason); \(route(instead)) \(whichDoes)"
    case .foreign(let error): "\(error)"
    case .undivided(let place, let reason): "\(place): cannot be shared out: \(reason)"
    }
  }
}

/// What a model refuses, as an oracle's refusal.
func fitting<Value>(_ make: () throws(ModelError) -> Value) throws(ExactRefusal) -> Value {
  do throws(ModelError) { return try make() } catch { throw .misfit(error) }
}

/// A count in figures, or in powers of ten where there are too many of them.
func countText(_ count: Double) -> String {
  guard count < .infinity else { return "more than 10^308" }
  if count < 0x1p63, let whole = Int64(exactly: count) { return "\(whole)" }
  return count.description
}

/// "1 component", "3 components".
func counted(_ count: Int, _ noun: String) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}

/// base^exponent, infinity beyond the doubles.
func power(_ base: Int, _ exponent: Int) -> Double {
  var power = 1.0
  for _ in 0..<exponent where power < .infinity && base > 1 { power *= Double(base) }
  return power
}
