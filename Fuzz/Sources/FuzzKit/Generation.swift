import JSONText

/// A whole spec made from nothing, well formed and mostly small: inputs that reach the arithmetic.
func freshSpec(_ chance: inout Chance) -> JSON {
  let style = Style(&chance)
  return switch chance.below(19) {
  case 0: style.mixture(&chance)
  case 1: style.latentFactor(&chance)
  case 2: style.hiddenMarkov(&chance)
  case 3: style.grammar(&chance)
  case 4: style.spanningTree(&chance)
  case 5: style.beliefNetwork(&chance)
  case 6: style.bayesianMixture(&chance)
  case 7: style.stateSpace(&chance)
  case 8: style.switching(&chance)
  case 9: style.bayesianNetwork(&chance)
  case 10: style.factorGraph(&chance)
  case 11: style.ising(&chance)
  case 12: style.boltzmannMachine(&chance)
  default: style.approximation(&chance)
  }
}

/// The words of the format, for mutations that exchange them.
let modelWords = [
  "mixture", "latent-factor", "hmm", "pcfg", "spanning-tree", "sigmoid-belief-network",
  "bayesian-mixture", "linear-dynamical-system", "switching-lds", "bayesian-network",
  "factor-graph", "ising", "restricted-boltzmann-machine",
]
let familyWords = [
  "poisson", "gaussian", "multivariate-gaussian", "categorical", "normal-inverse-wishart",
]

/// So many values, each made by chance.
func list(_ count: Int, _ make: () -> JSON) -> JSON { .array((0..<count).map { _ in make() }) }

extension Style {
  func mixture(_ chance: inout Chance) -> JSON {
    let (components, size) = (chance.size(1...4), chance.size(1...3))
    let family = chance.pick(Array(familyWords.prefix(4)))
    let parts = list(components) {
      switch family {
      case "poisson": ["family": "poisson", "rate": .number(positive(&chance))]
      case "gaussian":
        [
          "family": "gaussian", "mean": .number(number(&chance)),
          "variance": .number(positive(&chance)),
        ]
      case "categorical":
        ["family": "categorical", "probabilities": .numbers(distribution(size, &chance))]
      default:
        [
          "family": .string(family), "mean": numbers(size, &chance),
          "covariance": covariance(size, &chance),
        ]
      }
    }
    let data = list(chance.size(0...5)) {
      switch family {
      case "poisson": .number(chance.pick([0, 1, 7, 100, positive(&chance).rounded()]))
      case "categorical": .integer(chance.below(size))
      case "gaussian": .number(number(&chance))
      default: numbers(size, &chance)
      }
    }
    return [
      "model": "mixture", "weights": .numbers(distribution(components, &chance)),
      "components": parts, "observations": data,
    ]
  }

  func latentFactor(_ chance: inout Chance) -> JSON {
    let (factors, words) = (chance.size(0...5, rarely: 11), chance.size(1...6, rarely: 20))
    return [
      "model": "latent-factor",
      "prior": list(factors) { .number(probability(&chance)) },
      "weights": matrix(factors, words, &chance), "bias": numbers(words, &chance),
      "observations": list(chance.size(0...3)) {
        list(chance.size(0...6, rarely: 40)) { .integer(chance.below(words)) }
      },
    ]
  }

  func hiddenMarkov(_ chance: inout Chance) -> JSON {
    let (states, symbols) = (chance.size(1...5, rarely: 35), chance.size(1...4))
    let isCategorical = chance.oneIn(2)
    return [
      "model": "hmm", "initial": .numbers(distribution(states, &chance)),
      "transition": conditionals(states, states, &chance),
      "emission": isCategorical
        ? ["family": "categorical", "probabilities": conditionals(states, symbols, &chance)]
        : [
          "family": "gaussian", "means": numbers(states, &chance),
          "variances": list(states) { .number(positive(&chance)) },
        ],
      "observations": list(chance.size(0...3)) {
        list(chance.size(1...6, rarely: 200)) {
          if chance.oneIn(12) { return .null }
          return isCategorical ? .integer(chance.below(symbols)) : .number(number(&chance))
        }
      },
    ]
  }

  func grammar(_ chance: inout Chance) -> JSON {
    let (symbols, words) = (chance.size(1...4, rarely: 13), chance.size(1...3))
    var rules: [JSON] = []
    for left in 0..<symbols {
      var rights: [JSON] = []
      for first in 0..<symbols {
        for second in 0..<symbols where chance.oneIn(symbols) {
          rights.append(["N\(first)", "N\(second)"].strings)
        }
      }
      for word in 0..<words where chance.oneIn(2) || word == 0 {
        rights.append(["w\(word)"].strings)
      }
      for (right, mass) in zip(rights, distribution(rights.count, &chance)) {
        rules.append(["left": .string("N\(left)"), "right": right, "probability": .number(mass)])
      }
    }
    return [
      "model": "pcfg", "start": "N0", "rules": .array(rules),
      "observations": list(chance.size(0...3)) {
        list(chance.size(0...6, rarely: 20)) { .string("w\(chance.below(words))") }
      },
    ]
  }

  func spanningTree(_ chance: inout Chance) -> JSON {
    let size = 1 + chance.size(1...5, rarely: 20)
    return [
      "model": "spanning-tree", "scores": matrix(size, size, &chance),
      "singleRoot": .bool(chance.oneIn(2)),
    ]
  }

  func beliefNetwork(_ chance: inout Chance) -> JSON {
    let sizes = (0...chance.size(1...3)).map { _ in chance.size(1...4, rarely: 9) }
    return [
      "model": "sigmoid-belief-network", "bias": numbers(sizes[0], &chance),
      "layers": .array(
        zip(sizes, sizes.dropFirst()).map { upper, lower in
          ["weights": matrix(upper, lower, &chance), "bias": numbers(lower, &chance)]
        }),
      "observations": list(chance.size(0...3)) {
        list(sizes.last ?? 0) { .integer(chance.below(2)) }
      },
    ]
  }
}

extension Array where Element == String {
  fileprivate var strings: JSON { .strings(self) }
}
