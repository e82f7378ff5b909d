import Interchange
import JSONText

/// A whole spec made from nothing, well formed and mostly small: inputs that reach the arithmetic.
///
/// A model that has no entry here is reached by way of its cases in `Reference/golden`, which are changed.
func freshSpec(_ chance: inout Chance) -> JSON {
  let style = Style(&chance)
  let place = chance.below(modelGenerators.count + 6)
  guard place < modelGenerators.count else { return style.approximation(&chance) }
  return modelGenerators[place].make(style, &chance)
}

/// A well-formed spec of each model that is made from nothing.
let modelGenerators: [(model: String, make: @Sendable (Style, inout Chance) -> JSON)] = [
  ("mixture", { $0.mixture(&$1) }), ("latent-factor", { $0.latentFactor(&$1) }),
  ("hmm", { $0.hiddenMarkov(&$1) }), ("pcfg", { $0.grammar(&$1) }),
  ("spanning-tree", { $0.spanningTree(&$1) }),
  ("sigmoid-belief-network", { $0.beliefNetwork(&$1) }),
  ("bayesian-mixture", { $0.bayesianMixture(&$1) }),
  ("linear-dynamical-system", { $0.stateSpace(&$1) }), ("switching-lds", { $0.switching(&$1) }),
  ("factorial-hmm", { $0.factorial(&$1) }), ("hidden-semi-markov", { $0.semiMarkov(&$1) }),
  ("lda", { $0.topics(&$1) }), ("bayesian-network", { $0.bayesianNetwork(&$1) }),
  ("factor-graph", { $0.factorGraph(&$1) }), ("ising", { $0.ising(&$1) }),
  ("restricted-boltzmann-machine", { $0.boltzmannMachine(&$1) }),
]

/// The words of the format, for mutations that exchange them: every model that has an oracle.
let modelWords = oracleModels
let familyWords = [
  "poisson", "gaussian", "multivariate-gaussian", "categorical", "normal-inverse-wishart",
  "product",
]

/// So many values, each made by chance.
func list(_ count: Int, _ make: () -> JSON) -> JSON { .array((0..<count).map { _ in make() }) }

extension Style {
  func mixture(_ chance: inout Chance) -> JSON {
    let (components, size) = (chance.size(1...4), chance.size(1...3))
    if chance.oneIn(4) { return productMixture(components, &chance) }
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
    let law = emission(states, symbols, &chance)
    return [
      "model": "hmm", "initial": .numbers(distribution(states, &chance)),
      "transition": conditionals(states, states, &chance), "emission": law,
      "observations": list(chance.size(0...3)) {
        list(chance.size(1...6, rarely: 200)) {
          chance.oneIn(12) ? .null : observed(law, &chance)
        }
      },
    ]
  }

  func grammar(_ chance: inout Chance) -> JSON {
    let (symbols, words) = (chance.size(1...4, rarely: 13), chance.size(1...3))
    let hasUnaries = chance.oneIn(2)
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
      let words = rights.count
      for only in 0..<symbols where hasUnaries && chance.oneIn(symbols) {
        rights.append(["N\(only)"].strings)
      }
      for (index, (right, mass)) in zip(rights, distribution(rights.count, &chance)).enumerated() {
        let rule: JSON = [
          "left": .string("N\(left)"), "right": right, "probability": .number(mass),
        ]
        guard index >= words, case .object(let members) = rule else {
          rules.append(rule)
          continue
        }
        rules.append(.object(members + [("unary", .bool(true))]))
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
      "singleRoot": .bool(chance.oneIn(2)), "projective": .bool(chance.oneIn(2)),
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
