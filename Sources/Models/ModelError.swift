/// Why numbers do not make a model; says where and what.
public struct ModelError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The place: "weights[2][5]".
  public let place: String
  /// What was expected and what was found.
  public let reason: String

  /// A refusal with its place and reason.
  public init(_ place: String, _ reason: String) {
    self.place = place
    self.reason = reason
  }

  /// One line: place and reason.
  public var description: String { "\(place): \(reason)" }
}

/// A name in quotation marks, as one line of moderate length whatever its characters do.
func quoted(_ name: String) -> String {
  let longest = 40
  var shown = ""
  for scalar in name.unicodeScalars.prefix(longest) {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator:
      shown += "\\u{\(String(scalar.value, radix: 16))}"
    default: shown.unicodeScalars.append(scalar)
    }
  }
  return "\"\(shown)\(name.unicodeScalars.count > longest ? "…" : "")\""
}

/// Whether numbers sum to one as a probability vector must: off by at most 1e-9.
///
/// Rounding of the sum itself is allowed for beside that.
package func sumsToOne(_ probabilities: [Double]) -> Bool {
  Validate.sumsToOne(probabilities.reduce(0, +), terms: probabilities.count)
}

/// Refusals that every model shares.
enum Validate {
  static func count(_ place: String, _ found: Int, expected: Int) throws(ModelError) {
    guard found != expected else { return }
    throw ModelError(place, "expected \(expected) entries, found \(found)")
  }

  static func notEmpty(_ place: String, _ count: Int) throws(ModelError) {
    guard count == 0 else { return }
    throw ModelError(place, "expected at least one entry, found none")
  }

  static func finite(_ place: String, _ numbers: [Double]) throws(ModelError) {
    for (index, number) in numbers.enumerated() where !number.isFinite {
      throw ModelError("\(place)[\(index)]", "expected a finite number, found \(number)")
    }
  }

  static func probability(_ place: String, _ number: Double) throws(ModelError) {
    guard number >= 0, number <= 1 else {
      throw ModelError(place, "expected a probability between 0 and 1, found \(number)")
    }
  }

  static func probabilities(_ place: String, _ numbers: [Double]) throws(ModelError) {
    for (index, number) in numbers.enumerated() {
      try probability("\(place)[\(index)]", number)
    }
  }

  /// A probability vector may be off from one by 1e-9, no more; it is not rescaled.
  static func distribution(_ place: String, _ numbers: [Double]) throws(ModelError) {
    try notEmpty(place, numbers.count)
    try probabilities(place, numbers)
    let total = numbers.reduce(0, +)
    guard sumsToOne(total, terms: numbers.count) else {
      throw ModelError(place, "expected probabilities that sum to 1, found a sum of \(total)")
    }
  }

  /// Off from one by at most 1e-9, beside what rounding makes of a sum of so many terms.
  static func sumsToOne(_ total: Double, terms: Int) -> Bool {
    abs(total - 1) <= 1e-9 + Double(terms + 1) * Double.ulpOfOne
  }

  static func index(_ place: String, _ found: Int, below count: Int) throws(ModelError) {
    guard found < 0 || found >= count else { return }
    throw ModelError(place, "expected an index from 0 to \(count - 1), found \(found)")
  }
}
