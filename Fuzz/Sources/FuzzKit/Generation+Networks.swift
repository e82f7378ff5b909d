import JSONText

/// Networks, fields, spins and machines, mostly small.
extension Style {
  func bayesianNetwork(_ chance: inout Chance) -> JSON {
    let sizes = (0..<chance.size(1...5, rarely: 12)).map { _ in chance.size(1...3) }
    let variables = sizes.indices.map { number -> JSON in
      let parents = (0..<number).filter { _ in chance.oneIn(3) }.prefix(3)
      let rows = parents.reduce(1) { $0 * sizes[$1] }
      return [
        "name": .string("v\(number)"), "states": states(sizes[number], &chance),
        "parents": .strings(parents.map { "v\($0)" }),
        "table": conditionals(rows, sizes[number], &chance),
      ]
    }
    return [
      "model": "bayesian-network", "variables": .array(variables),
      "observations": evidence(sizes, &chance),
    ]
  }

  func factorGraph(_ chance: inout Chance) -> JSON {
    let sizes = (0..<chance.size(1...5, rarely: 12)).map { _ in chance.size(1...3) }
    let factors = list(chance.size(0...6, rarely: 20)) {
      let scope = sizes.indices.filter { _ in chance.oneIn(2) }.prefix(3)
      return [
        "variables": .strings(scope.map { "v\($0)" }),
        "table": list(scope.reduce(1) { $0 * sizes[$1] }) {
          chance.oneIn(5) ? 0 : .number(positive(&chance))
        },
      ]
    }
    let variables = sizes.enumerated().map { number, size -> JSON in
      ["name": .string("v\(number)"), "states": states(size, &chance)]
    }
    return [
      "model": "factor-graph", "variables": .array(variables), "factors": factors,
      "observations": evidence(sizes, &chance),
    ]
  }

  func ising(_ chance: inout Chance) -> JSON {
    let spins = chance.size(2...6, rarely: 11)
    return [
      "model": "ising", "fields": numbers(spins, &chance),
      "couplings": list(chance.size(0...8)) {
        let one = chance.below(spins)
        return [
          "pair": [.integer(one), .integer((one + 1 + chance.below(spins - 1)) % spins)],
          "value": .number(number(&chance)),
        ]
      },
      "observations": list(chance.size(0...3)) {
        list(spins) { chance.pick([.null, 1, -1]) }
      },
    ]
  }

  func boltzmannMachine(_ chance: inout Chance) -> JSON {
    let (visible, hidden) = (chance.size(0...5, rarely: 9), chance.size(0...5, rarely: 9))
    return [
      "model": "restricted-boltzmann-machine", "visibleBias": numbers(visible, &chance),
      "hiddenBias": numbers(hidden, &chance), "weights": matrix(visible, hidden, &chance),
      "observations": list(chance.size(0...3)) { list(visible) { .integer(chance.below(2)) } },
    ]
  }

  /// The number of states, or their names.
  private func states(_ count: Int, _ chance: inout Chance) -> JSON {
    chance.oneIn(2) ? .integer(count) : .strings((0..<count).map { "s\($0)" })
  }

  /// States of some variables by their numbers, which both forms of states understand.
  private func evidence(_ sizes: [Int], _ chance: inout Chance) -> JSON {
    list(chance.size(0...3)) {
      .object(
        sizes.indices.filter { _ in chance.oneIn(3) }.map {
          (key: "v\($0)", value: .integer(chance.below(sizes[$0])))
        })
    }
  }
}
