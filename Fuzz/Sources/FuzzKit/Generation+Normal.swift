import JSONText

/// Specs of the models whose laws are normal.
extension Style {
  func bayesianMixture(_ chance: inout Chance) -> JSON {
    let (components, size) = (chance.size(1...3), chance.size(1...3))
    return [
      "model": "bayesian-mixture",
      "concentration": list(components) { .number(positive(&chance)) },
      "prior": [
        "family": "normal-inverse-wishart", "mean": numbers(size, &chance),
        "kappa": .number(positive(&chance)),
        "dof": .number(Double(size) - 1 + positive(&chance)),
        "scale": covariance(size, &chance),
      ],
      "observations": matrix(chance.size(0...5, rarely: 8), size, &chance),
    ]
  }

  func stateSpace(_ chance: inout Chance) -> JSON {
    let (states, outputs) = (chance.size(1...3), chance.size(1...3))
    return .object(
      [
        ("model", "linear-dynamical-system"),
        ("dynamics", dynamics(states, &chance)),
        ("dynamicsNoise", covariance(states, canBeSingular: true, &chance)),
      ] + seen(states, outputs, longest: 40, &chance))
  }

  func switching(_ chance: inout Chance) -> JSON {
    let (modes, states, outputs) = (chance.size(1...3), chance.size(1...2), chance.size(1...2))
    return .object(
      [
        ("model", "switching-lds"),
        ("initialState", .numbers(distribution(modes, &chance))),
        ("transition", conditionals(modes, modes, &chance)),
        (
          "states",
          list(modes) {
            [
              "dynamics": dynamics(states, &chance),
              "dynamicsNoise": covariance(states, canBeSingular: true, &chance),
            ]
          }
        ),
      ] + seen(states, outputs, longest: 7, &chance))
  }

  /// Mostly of the size of one, so that long sequences stay within the doubles.
  private func dynamics(_ states: Int, _ chance: inout Chance) -> JSON {
    if chance.oneIn(4) { return matrix(states, states, &chance) }
    return list(states) { list(states) { .number(2 * chance.unit() - 1) } }
  }

  private func seen(
    _ states: Int, _ outputs: Int, longest: Int, _ chance: inout Chance
  ) -> [(key: String, value: JSON)] {
    [
      ("initialMean", numbers(states, &chance)),
      ("initialCovariance", covariance(states, &chance)),
      ("emission", matrix(outputs, states, &chance)),
      ("emissionNoise", covariance(outputs, &chance)),
      (
        "observations",
        list(chance.size(0...2)) {
          matrix(chance.size(0...4, rarely: longest), outputs, &chance)
        }
      ),
    ]
  }
}
