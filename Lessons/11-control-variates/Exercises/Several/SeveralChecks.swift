import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `several`: baselines for a bound of K draws.
enum SeveralExercise {
  /// What is written.
  struct Parts: Sendable {
    /// L − L^(k) − v_k for each draw, from log w of the K ≥ 2 draws.
    var terms: @Sendable (_ logWeights: [Double]) -> [Double]
    /// The library's VIMCO with three draws.
    var vimco: Program
    /// Σ_k (L − v_k) s_k for three draws.
    var plain: Program
    /// Σ_k (L − c_k − v_k) s_k for three draws, with γ.
    var nearlyBest:
      @Sendable (DiscreteProblem, _ gamma: Double, inout CutUniforms) throws -> [Double]
    /// Σ_k v_k s_k for so many draws.
    var wake: @Sendable (DiscreteProblem, _ draws: Int, inout CutUniforms) throws -> [Double]
    /// The thermodynamic estimate of two draws with β = (0, 1).
    var thermodynamic: Program
    /// s(z) for z of the posterior.
    var sleep: Program
  }

  /// An estimate from one run.
  typealias Program = @Sendable (DiscreteProblem, inout CutUniforms) throws -> [Double]

  typealias Check = LessonKit.Check<Parts, JointProblem>

  static let checks: [Check] = [
    others, bound, spread, equalWeights, nearlyBest, thermodynamic, wakeAlone, sleep,
  ]
}

// MARK: The bound

extension SeveralExercise {
  static let others = Check(
    "others", "E[Σ_k (L − L^(k) − v_k) s_k] = E[Σ_k (L − v_k) s_k],  K = 3",
    because: "L^(k) is made of the other draws: for draw k it is a constant", claims: ["A-296"],
    as: .step
  ) { parts, problem in
    let mean = problem.bound
    return .equal(
      try written(parts, mean).means, try exactLaw(mean, of: parts.plain).means,
      rounding: rounding(mean))
  }

  static let spread = Check(
    "spread", "Cov[Σ_k (L − L^(k) − v_k) s_k] = Cov[g],  g is VIMCO,  K = 3",
    because: "what is written is what trains: the same law, mean and covariance", as: .specialCase
  ) { parts, problem in
    let mean = problem.bound
    let (written, found) = (try written(parts, mean), try exactLaw(mean, of: parts.vimco))
    return .equal(
      written.means + written.covariances, found.means + found.covariances,
      rounding: .of(
        terms: 512, size: 4 * mean.size * mean.size,
        because: "squares of signals of this size cancel"
      ))
  }

  /// Σ_k t_k s_k with the terms t that are written.
  private static func written(_ parts: Parts, _ mean: DiscreteProblem) throws -> ExactMoments {
    try exactLaw(mean) { mean, choices in
      let z = try mean.law.draws(3, &choices)
      let terms = parts.terms(z.map { mean.signals[$0] })
      return mean.law.logits.indices.map { d in
        zip(terms, z).reduce(0) { $0 + $1.0 * mean.law.scores[$1.1][d] }
      }
    }
  }

  static let bound = Check(
    "bound", "E[Σ_k (L − v_k) s_k] = ∇L_3",
    because: "L moves with the law of its draws, and with q in their weights",
    claims: ["A-296"], as: .step
  ) { parts, problem in
    let mean = problem.bound
    return .equal(
      try exactLaw(mean, of: parts.plain).means,
      ExactDiscreteProblem(mean).gradient(of: .bound(samples: 3)) ?? [],
      rounding: rounding(mean))
  }

  static let equalWeights = Check(
    "equal-weights", "L − L^(k) − v_k = −1/K,  w_1 = … = w_K",
    because: "the others say what all say: L^(k) is L, and a K-th of the weight is its own",
    as: .specialCase
  ) { parts, problem in
    .equal(
      parts.terms([problem.values[0], problem.values[0], problem.values[0]]),
      [-1.0 / 3, -1.0 / 3, -1.0 / 3],
      rounding: .of(terms: 64, size: 4, because: "logarithms of this size cancel"))
  }
}

// MARK: Others of its kind

extension SeveralExercise {
  static let nearlyBest = Check(
    "nearly-best", "E[Σ_k (L − c_k − v_k) s_k] = ∇L_3 + γ E[Σ_k v_k s_k],  γ = 1",
    because: "c_k holds −γ v_k, which knows its own draw: a wake phase is added to the mean",
    as: .consequence
  ) { parts, problem in
    let mean = problem.bound
    let bound = ExactDiscreteProblem(mean).gradient(of: .bound(samples: 3)) ?? []
    let added = try exactLaw(mean) { mean, choices in
      let z = try mean.law.draws(3, &choices)
      let f = z.map { mean.signals[$0] }
      let total = logSumExp(f)
      return mean.law.logits.indices.map { d in
        zip(f, z).reduce(0) { $0 + exp($1.0 - total) * mean.law.scores[$1.1][d] }
      }
    }.mean
    return .equal(
      try exactLaw(mean) { try parts.nearlyBest($0, 1, &$1) }.means,
      zip(bound, added).map { $0 + $1 }, rounding: rounding(mean))
  }

  static let thermodynamic = Check(
    "thermodynamic", "E[g] = ∇ELBO,  K = 2,  β = (0, 1)",
    because: "one step from q: the covariance of f and s, divided by K − 1, is unbiased",
    as: .specialCase
  ) { parts, problem in
    .equal(
      try exactLaw(problem.bound, of: parts.thermodynamic).means, problem.bound.differences,
      rounding: rounding(problem.bound))
  }

  static let wakeAlone = Check(
    "wake-alone", "E[Σ_k v_k s_k] = 0,  K = 1",
    because: "a single draw has all the weight, and a score has the mean zero", as: .specialCase
  ) { parts, problem in
    .equal(
      try exactLaw(problem.bound) { try parts.wake($0, 1, &$1) }.means, [0.0, 0.0],
      rounding: .of(terms: 64, size: 1, because: "scores of size 1 that cancel"))
  }

  static let sleep = Check(
    "sleep", "E[s_d] = p(z_d = 1|x) − p_d,  z ~ p(z|x)",
    because: "the score is z_d − p_d; its mean under the posterior is −∇KL(p‖q)",
    as: .consequence
  ) { parts, problem in
    let law = problem.law
    let total = logSumExp(problem.values)
    let expected = law.logits.indices.map { d in
      problem.values.indices.reduce(0) {
        $0 + exp(problem.values[$1] - total) * law.points[$1][d]
      } - sigmoid(law.logits[d])
    }
    return .equal(
      try exactLaw(problem.bound, of: parts.sleep).means, expected,
      rounding: .of(terms: 64, size: 1, because: "probabilities that are subtracted"))
  }

  private static func rounding(_ mean: DiscreteProblem) -> Rounding {
    .of(terms: 512, size: mean.size, because: "64 outcomes of signals of this size cancel")
  }
}
