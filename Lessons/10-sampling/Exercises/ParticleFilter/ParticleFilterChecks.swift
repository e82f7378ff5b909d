import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `particle-filter`: weigh, resample, multiply.
enum ParticleFilterExercise {
  /// What a run says.
  struct Run: Sendable {
    /// log Ẑ; −∞ for a run that died out.
    let logEvidence: Double
    /// The weighted histogram of the last states; nil for a run that died out.
    let filter: [Double]?
  }

  /// What is written.
  struct Parts: Sendable {
    /// log w(z|z′) at a step; no state before step 0.
    var logWeight: @Sendable (FilterProblem, _ step: Int, _ from: Int?, _ state: Int) -> Double
    /// The ancestors of as many particles as there are weights, which add up to one.
    var ancestors: @Sendable (_ weights: [Double], inout Exhaustive) throws -> [Int]
    /// The factor of Ẑ that a step adds, as a logarithm, from the logarithms of the weights.
    var increment: @Sendable (_ logWeights: [Double]) -> Double
    /// A run of N particles.
    var run: @Sendable (FilterProblem, _ particles: Int, inout Exhaustive) throws -> Run
  }

  typealias Check = LessonKit.Check<Parts, FilterProblem>

  static let checks: [Check] = [
    predictive, best, children, factor, total, below, filter, lookahead, one, dies,
  ]

  static let predictive = Check(
    "predictive", "Σ_z q(z|z′) w(z|z′) = p(x_t|z′)",
    because: "q cancels: the mean weight says how well z′ foresaw x_t", claims: ["A-186"], as: .step
  ) { parts, problem in
    .equal(
      [0, 1].map { from in
        [0, 1].reduce(0) {
          $0 + problem.proposal[1][from][$1] * exp(parts.logWeight(problem, 1, from, $1))
        }
      }, [0, 1].map { problem.predictive(1, from: $0) })
  }

  static let best = Check(
    "best", "p(x_t|z′) = w(z|z′),  q(z|z′) = p(z|z′, x_t)",
    because: "the joint over its conditional: the new state has left the weight",
    claims: ["A-186"], as: .step, changing: { [Given("q(z_1|z′)", $0.best[1])] }
  ) { parts, problem in
    let other = problem.with(problem.best)
    return .equal(
      [0, 0, 1, 1].map { problem.predictive(1, from: $0) },
      [(0, 0), (0, 1), (1, 0), (1, 1)].map { exp(parts.logWeight(other, 1, $0.0, $0.1)) })
  }

  static let children = Check(
    "children", "E[c_i] = N w̄_i",
    because: "each of N particles descends from i with w̄_i; here w̄ = q(z_0) and N = 2",
    claims: ["A-052"], as: .step
  ) { parts, problem in
    let weights = problem.proposal[0][0]
    let counts = try exactMeans { choices in
      let ancestors = try parts.ancestors(weights, &choices)
      return [0, 1].map { i in Double(ancestors.count { $0 == i }) }
    }
    return .equal(counts, weights.map { 2 * $0 })
  }

  static let factor = Check(
    "factor", "Ẑ_t/Ẑ_(t−1) = Σ_i w(z_i|z′_i)/N",
    because:
      "after resampling all particles count the same: their mean weight estimates p(x_t|x_(<t))",
    as: .step
  ) { parts, problem in
    let w = [0, 1].map { problem.joint(1, from: $0)[$0] / problem.proposal[1][$0][$0] }
    return .equal(exp(parts.increment(w.map { log($0) })), (w[0] + w[1]) / 2)
  }

  static let total = Check(
    "total", "E[Ẑ] = p(x),  N = 2",
    because: "step by step the mean of Ẑ f̂(z) is p(x, z): the whole of the past is averaged away",
    claims: ["A-052", "A-186"], as: .step
  ) { parts, problem in
    .equal(try mean(parts, problem, 2) { exp($0.logEvidence) }, problem.evidence)
  }

  static let below = Check(
    "below-the-evidence", "E[log Ẑ] ≤ log p(x),  N = 2",
    because: "the logarithm is concave, and Ẑ varies", claims: ["A-052"], as: .consequence
  ) { parts, problem in
    var gap = 0.0
    problem.forEachRun(2) { probability, evidence, _ in
      gap += probability * log(problem.evidence / evidence)
    }
    return .atMost(
      try mean(parts, problem, 2) { $0.logEvidence }, log(problem.evidence), gap: gap,
      rounding: .of(terms: 1 << 10, size: 8, because: "a thousand runs, logarithms of size 8"))
  }

  static let filter = Check(
    "filter", "E[f̂(z)] = p(z|x) − Cov[f̂(z), Ẑ]/p(x),  N = 2",
    because: "E[Ẑ f̂(z)] is p(x, z) of the last z: what is normalised run by run has a bias",
    claims: ["A-052"],
    as: .consequence
  ) { parts, problem in
    var (mean, product) = (0.0, 0.0)
    problem.forEachRun(2) { probability, evidence, histogram in
      mean += probability * histogram[0]
      product += probability * histogram[0] * (evidence - problem.evidence)
    }
    return .equal(
      try Self.mean(parts, problem, 2) { $0.filter?[0] ?? .nan },
      problem.filter[0] - product / problem.evidence,
      rounding: .of(terms: 1 << 12, size: 1, because: "a thousand runs of probabilities"))
  }

  static let lookahead = Check(
    "lookahead", "E[log Ẑ] = log p(x),  q(z|z′) = p(z|z′, x),  N = 1",
    because: "the product of the weights is p(x) along every path: one particle is enough",
    claims: ["A-186"], as: .consequence, changing: { FilterProblem.givens($0.lookingAhead) }
  ) { parts, problem in
    .equal(
      try mean(parts, problem.with(problem.lookingAhead), 1) { $0.logEvidence },
      log(problem.evidence),
      rounding: .of(terms: 256, size: 8, because: "logarithms of size 8"))
  }

  static let one = Check(
    "one-particle", "E[Ẑ] = p(x),  N = 1",
    because: "importance sampling of a whole path: there is nobody else to descend from",
    claims: ["A-052"], as: .specialCase
  ) { parts, problem in
    .equal(try mean(parts, problem, 1) { exp($0.logEvidence) }, problem.evidence)
  }

  static let dies = Check(
    "dies", "P(Ẑ = 0) = p(z_0 = 0)²,  N = 2,  x_0 impossible from state 0",
    because: "both particles must start where x_0 cannot come from", claims: ["A-052"],
    as: .specialCase,
    changing: { problem in
      [
        Given("p(x|z)", [[0.0, 1.0], [1.0, 0.0]]), Given("x", [0]),
        Given("q(z_0)", problem.sequence.model.initial),
      ]
    }
  ) { parts, problem in
    let initial = problem.sequence.model.initial
    let model = try HiddenMarkovModel(
      initial: initial, transition: problem.sequence.model.transition,
      emission: [[0, 1], [1, 0]])
    let short = FilterProblem(sequence: try model.observing([0]), proposal: [[initial]])
    return .equal(
      try mean(parts, short, 2) { $0.logEvidence == -.infinity ? 1 : 0 }, initial[0] * initial[0])
  }

  /// The mean of something over every run.
  static func mean(
    _ parts: Parts, _ problem: FilterProblem, _ particles: Int, _ value: (Run) -> Double
  ) throws -> Double {
    try exactMeans { choices in [value(try parts.run(problem, particles, &choices))] }[0].value
  }
}
