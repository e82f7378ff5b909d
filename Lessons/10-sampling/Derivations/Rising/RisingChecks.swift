import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `rising`: the bound of the importance-weighted autoencoder.
enum RisingDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// log ŵ, from the logarithms of the weights of K draws.
    var bound: @Sendable (_ logWeights: [Double]) -> Double
  }

  typealias Check = LessonKit.Check<Parts, WeightsProblem>

  static let checks: [Check] = [first, second, third, below, constant, noData]

  static let first = Check(
    "first", "L_1 = E_q[log w(z)]",
    because: "with one draw ŵ is its weight, and L_1 is the ELBO", as: .step
  ) { parts, problem in
    let w = problem.weights
    return .equal(
      try bound(parts, problem, 1),
      problem.proposal.indices.reduce(0) { $0 + problem.proposal[$1] * log(w[$1]) },
      rounding: .of(terms: 64, size: size(problem), because: "logarithms of this size cancel"))
  }

  static let second = Check(
    "second", "L_2 = L_1 + E[log cosh(½ log w(z_1) − ½ log w(z_2))]",
    because: "log ½(e^a + e^b) is ½(a + b) + log cosh ½(a − b), and cosh is at least 1",
    claims: ["A-187"], as: .step
  ) { parts, problem in
    let w = problem.weights.map { log($0) }
    let gain = try problem.mean(2) { log(cosh(0.5 * (w[$0[0]] - w[$0[1]]))) }
    let elbo = zip(problem.proposal, w).reduce(0) { $0 + $1.0 * $1.1 }
    return .equal(
      try bound(parts, problem, 2), elbo + gain,
      rounding: .of(terms: 64, size: size(problem), because: "logarithms of this size cancel"))
  }

  static let third = Check(
    "third", "L_3 ≥ L_2",
    because: "the mean of three weights is the mean of the means of its pairs: Jensen",
    claims: ["A-187"], as: .step
  ) { parts, problem in
    let w = problem.weights
    func logMean(_ draws: [Int]) -> Double {
      log(draws.reduce(0) { $0 + w[$1] } / Double(draws.count))
    }
    let gap = try problem.mean(3) { z in
      logMean(z) - (logMean([z[0], z[1]]) + logMean([z[0], z[2]]) + logMean([z[1], z[2]])) / 3
    }
    return .atLeast(
      try bound(parts, problem, 3), try problem.mean(2, logMean), gap: gap,
      rounding: .of(terms: 256, size: size(problem), because: "logarithms of this size cancel"))
  }

  static let below = Check(
    "below", "L_3 ≤ log p(x)",
    because: "Jensen once more: E[ŵ] = p(x), and the logarithm is concave", claims: ["A-187"],
    as: .step
  ) { parts, problem in
    let (w, evidence) = (problem.weights, problem.evidence)
    let gap = try problem.mean(3) { z in
      log(evidence / (z.reduce(0) { $0 + w[$1] } / 3))
    }
    return .atMost(
      try bound(parts, problem, 3), log(problem.evidence), gap: gap,
      rounding: .of(terms: 256, size: size(problem), because: "logarithms of this size cancel"))
  }

  static let constant = Check(
    "constant", "L_2 = log p(x),  q(z) = p(z|x)",
    because: "every weight is p(x): nothing is left to gain", as: .specialCase,
    changing: { [Given("q(z)", $0.posterior)] }
  ) { parts, problem in
    .equal(
      try bound(parts, problem.with(problem.posterior), 2), log(problem.evidence),
      rounding: .of(terms: 64, size: 4, because: "logarithms of this size cancel"))
  }

  static let noData = Check(
    "no-data", "L_2 = 0,  p(x|z) = 1,  q(z) = p(z)",
    because: "every weight is 1, whatever is drawn", as: .specialCase,
    changing: { problem in
      [
        Given("p(x|z)", problem.joint.prior.map { _ in 1.0 }), Given("q(z)", problem.joint.prior),
      ]
    }
  ) { parts, problem in
    let prior = problem.joint.prior
    return .equal(
      try problem.with(prior).mean(2) { parts.bound($0.map { _ in 0 }) }, 0,
      rounding: .of(terms: 64, size: 1, because: "probabilities that add up to one"))
  }

  /// L_K.
  static func bound(_ parts: Parts, _ problem: WeightsProblem, _ count: Int) throws -> Double {
    let logWeights = problem.weights.map { log($0) }
    return try problem.mean(count) { parts.bound($0.map { logWeights[$0] }) }
  }

  private static func size(_ problem: WeightsProblem) -> Double {
    problem.weights.reduce(1) { max($0, abs(log($1))) }
  }
}
