public import JSONText

/// A model with the observations that a text names: `smoke=yes,xray=no;asia=yes` are two.
///
/// A semicolon stands between observations, a comma between the variables of one; an empty text is one
/// observation of nothing. States are given by their names, or by their numbers where they have none.
///
/// - Parameters:
///   - text: the observations.
///   - model: a model whose variables have names.
/// - Returns: the same model with these observations in place of its own.
/// - Throws: the refusal of what is no evidence, and of a model whose variables have no names.
public func observing(_ text: String, in model: JSON) throws(PlaceError) -> JSON {
  func refusal(_ complaint: String) -> PlaceError {
    PlaceError(path: "--evidence", complaint: complaint)
  }
  guard case .object(let members) = model, case .array(let variables) = model["variables"] else {
    throw refusal("goes with models whose variables have names: bayesian-network, factor-graph")
  }
  var numbered: Set<String> = []
  for variable in variables {
    if case .string(let name) = variable["name"], case .number = variable["states"] {
      numbered.insert(name)
    }
  }
  var observations: [JSON] = []
  for piece in text.split(separator: ";", omittingEmptySubsequences: false) {
    var states: [(key: String, value: JSON)] = []
    for pair in piece.split(separator: ",") {
      let sides = pair.split(separator: "=", maxSplits: 1).map { trimmed($0) }
      guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
        throw refusal("expected variable=state, found \(JSON.string(String(pair)).excerpt)")
      }
      guard !states.contains(where: { $0.key == sides[0] }) else {
        throw refusal("\(JSON.string(sides[0]).excerpt) is there twice in one observation")
      }
      let number = numbered.contains(sides[0]) ? Int(sides[1]) : nil
      states.append((sides[0], number.map(JSON.integer) ?? .string(sides[1])))
    }
    observations.append(.object(states))
  }
  let others = members.filter { $0.key != "observations" }
  return .object(others + [("observations", .array(observations))])
}

/// The text without the spaces around it.
private func trimmed(_ text: Substring) -> String {
  String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
}
