import LessonKit
import Models
import Probability
import Verification

/// Derivation `belief-nets`: a product of conditionals, a program, and Bayes' rule.
enum BeliefNetsDerivation {
  /// What is computed on a network c₁ → c₂, (c₁, c₂) → c₃.
  struct Parts: Sendable {
    /// The probabilities of all joint states, by running the sampler over all its outcomes.
    var sampled: @Sendable (BayesNet) throws -> [Double]
    /// The joint probability of one state.
    var joint: @Sendable (BayesNet, [Int]) -> Double
    /// p(c₁, c₂ | c₃ = 0), flattened.
    var posterior: @Sendable (BayesNet) throws -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, BayesNet>

  static let checks: [Check] = [
    samplerHasTheLaw, sumsToOneOverStates, factorsAreConditionals, posteriorByBayes,
  ]

  static let samplerHasTheLaw = Check(
    "ancestral-law", "P(draw parents, then children) = Π_i p(c_i | parents)",
    because: "each variable is drawn from its row, at the values its parents already have",
    claims: ["A-061", "A-109"],
    as: .consequence
  ) { parts, net in
    .equal(try parts.sampled(net), states(net).map { product(net, $0) })
  }

  static let sumsToOneOverStates = Check(
    "sums-to-one-over-states", "Σ_c Π_i p(c_i | parents) = 1",
    because: "summed from the last variable back, every row adds up to one", claims: ["A-109"],
    as: .specialCase
  ) { parts, net in
    .equal(states(net).reduce(0) { $0 + parts.joint(net, $1) }, 1.0)
  }

  static let factorsAreConditionals = Check(
    "factors-are-conditionals", "p(c₁, c₂, c₃) / Σ_c' p(c₁, c₂, c') = p(c₃ | parents of c₃)",
    because: "the tables that define the joint are its own conditional distributions",
    claims: ["A-109", "A-061"],
    as: .consequence
  ) { parts, net in
    var (found, tables) = ([Double](), [Double]())
    for values in states(net) where values[2] == 0 {
      let row = (0..<net.cardinalities[2]).map { parts.joint(net, [values[0], values[1], $0]) }
      found += row.map { $0 / row.reduce(0, +) }
      tables += net.conditional(2, given: values)
    }
    return .equal(found, tables)
  }

  static let posteriorByBayes = Check(
    "posterior-by-bayes",
    "p(c₁, c₂|c₃) = p(c₁) p(c₂|c₁) p(c₃|c₁, c₂) / Σ_{c₁,c₂} p(c₁) p(c₂|c₁) p(c₃|c₁, c₂)",
    because: "the denominator is what makes the numerator a distribution over (c₁, c₂)",
    claims: ["A-090"],
    as: .aside
  ) { parts, net in
    let products = states(net).filter { $0[2] == 0 }.map { product(net, $0) }
    let total = products.sum()
    return .equal(try parts.posterior(net), products.map { $0 / total })
  }
}

extension BeliefNetsDerivation {
  /// All joint states, the last variable fastest.
  static func states(_ net: BayesNet) -> [[Int]] {
    net.cardinalities.reduce([[]]) { states, cardinality in
      states.flatMap { state in (0..<cardinality).map { state + [$0] } }
    }
  }

  /// Π_i p(c_i | parents).
  private static func product(_ net: BayesNet, _ values: [Int]) -> ExactValue {
    net.variables.indices.reduce(1) {
      $0 * ExactValue(net.conditional($1, given: values)[values[$1]])
    }
  }
}
