import GSL

/// Nodes at which a noise is visited in place of all its values, with weights that add up to 1.
///
/// The number of nodes is odd, so that the value which a program takes behind its trail, the middle,
/// is one of them.
public struct NoiseRule: Sendable, Equatable {
  /// What it is called.
  public let name: String
  /// The nodes, ascending: values of N(0, 1), or numbers between 0 and 1.
  public let nodes: [Double]
  /// Their weights.
  public let weights: [Double]

  /// The number of nodes.
  public var count: Int { nodes.count }

  /// Gauss and Hermite's rule: exact for polynomials of degree 2n − 1 in a normal.
  static func hermite(_ count: Int) throws(GSLError) -> NoiseRule {
    let rule = try FixedRule.gaussHermite(count: count)
    return NoiseRule(name: "Gauss–Hermite", nodes: rule.nodes, weights: rule.weights)
  }

  /// The same nodes, for a uniform u of which Φ⁻¹(u) is taken.
  static func quantiles(_ count: Int) throws(GSLError) -> NoiseRule {
    let rule = try FixedRule.gaussHermite(count: count)
    var nodes: [Double] = []
    for node in rule.nodes { nodes.append(try SpecialFunctions.normalLower(node)) }
    return NoiseRule(name: "Gauss–Hermite, through Φ", nodes: nodes, weights: rule.weights)
  }

  /// Gauss and Legendre's rule: exact for polynomials of degree 2n − 1 in a uniform.
  static func legendre(_ count: Int) throws(GSLError) -> NoiseRule {
    let rule = try FixedRule.gaussLegendre(count: count, from: 0, to: 1)
    return NoiseRule(name: "Gauss–Legendre", nodes: rule.nodes, weights: rule.weights)
  }

  /// Equally spaced nodes: exact for cos 2πku and sin 2πku with k < n.
  static func equallySpaced(_ count: Int) -> NoiseRule {
    NoiseRule(
      name: "equally spaced", nodes: (0..<count).map { (Double($0) + 0.5) / Double(count) },
      weights: (0..<count).map { _ in 1 / Double(count) })
  }

  /// u = ½ (1 + tanh(½ π sinh t)) at equally spaced t, where the ends 0 and 1 may be singular, as
  /// those of log u are (Takahasi and Mori 1974).
  static func doublyExponential(_ count: Int) -> NoiseRule {
    let half = count / 2
    // At t = ±3 a node is 2e-14 from its end, and 1 − u has still a digit or two.
    let times = (-half...half).map { 3 * Double($0) / Double(half) }
    let weights = times.map { t in
      let slope = cosh(0.5 * .pi * sinh(t))
      return cosh(t) / (slope * slope)
    }
    let total = CompensatedSum(weights).value
    return NoiseRule(
      name: "tanh–sinh", nodes: times.map { 1 / (1 + exp(-.pi * sinh($0))) },
      weights: weights.map { $0 / total })
  }
}

/// A rule at two sizes: where they agree, the smaller one is believed.
struct NoiseRulePair: Sendable {
  let small: NoiseRule
  let large: NoiseRule

  /// What is tried for a kind of noise, the cheapest first.
  static func candidates(for question: Question) throws(GSLError) -> [NoiseRulePair] {
    var all: [NoiseRulePair] = []
    switch question {
    case .flip, .choose: return []
    case .normal:
      for (small, large) in [(5, 7), (9, 11), (15, 19), (25, 31), (41, 51), (61, 81)] {
        all.append(NoiseRulePair(small: try .hermite(small), large: try .hermite(large)))
      }
    case .uniform:
      for (small, large) in [(3, 5), (5, 7), (9, 13), (15, 21)] {
        all.append(NoiseRulePair(small: try .legendre(small), large: try .legendre(large)))
      }
      for (small, large) in [(5, 7), (9, 11), (15, 19), (25, 31)] {
        all.append(NoiseRulePair(small: try .quantiles(small), large: try .quantiles(large)))
      }
      for (small, large) in [(5, 7), (9, 11), (17, 21), (33, 41)] {
        all.append(
          NoiseRulePair(small: .equallySpaced(small), large: .equallySpaced(large)))
      }
      for (small, large) in [(21, 41), (41, 81), (81, 161)] {
        all.append(
          NoiseRulePair(small: .doublyExponential(small), large: .doublyExponential(large)))
      }
    }
    return all.sorted { $0.small.count < $1.small.count }
  }
}
