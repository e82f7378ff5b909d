import Approximate
import Models
import Probability

/// Problems of states at points without symmetry, small enough for three draws of each.
enum ZooProblems {
  private static let logits = [0.7, -1.1, 0.4, 1.3]
  private static let couplings = [1.2, -0.8, 0.5]

  /// From one to four bits, alone and in a chain, and three and five classes.
  static let laws: [StateLaw] =
    (1...4).map { StateLaw(.bits(logits: Array(logits.prefix($0)), couplings: [])) }
    + (2...4).map {
      StateLaw(
        .bits(logits: Array(logits.prefix($0)), couplings: Array(couplings.prefix($0 - 1))))
    }
    + [
      StateLaw(.classes(logits: [0.3, -0.6, 1.1])),
      StateLaw(.classes(logits: [0.3, -0.6, 1.1, 0.2, -1.4])),
    ]

  /// Two hidden units.
  static func network(_ law: StateLaw) -> DiscreteProblem {
    let weights = [1.2, -0.8, 0.5, 0.9, -1.3]
    let (first, second) = (
      Array(weights.prefix(law.parameterCount)),
      Array(weights.reversed().prefix(law.parameterCount))
    )
    return DiscreteProblem(
      law,
      .fixed(
        .ridges(
          [
            Ridge(.tanh, weights: first, shift: 0.3, factor: 1.5),
            Ridge(.tanh, weights: second, shift: -0.2, factor: -0.9),
          ], plus: 0.4)))
  }

  /// A table of log p(x, z) without a pattern.
  static func joint(_ law: StateLaw) -> DiscreteProblem {
    DiscreteProblem(law, .logJoint((0..<law.count).map { -3.4 - Double($0 * $0 * 7 % 11) / 5 }))
  }

  /// A cost on each bit and on neighbours.
  static func terms(_ law: StateLaw) -> DiscreteProblem {
    let bits = law.logits.indices
    let own = bits.map { BitTerm(bits: [$0], values: [0.4, -0.9 + 0.3 * Double($0)]) }
    let pairs = bits.dropFirst().map { BitTerm(bits: [$0 - 1, $0], values: [1, 0.2, -0.7, 1.4]) }
    return DiscreteProblem(law, .fixed(.terms(own + pairs)))
  }

  /// Σ (x_d − t_d)^n.
  static func power(_ law: StateLaw, _ exponent: Int) -> DiscreteProblem {
    let targets = law.logits.indices.map { 0.45 - 0.3 * Double($0) }
    return DiscreteProblem(law, .fixed(.power(targets: targets, exponent: exponent)))
  }

  static let all: [DiscreteProblem] = laws.flatMap { law -> [DiscreteProblem] in
    guard case .bits = law.kind else { return [network(law), joint(law), power(law, 3)] }
    return [network(law), joint(law), terms(law), power(law, 2)]
  }
}
