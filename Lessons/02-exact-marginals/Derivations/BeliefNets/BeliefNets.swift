import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// What is computed on a network a → b, (a, b) → c, … as functions that can be exchanged.
struct NetFunctions: Sendable {
  /// The probabilities of all joint states, by running the sampler over all its outcomes.
  var sampled: @Sendable (BayesNet) throws -> [Double] = { net in
    try law(of: net) { choices in try net.sample(&choices) }
  }
  /// The joint probability of one state.
  var joint: @Sendable (BayesNet, [Int]) -> Double = { exp($0.logJoint($1)) }
  /// p(x_0, x_1 | last = 0), flattened.
  var posterior: @Sendable (BayesNet) throws -> [Double] = { net in
    try pairPosterior(net, lastGiven: 0)
  }
}

/// The law of a program that draws all variables, as a list over joint states.
private func law(
  of net: BayesNet, _ program: (inout Exhaustive) throws -> [Int]
) throws -> [Double] {
  var probabilities = [Double](repeating: 0, count: net.jointStateCount ?? 0)
  try forEachOutcome(of: program) { values, probability in
    probabilities[place(of: values, net)] += probability
  }
  return probabilities
}

private func place(of values: [Int], _ net: BayesNet) -> Int {
  zip(values, net.cardinalities).reduce(0) { $0 * $1.1 + $1.0 }
}

private func states(_ net: BayesNet) -> [[Int]] {
  net.cardinalities.reduce([[]]) { states, cardinality in
    states.flatMap { state in (0..<cardinality).map { state + [$0] } }
  }
}

/// p(x_0, x_1 | x_2 = value) = p(x_0 | x_2) p(x_1 | x_0, x_2), each factor by elimination.
private func pairPosterior(_ net: BayesNet, lastGiven value: Int) throws -> [Double] {
  let first = try BayesNetPosterior.marginal(of: 0, in: net, evidence: [nil, nil, value]) ?? []
  return try first.indices.flatMap { x in
    let second = try BayesNetPosterior.marginal(of: 1, in: net, evidence: [x, nil, value]) ?? []
    return second.map { first[x] * $0 }
  }
}

extension Page {
  /// Belief networks: a product of conditionals, a program, and Bayes' rule.
  static let beliefNets: Exercise<NetFunctions, BayesNet> = Exercise(
    Sheet(
      id: "belief-nets", title: "The product and the program agree", task: "", hints: [],
      example: .threeInATriangle,
      draw: { cases in try .randomTriangle(&cases) },
      lines: [samplerHasTheLaw, sumsToOneOverStates, factorsAreConditionals, posteriorByBayes]),
    answer: NetFunctions(),
    mistakes: [
      Mistake(
        "forgets-the-parents", "draws every variable from the first row of its table",
        NetFunctions(sampled: { net in
          try law(of: net) { choices in
            try net.variables.map { try choices.choose($0.table[0]) }
          }
        })),
      Mistake(
        "children-first", "draws c before a and b, as if they were 0, and never looks back",
        NetFunctions(sampled: { net in
          try law(of: net) { choices in
            let last = try choices.choose(net.variables[2].table[0])
            let first = try choices.choose(net.variables[0].table[0])
            return [first, try choices.choose(net.conditional(1, given: [first])), last]
          }
        })),
      Mistake(
        "exchanges-the-parents", "reads the table of c with its parents in the other order",
        NetFunctions(joint: { net, values in
          let exchanged = net.conditional(2, given: [values[1], values[0]])[values[2]]
          return net.variables[0].table[0][values[0]] * net.variables[1].table[values[0]][values[1]]
            * exchanged
        })),
      Mistake(
        "counts-a-factor-twice", "multiplies by p(a) once for every child",
        NetFunctions(joint: { net, values in
          exp(net.logJoint(values)) * net.variables[0].table[0][values[0]]
        })),
      Mistake(
        "forgets-to-normalise", "p(x) p(y|x) p(z|x, y) without the integral below it",
        NetFunctions(posterior: { net in
          states(net).filter { $0[2] == 0 }.map { exp(net.logJoint($0)) }
        })),
    ])

  private static let samplerHasTheLaw: Line<NetFunctions, BayesNet> = Line(
    "ancestral-law", "law of (draw parents, then children) = Π_i p(x_i | parents)",
    because: "each variable is drawn from its row, at the values its parents already have",
    claims: ["A-061", "A-109"]
  ) { functions, net in
    let products = states(net).map { values in
      net.variables.indices.reduce(1) { $0 * net.conditional($1, given: values)[values[$1]] }
    }
    return .equal(try functions.sampled(net), products, magnitude: 1)
  }

  private static let sumsToOneOverStates: Line<NetFunctions, BayesNet> = Line(
    "sums-to-one-over-states", "Σ_x Π_i p(x_i | parents) = 1",
    because: "summed from the last variable back, every row adds up to one", claims: ["A-109"]
  ) { functions, net in
    .equal(states(net).reduce(0) { $0 + functions.joint(net, $1) }, 1, magnitude: 1)
  }

  private static let factorsAreConditionals: Line<NetFunctions, BayesNet> = Line(
    "factors-are-conditionals", "p(a, b, c) / Σ_c' p(a, b, c') = p(c | parents of c)",
    because: "the tables that define the joint are its own conditional laws",
    claims: ["A-109", "A-061"]
  ) { functions, net in
    var (found, tables) = ([Double](), [Double]())
    for values in states(net) where values[2] == 0 {
      let row = (0..<net.cardinalities[2]).map { functions.joint(net, [values[0], values[1], $0]) }
      found += row.map { $0 / row.reduce(0, +) }
      tables += net.conditional(2, given: values)
    }
    return .equal(found, tables, magnitude: 1)
  }

  private static let posteriorByBayes: Line<NetFunctions, BayesNet> = Line(
    "posterior-by-bayes", "p(x, y|z) = p(x) p(y|x) p(z|x, y) / Σ_{x,y} p(x) p(y|x) p(z|x, y)",
    because: "the denominator is what makes the numerator a law over (x, y)", claims: ["A-090"]
  ) { functions, net in
    let products = states(net).filter { $0[2] == 0 }.map { values in
      net.variables.indices.reduce(1) { $0 * net.conditional($1, given: values)[values[$1]] }
    }
    let total = products.reduce(0, +)
    return .equal(try functions.posterior(net), products.map { $0 / total }, magnitude: 1)
  }
}
