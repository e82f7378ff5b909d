public import JSONText

// Tables of probabilities that were rounded on their way here do not sum to one: single precision
// leaves 1e-7, three printed digits leave 1e-3. Nothing is rescaled unless that is asked for.

/// How far from one a sum of probabilities may be that is rescaled: what tables printed with three
/// digits leave.
public let rescaledSumTolerance = 1e-3

/// The same model with all its probability vectors divided by their sums.
///
/// ```
/// p_k / Σ_j p_j       where |Σ_j p_j − 1| ≤ 10⁻³
/// ```
/// What is further off, or is no list of numbers, stays as it is: its reader refuses it.
public func rescaled(_ model: JSON) -> JSON {
  if model["model"] == nil, let spec = model["spec"] {
    return model.replacing("spec", with: rescaled(spec))
  }
  guard case .string(let word) = model["model"] else { return model }
  return switch word {
  case "mixture":
    model.changing("weights") { $0.rescaledVector }
      .changing("components") {
        $0.mapElements(\.rescaledTables)
      }
  case "hmm":
    model.changing("initial") { $0.rescaledVector }
      .changing("transition") { $0.mapElements(\.rescaledVector) }
      .changing("emission") {
        $0.rescaledEmission
      }
  case "factorial-hmm":
    model.changing("chains") {
      $0.mapElements {
        $0.changing("initial") { $0.rescaledVector }
          .changing("transition") { $0.mapElements(\.rescaledVector) }
      }
    }.changing("emission") { $0.rescaledEmission }
  case "hidden-semi-markov":
    model.changing("initial") { $0.rescaledVector }
      .changing("transition") { $0.mapElements(\.rescaledVector) }
      .changing("durations") { $0.mapElements(\.rescaledVector) }
      .changing("emission") { $0.rescaledEmission }
  case "lda": model.changing("topics") { $0.mapElements(\.rescaledVector) }
  case "switching-lds":
    model.changing("initialState") { $0.rescaledVector }
      .changing("transition") { $0.mapElements(\.rescaledVector) }
  case "pcfg": model.changing("rules", rescaledRules)
  case "bayesian-network":
    model.changing("variables") {
      $0.mapElements { $0.changing("table") { $0.mapElements(\.rescaledVector) } }
    }
  default: model
  }
}

/// Rules whose probabilities are divided by the sum of those with the same left side.
private func rescaledRules(_ rules: JSON) -> JSON {
  guard case .array(let elements) = rules else { return rules }
  var sums: [String: Double] = [:]
  for rule in elements {
    guard case .string(let left) = rule["left"], case .number(let probability) = rule["probability"]
    else { return rules }
    sums[left, default: 0] += probability
  }
  return rules.mapElements { rule in
    guard case .string(let left) = rule["left"], let sum = sums[left], isNearOne(sum) else {
      return rule
    }
    return rule.changing("probability") { $0.divided(by: sum) }
  }
}

private func isNearOne(_ sum: Double) -> Bool { abs(sum - 1) <= rescaledSumTolerance }

extension JSON {
  /// A list of numbers divided by its sum, if that is near one.
  fileprivate var rescaledVector: JSON {
    guard case .array(let elements) = self else { return self }
    var sum = 0.0
    for element in elements {
      guard case .number(let number) = element else { return self }
      sum += number
    }
    return isNearOne(sum) ? .array(elements.map { $0.divided(by: sum) }) : self
  }

  /// A component with its table, or with those of its factors.
  fileprivate var rescaledTables: JSON {
    changing("probabilities") { $0.rescaledVector }
      .changing("factors") { $0.mapElements(\.rescaledTables) }
  }

  /// What states emit, with its tables, or with those of its factors.
  fileprivate var rescaledEmission: JSON {
    changing("probabilities") { $0.mapElements(\.rescaledVector) }
      .changing("factors") { $0.mapElements(\.rescaledEmission) }
  }

  fileprivate func divided(by sum: Double) -> JSON {
    guard case .number(let number) = self else { return self }
    return .number(number / sum)
  }

  fileprivate func mapElements(_ change: (JSON) -> JSON) -> JSON {
    guard case .array(let elements) = self else { return self }
    return .array(elements.map(change))
  }

  fileprivate func changing(_ key: String, _ change: (JSON) -> JSON) -> JSON {
    self[key].map { replacing(key, with: change($0)) } ?? self
  }

  fileprivate func replacing(_ key: String, with value: JSON) -> JSON {
    guard case .object(let members) = self else { return self }
    return .object(members.map { $0.key == key ? (key: key, value: value) : $0 })
  }
}
