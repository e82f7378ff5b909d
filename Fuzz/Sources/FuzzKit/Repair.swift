import JSONText

/// The tree with its probability vectors summing to one and its covariances symmetric again, so that
/// most inputs get past the reader and into the arithmetic.
func repaired(_ tree: JSON) -> JSON {
  let isMixture = tree["model"]?.word == "mixture"
  let isNetwork = tree["model"]?.word == "bayesian-network"
  let singular: Set = ["dynamicsNoise"]
  let definite: Set = ["covariance", "initialCovariance", "emissionNoise", "scale"]
  let vectors: Set = [
    "probabilities", "initial", "initialState", "transition", "durations", "topics",
  ]
  let changed = tree.mapped { key, value in
    let numbers = value.elements.compactMap(\.double)
    if !numbers.isEmpty, numbers.count == value.elements.count {
      let isVector =
        vectors.contains(key) || (key == "weights" && isMixture)
        || (key == "table" && isNetwork)
      return isVector ? .numbers(summingToOne(numbers)) : value
    }
    if singular.contains(key) { return symmetric(value, atLeast: 0) }
    if definite.contains(key) { return symmetric(value, atLeast: 1e-3) }
    return value
  }
  return changed["model"]?.word == "pcfg" ? withRulesRepaired(changed) : changed
}

/// Left alone where the sum is one already, or so nearly that it may be meant.
private func summingToOne(_ values: [Double]) -> [Double] {
  let sum = values.reduce(0, +)
  let isGood = abs(sum - 1) < 3e-9 && values.allSatisfy { 0...1 ~= $0 }
  return isGood ? values : normalised(values)
}

/// The lower triangle copied from the upper one, and the diagonal positive; nothing is done to a
/// matrix that is none.
private func symmetric(_ value: JSON, atLeast least: Double) -> JSON {
  var rows = value.elements.map { $0.elements.compactMap(\.double) }
  guard !rows.isEmpty, rows.allSatisfy({ $0.count == rows.count }) else { return value }
  for row in rows.indices {
    for column in rows.indices where column < row { rows[row][column] = rows[column][row] }
    rows[row][row] = rows[row][row].magnitude
    if least > 0, rows[row][row] == 0 { rows[row][row] = least }
  }
  return .matrix(rows)
}

private func withRulesRepaired(_ tree: JSON) -> JSON {
  guard case .object(var members) = tree,
    let place = members.firstIndex(where: { $0.key == "rules" })
  else { return tree }
  var rules = members[place].value.elements
  let sides = Set(rules.compactMap { $0["left"]?.word })
  for side in sides {
    let own = rules.indices.filter { rules[$0]["left"]?.word == side }
    let masses = own.map { rules[$0]["probability"]?.double ?? 0 }
    for (index, mass) in zip(own, summingToOne(masses)) {
      guard case .object(var rule) = rules[index],
        let key = rule.firstIndex(where: { $0.key == "probability" })
      else { continue }
      rule[key].value = .number(mass)
      rules[index] = .object(rule)
    }
  }
  members[place].value = .array(rules)
  return .object(members)
}
