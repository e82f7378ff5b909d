import GSL
import LessonKit
import Models
import Probability

/// Two bits with two costs, free or one after the other, and three states that are drawn without replacement.
///
/// ```
/// f(z) = f_1(z_1, z_2) + f_2(z_2),     chain: p(z_2 = 1|z_1) = σ(θ_2 + J z_1)
/// q(z) = n_z/N
/// ```
struct SumsProblem: Sendable {
  /// θ_d.
  let logits: [Double]
  /// J.
  let coupling: Double
  /// f_1 at 00, 01, 10 and 11.
  let both: [Double]
  /// f_2 at 0 and 1.
  let second: [Double]
  /// n_z.
  let counts: [Int]
  /// f(z) of the three states.
  let values: [Double]
  /// The independent bits, the chain and the states as estimators see them.
  let free, chain, states: DiscreteProblem

  init(
    logits: [Double], coupling: Double, both: [Double], second: [Double], counts: [Int],
    values: [Double]
  ) {
    self.logits = logits
    self.coupling = coupling
    self.both = both
    self.second = second
    self.counts = counts
    self.values = values
    let costs = DiscreteProblem.Objective.fixed(
      .terms([BitTerm(bits: [0, 1], values: both), BitTerm(bits: [1], values: second)]))
    free = DiscreteProblem(StateLaw(.bits(logits: logits, couplings: [])), costs)
    chain = DiscreteProblem(StateLaw(.bits(logits: logits, couplings: [coupling])), costs)
    states = DiscreteProblem(
      StateLaw(.classes(logits: counts.map { log(Double($0)) })), .fixed(.linear(values)))
  }

  static let example = SumsProblem(
    logits: [0.4, -0.9], coupling: 1.3, both: [0.5, -1, 2, 0.8], second: [0.3, -0.6],
    counts: [5, 2, 3], values: [1.5, -2, 0.7])

  static func random(_ cases: inout Cases) throws -> SumsProblem {
    let logits = try cases.reals(2, from: -1.4, to: 1.4)
    let coupling = try cases.real(from: 0.4, to: 1.8)
    let both = try cases.reals(4, from: -2, to: 2)
    let second = try cases.reals(2, from: -1, to: 1)
    var counts: [Int] = []
    for _ in 0..<3 { counts.append(try cases.integer(1...7)) }
    return SumsProblem(
      logits: logits, coupling: coupling, both: both, second: second, counts: counts,
      values: try cases.reals(3, from: -2, to: 2))
  }

  /// The free bits with their rounding.
  var bits: ExactBits { ExactBits(logits: logits) }

  /// f at bits.
  func value(_ b: [Double]) -> ExactValue {
    ExactValue(both[Int(2 * b[0] + b[1])]) + ExactValue(second[Int(b[1])])
  }

  /// p(z_2 = 1|z_1).
  func follows(_ first: Double) -> ExactValue {
    ExactBits(logits: [logits[1] + coupling * first]).p[0]
  }

  /// E[f|z_1] of the chain.
  func tail(_ first: Double) -> ExactValue {
    let p = follows(first)
    return p * value([first, 1]) + (1 - p) * value([first, 0])
  }

  /// ∇E_q[f] of the chain.
  var chainGradient: [ExactValue] {
    let p = bits.p[0]
    let slopes = [0.0, 1].map { first in
      let follows = follows(first)
      return follows * (1 - follows) * (value([first, 1]) - value([first, 0]))
    }
    return [p * (1 - p) * (tail(1) - tail(0)), p * slopes[1] + (1 - p) * slopes[0]]
  }
}

// MARK: The states

extension SumsProblem {
  /// q(z) = n_z/N.
  var q: [ExactValue] {
    let total = counts.reduce(0, +)
    return counts.map { ExactValue(Double($0)) / ExactValue(Double(total)) }
  }

  /// f(z) s_k(z).
  func term(_ z: Int, _ k: Int) -> ExactValue {
    ExactValue(values[z]) * ((z == k ? 1 : 0) - q[k])
  }

  /// q_k (f_k − E_q[f]).
  var stateGradient: [ExactValue] {
    let mean = zip(q, values).sum { $0 * ExactValue($1) }
    return zip(q, values).map { $0 * (ExactValue($1) - mean) }
  }

