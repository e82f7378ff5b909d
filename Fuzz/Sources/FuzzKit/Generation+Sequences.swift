import JSONText

extension Style {
  /// What states emit: values of one family, or of several.
  func emission(_ states: Int, _ symbols: Int, _ chance: inout Chance) -> JSON {
    if chance.oneIn(5) {
      return [
        "family": "product",
        "factors": list(chance.size(1...3)) { simpleEmission(states, symbols, &chance) },
      ]
    }
    return simpleEmission(states, symbols, &chance)
  }

  private func simpleEmission(_ states: Int, _ symbols: Int, _ chance: inout Chance) -> JSON {
    switch chance.below(4) {
    case 0:
      return ["family": "categorical", "probabilities": conditionals(states, symbols, &chance)]
    case 1:
      return [
        "family": "gaussian", "means": numbers(states, &chance),
        "variances": list(states) { .number(positive(&chance)) },
      ]
    case 2:
      return ["family": "poisson", "rates": list(states) { .number(positive(&chance)) }]
    default:
      return [
        "family": "multivariate-gaussian", "means": matrix(states, symbols, &chance),
        "covariances": list(states) { covariance(symbols, &chance) },
      ]
    }
  }

  /// A step of what an emission describes.
  func observed(_ emission: JSON, _ chance: inout Chance) -> JSON {
    switch emission["family"]?.word {
    case "categorical":
      let width = emission["probabilities"]?.elements.first?.elements.count ?? 1
      return .integer(chance.below(width))
    case "gaussian": return .number(number(&chance))
    case "poisson":
      return .number(chance.pick([0, 1, 7, 100, positive(&chance).rounded()]))
    case "product":
      var values: [JSON] = []
      for factor in emission["factors"]?.elements ?? [] {
        values.append(chance.oneIn(6) ? .null : observed(factor, &chance))
      }
      return .array(values)
    default: return numbers(emission["means"]?.elements.first?.elements.count ?? 1, &chance)
    }
  }

  func productMixture(_ components: Int, _ chance: inout Chance) -> JSON {
    let (tables, counts, symbols) = (chance.size(1...3), chance.size(0...2), chance.size(1...3))
    let parts = list(components) {
      let first = list(tables) {
        ["family": "categorical", "probabilities": .numbers(distribution(symbols, &chance))]
      }
      let second = list(counts) { ["family": "poisson", "rate": .number(positive(&chance))] }
      return ["family": "product", "factors": .array(first.elements + second.elements)]
    }
    return [
      "model": "mixture", "weights": .numbers(distribution(components, &chance)),
      "components": parts,
      "observations": list(chance.size(0...4)) {
        let first = list(tables) {
          chance.oneIn(6) ? .null : .integer(chance.below(symbols))
        }
        return .array(first.elements + list(counts) { .integer(chance.below(20)) }.elements)
      },
    ]
  }

  func factorial(_ chance: inout Chance) -> JSON {
    var (chains, means, states): ([JSON], [JSON], Int) = ([], [], 1)
    for _ in 0..<chance.size(1...3) {
      let size = chance.size(1...3)
      states *= size
      chains.append([
        "initial": .numbers(distribution(size, &chance)),
        "transition": conditionals(size, size, &chance),
      ])
      means.append(numbers(size, &chance))
    }
    let isTable = chance.oneIn(2)
    let symbols = chance.size(1...4)
    let emission: JSON =
      isTable
      ? ["family": "categorical", "probabilities": conditionals(states, symbols, &chance)]
      : ["family": "gaussian", "means": .array(means), "variance": .number(positive(&chance))]
    return [
      "model": "factorial-hmm", "chains": .array(chains), "emission": emission,
      "observations": list(chance.size(0...3)) {
        list(chance.size(1...5, rarely: 40)) {
          if chance.oneIn(12) { return .null }
          return isTable ? .integer(chance.below(symbols)) : .number(number(&chance))
        }
      },
    ]
  }

  func semiMarkov(_ chance: inout Chance) -> JSON {
    let (states, symbols) = (chance.size(1...3), chance.size(1...3))
    let law = emission(states, symbols, &chance)
    return [
      "model": "hidden-semi-markov", "initial": .numbers(distribution(states, &chance)),
      "transition": conditionals(states, states, &chance),
      "durations": conditionals(states, chance.size(1...4, rarely: 12), &chance),
      "emission": law, "censored": .bool(chance.oneIn(2)),
      "observations": list(chance.size(0...3)) {
        list(chance.size(1...6, rarely: 40)) {
          chance.oneIn(12) ? .null : observed(law, &chance)
        }
      },
    ]
  }

  func topics(_ chance: inout Chance) -> JSON {
    let (topics, words) = (chance.size(1...3), chance.size(1...4))
    let ofWords: (key: String, value: JSON) =
      chance.oneIn(2)
      ? ("topics", conditionals(topics, words, &chance))
      : ("beta", list(words) { .number(positive(&chance)) })
    let alpha = list(topics) { .number(positive(&chance)) }
    let documents = list(chance.size(0...3)) {
      list(chance.size(0...4, rarely: 9)) { .integer(chance.below(words)) }
    }
    return .object([
      ("model", "lda"), ("alpha", alpha), ofWords, ("observations", documents),
    ])
  }
}
