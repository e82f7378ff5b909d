import Exact
import GSL
import LessonKit
import Models
import Probability

extension BeliefNetsDerivation {
  /// The library's network, and the ways to get it wrong.
  static let derivation = Derivation<Parts, BayesNet>(
    id: "belief-nets",
    title: "The product and the program agree",
    example: .threeInATriangle,
    draw: { try .randomTriangle(&$0) },
    checks: checks,
    answer: Parts(
      sampled: { net in try law(of: net) { choices in try net.sample(&choices) } },
      joint: { exp($0.logJoint($1)) },
      posterior: { net in
        // p(a | c = 0) p(b | a, c = 0), each factor by elimination.
        let first = try marginal(of: 0, in: net, evidence: [nil, nil, 0])
        return try first.indices.flatMap { a in
          try marginal(of: 1, in: net, evidence: [a, nil, 0]).map { first[a] * $0 }
        }
      }),
    mistakes: mistakes)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "forgets-the-parents", "draws every variable from the first row of its table", \.sampled
    ) { net in
      try law(of: net) { choices in try net.variables.map { try choices.choose($0.table[0]) } }
    },
    Mistake(
      "children-first", "draws c₃ before c₁ and c₂, as if they were 0, and never looks back",
      \.sampled
    ) { net in
      try law(of: net) { choices in
        let last = try choices.choose(net.variables[2].table[0])
        let first = try choices.choose(net.variables[0].table[0])
        return [first, try choices.choose(net.conditional(1, given: [first])), last]
      }
    },
    Mistake(
      "exchanges-the-parents", "reads the table of c₃ with its parents in the other order", \.joint
    ) { net, values in
      let exchanged = net.conditional(2, given: [values[1], values[0]])[values[2]]
      return net.variables[0].table[0][values[0]] * net.variables[1].table[values[0]][values[1]]
        * exchanged
    },
    Mistake("counts-a-factor-twice", "multiplies by p(c₁) once for every child", \.joint) {
      net, values in
      exp(net.logJoint(values)) * net.variables[0].table[0][values[0]]
    },
    Mistake(
      "forgets-to-normalise", "p(c₁) p(c₂|c₁) p(c₃|c₁, c₂) without the integral below it",
      \.posterior
    ) { net in
      states(net).filter { $0[2] == 0 }.map { exp(net.logJoint($0)) }
    },
  ]

  /// The law of a program that draws all variables, as a list over joint states.
  private static func law(
    of net: BayesNet, _ program: (inout Exhaustive) throws -> [Int]
  ) throws -> [Double] {
    var probabilities: [[Int]: Double] = [:]
    try forEachOutcome(of: program) { values, probability in
      probabilities[values, default: 0] += probability
    }
    return states(net).map { probabilities[$0, default: 0] }
  }

  private static func marginal(
    of variable: Int, in net: BayesNet, evidence: [Int?]
  ) throws -> [Double] {
    try BayesNetPosterior.marginal(of: variable, in: net, evidence: evidence) ?? []
  }
}
