import JSONText

/// Discrete variables by their names, with the names of their states where these have names.
struct NamedVariables: Sendable, Equatable {
  /// The name of each variable.
  let names: [String]
  /// The number of states of each.
  let cardinalities: [Int]
  /// The names of the states, nil where these have numbers only.
  private let states: [[String]?]
  private let numbers: [String: Int]

  /// The most states that a variable may have.
  private static let mostStates = 1 << 20

  /// Reads the keys `name` and `states` of each of the objects that stand in a list.
  init(_ variables: [JSONPlace]) throws(PlaceError) {
    var (names, cardinalities): ([String], [Int]) = ([], [])
    var (states, numbers): ([[String]?], [String: Int]) = ([], [:])
    for (number, place) in variables.enumerated() {
      let name = try place.member("name")
      names.append(try name.string())
      guard numbers.updateValue(number, forKey: names[number]) == nil else {
        throw name.error("there are two variables of the name \(name.value.excerpt)")
      }
      let given = try place.member("states")
      if case .array = given.value {
        let words = try given.each { place throws(PlaceError) in try place.string() }
        guard !words.isEmpty else { throw given.error(expected: "at least one state") }
        guard Set(words).count == words.count else {
          throw given.error(expected: "names that differ")
        }
        states.append(words)
        cardinalities.append(words.count)
      } else {
        states.append(nil)
        cardinalities.append(try given.integer(in: 1...NamedVariables.mostStates))
      }
    }
    guard !names.isEmpty else {
      throw PlaceError(path: "variables", complaint: "expected at least one variable, found none")
    }
    (self.names, self.cardinalities) = (names, cardinalities)
    (self.states, self.numbers) = (states, numbers)
  }

  /// The number of the variable whose name stands at a place.
  func variable(_ place: JSONPlace) throws(PlaceError) -> Int {
    let name = try place.string()
    guard let number = numbers[name] else { throw unknown(place, name) }
    return number
  }

  /// A value or nil for each variable, from an object of names and states.
  func evidence(_ place: JSONPlace) throws(PlaceError) -> [Int?] {
    var evidence = [Int?](repeating: nil, count: names.count)
    guard case .object(let members) = place.value else {
      throw place.error(expected: "an object of variables with their states")
    }
    for (key, _) in members {
      guard let number = numbers[key] else { throw unknown(place, key) }
      evidence[number] = try state(of: number, try place.member(key))
    }
    return evidence
  }

  private func state(of variable: Int, _ place: JSONPlace) throws(PlaceError) -> Int {
    guard case .string = place.value else {
      return try place.index(below: cardinalities[variable])
    }
    guard let words = states[variable] else {
      throw place.error(expected: "the number of a state, from 0 to \(cardinalities[variable] - 1)")
    }
    let word = try place.string(among: words)
    return words.firstIndex(of: word) ?? 0
  }

  private func unknown(_ place: JSONPlace, _ name: String) -> PlaceError {
    let meant = nearest(to: name, among: names).map { " (did you mean \"\($0)\"?)" } ?? ""
    return place.error("no variable has the name \(JSON.string(name).excerpt)\(meant)")
  }
}

// MARK: Answers

extension NamedVariables {
  /// The state of every variable, by names.
  func assignment(_ values: [Int]) -> JSON {
    byName(
      values.enumerated().map { variable, value in
        states[variable].map { .string($0[value]) } ?? .integer(value)
      })
  }

  /// One entry for every variable, under its name.
  func byName(_ entries: [JSON]) -> JSON {
    .object(zip(names, entries).map { (key: $0, value: $1) })
  }

  /// "smoke = yes", or "smoke = 1" where the states have no names.
  func label(_ variable: Int, _ value: Int) -> String {
    let state = states[variable].map { shownName($0[value]) } ?? "\(value)"
    return "\(shownName(names[variable])) = \(state)"
  }
}

/// A name as it is, or in quotation marks where it is long or has characters that are no letters,
/// figures, signs or single spaces: one line in any case, and nothing that a terminal obeys.
func shownName(_ name: String) -> String {
  let isPlain = name.unicodeScalars.allSatisfy { scalar in
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      false
    default: true
    }
  }
  return isPlain && (1...40).contains(name.unicodeScalars.count) ? name : excerpt(of: name)
}

extension JSON {
  /// The numbers of a table as arrays within arrays, the last index fastest.
  static func nested(_ numbers: [Double], _ sizes: some Collection<Int>) -> JSON {
    guard let first = sizes.first, first > 0, sizes.count > 1 else { return .numbers(numbers) }
    let size = numbers.count / first
    return .array(
      (0..<first).map {
        nested(Array(numbers[$0 * size..<($0 + 1) * size]), sizes.dropFirst())
      })
  }
}