  /// E[f s | the two states], for each pair that two draws without replacement may give, with its probability.
  var pairs: [(probability: ExactValue, mean: [ExactValue])] {
    [(0, 1), (0, 2), (1, 2)].map { i, j in
      // The first is i and the second j, or the other way round.
      let (there, back) = (q[i] * q[j] / (1 - q[i]), q[j] * q[i] / (1 - q[j]))
      let total = there + back
      return (total, counts.indices.map { k in (there * term(i, k) + back * term(j, k)) / total })
    }
  }

  /// E of a function of two states and of the time t at which the third would come, all as one integral.
  ///
  /// ```
  /// Σ_U ∫_0^1 n_k x^(n_k − 1) Π_{i∈U} (1 − x^(n_i)) h(U, t) dx,     x = e^(−t/N), k outside U
  /// ```
  /// With weights q/(1 − x^n) in h this is a polynomial of degree N − 1, for which the rule is exact.
  func meanOfPairs(
    _ value: (_ pair: [Int], _ time: Double) throws -> [Double]
  ) throws -> [Double] {
    let total = counts.reduce(0, +)
    let rule = try FixedRule.gaussLegendre(count: (total + 1) / 2, from: 0, to: 1)
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: counts.count)
    for outside in counts.indices {
      let pair = counts.indices.filter { $0 != outside }
      for (x, weight) in zip(rule.nodes, rule.weights) {
        let n = Double(counts[outside])
        let density = pair.reduce(n * pow(x, n - 1)) { $0 * (1 - pow(x, Double(counts[$1]))) }
        let found = try value(pair, -Double(total) * log(x))
        for k in sums.indices { sums[k].add(weight * density * found[k]) }
      }
    }
    return sums.map(\.value)
  }
}

extension SumsProblem: Shown {
  /// The bits with their costs, the states with theirs.
  var givens: [Given] {
    [
      Given("θ", logits), Given("J", coupling),
      Given("f_1", [[both[0], both[1]], [both[2], both[3]]]),
      Given("f_2", second), Given("n", counts).folded, Given("f(z)", values).folded,
    ]
  }
}

// MARK: The exact answers

extension SumsProblem {
  /// The variances and the covariance of p_d (1 − p_d) (f(z_d = 1) − f(z_d = 0)), free bits.
  var effects: [ExactValue] {
    bits.covariances { b in
      [0, 1].map { bits.variances[$0] * bits.effect(of: $0, on: value, at: b) }
    }
  }

  /// p_1² (1 − p_1)² times the variance over u of f(1, z_2(1, u)) − f(0, z_2(0, u)).
  var effectOnOneNoise: ExactValue {
    // With J > 0 the second bit is on in both runs, in the run with z_1 = 1 alone, or in neither.
    let (low, high) = (follows(0), follows(1))
    let parts = [
      (low, value([1, 1]) - value([0, 1])), (high - low, value([1, 1]) - value([0, 0])),
      (1 - high, value([1, 0]) - value([0, 0])),
    ]
    let mean = parts.sum { $0.0 * $0.1 }
    let slope = bits.variances[0]
    return slope * slope * parts.sum { $0.0 * ($0.1 - mean) * ($0.1 - mean) }
  }

  /// w E[f s | z = 0 or 1] + (1 − w) f(2) s(2), w the least weight or more.
  func clippedMean(least: Double) -> [ExactValue] {
    let mass = q[0] + q[1]
    let weight = mass.value < least ? ExactValue(least) : mass
    return counts.indices.map { k in
      weight * (q[0] * term(0, k) + q[1] * term(1, k)) / mass + (1 - weight) * term(2, k)
    }
  }

  /// Mean and covariance of E[f s | the two states].
  var pairMoments: [ExactValue] {
    let means = counts.indices.map { k in pairs.sum { $0.probability * $0.mean[k] } }
    let covariances = counts.indices.flatMap { k in
      counts.indices.map { l in
        pairs.sum { $0.probability * ($0.mean[k] - means[k]) * ($0.mean[l] - means[l]) }
      }
    }
    return means + covariances
  }
}
