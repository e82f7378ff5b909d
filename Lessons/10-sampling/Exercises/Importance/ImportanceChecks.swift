import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `importance`: weighted draws and their exact moments.
enum ImportanceExercise {
  /// What is written.
  struct Parts: Sendable {
    /// log w(z).
    var logWeight: @Sendable (WeightsProblem, _ state: Int) -> Double
    /// ŵ, from the logarithms of the weights of K draws.
    var evidence: @Sendable (_ logWeights: [Double]) -> Double
    /// ĥ, from these and the values at the draws.
    var average: @Sendable (_ logWeights: [Double], _ values: [Double]) -> Double
    /// n_eff, from these.
    var size: @Sendable (_ logWeights: [Double]) -> Double
  }

  typealias Check = LessonKit.Check<Parts, WeightsProblem>

  static let checks: [Check] = [mean, unbiased, spread, ratio, perfect, effective]

  static let mean = Check(
    "mean", "E[ŵ] = Σ_z q(z) w(z)",
    because: "each of the K draws has this mean, and so has their average", claims: ["A-053"],
    as: .step
  ) { parts, problem in
    .equal(
      try problem.mean(2) { draws in
        parts.evidence(draws.map { parts.logWeight(problem, $0) })
      },
      zip(problem.proposal, problem.joint.prior.indices).reduce(0) {
        $0 + $1.0 * exp(parts.logWeight(problem, $1.1))
      })
  }

  static let unbiased = Check(
    "unbiased", "Σ_z q(z) w(z) = p(x)",
    because: "q cancels wherever it is positive", claims: ["A-053"], as: .step
  ) { parts, problem in
    .equal(
      problem.proposal.enumerated().reduce(0) {
        $0 + $1.element * exp(parts.logWeight(problem, $1.offset))
      }, problem.evidence)
  }

  static let spread = Check(
    "spread", "Var[ŵ] = (Σ_z p(x, z)²/q(z) − p(x)²)/K,  K = 2",
    because: "independent draws: the variance of one, divided by K", claims: ["A-053"], as: .step
  ) { parts, problem in
    let evidence = problem.evidence
    return .equal(
      try problem.mean(2) { draws in
        let off = parts.evidence(draws.map { parts.logWeight(problem, $0) }) - evidence
        return off * off
      }, (problem.secondMoment - evidence * evidence) / 2,
      rounding: .of(
        terms: 256, size: problem.secondMoment, because: "squares of this size cancel"))
  }

  static let ratio = Check(
    "ratio", "E[ĥ] = E[h|x] − Cov[ĥ, ŵ]/p(x),  K = 2",
    because: "E[ŵ ĥ] = p(x) E[h|x]; a ratio of means is not the mean of a ratio",
    claims: ["A-053"], as: .step
  ) { parts, problem in
    let (w, evidence) = (problem.weights, problem.evidence)
    func own(_ draws: [Int]) -> (ratio: Double, mean: Double) {
      let total = draws.reduce(0) { $0 + w[$1] }
      let sum = draws.reduce(0) { $0 + w[$1] * problem.values[$1] }
      return (sum / total, total / Double(draws.count))
    }
    let centre = try problem.mean(2) { own($0).ratio }
    let covariance = try problem.mean(2) { draws in
      (own(draws).ratio - centre) * (own(draws).mean - evidence)
    }
    let exact = zip(problem.posterior, problem.values).reduce(0) { $0 + $1.0 * $1.1 }
    return .equal(
      try problem.mean(2) { draws in
        parts.average(
          draws.map { parts.logWeight(problem, $0) }, draws.map { problem.values[$0] })
      }, exact - covariance / evidence,
      rounding: .of(
        terms: 256, size: 4 + problem.secondMoment / (evidence * evidence),
        because: "values of size 2 are averaged with weights of this spread"))
  }

  static let perfect = Check(
    "perfect", "w(z) = p(x),  q(z) = p(z|x)",
    because: "p(x, z) = p(x) p(z|x): one draw is enough then", as: .consequence,
    changing: { [Given("q(z)", $0.posterior)] }
  ) { parts, problem in
    let perfect = problem.with(problem.posterior)
    return .equal(
      problem.proposal.indices.map { exp(parts.logWeight(perfect, $0)) },
      problem.proposal.map { _ in problem.evidence })
  }

  static let effective = Check(
    "effective", "n_eff = K/(1 + v),  v = Σ_k (w_k/ŵ − 1)²/K",
    because: "it counts how many equal weights would vary as little; here each state once",
    as: .specialCase
  ) { parts, problem in
    let w = problem.weights
    let (count, mean) = (Double(w.count), w.reduce(0, +) / Double(w.count))
    let v = w.reduce(0) { $0 + ($1 / mean - 1) * ($1 / mean - 1) } / count
    return .equal(parts.size(w.map { log($0) }), count / (1 + v))
  }
}
