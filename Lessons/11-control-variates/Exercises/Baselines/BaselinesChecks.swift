import LessonKit
import Models
import Probability
import Verification

/// Exercise `baselines`: what to subtract from every signal.
enum BaselinesExercise {
  /// What is written.
  struct Parts: Sendable {
    /// c̄, the best constant for all components together.
    var constant: @Sendable (DiscreteProblem) -> Double
    /// c_d, the best constant for each component.
    var constants: @Sendable (DiscreteProblem) throws -> [Double]
    /// (f − c) s at one draw.
    var shifted: @Sendable (DiscreteProblem, Double, inout CutUniforms) throws -> [Double]
    /// (f − f(m)) s at one draw.
    var greedy: Program
    /// Two draws, each with the other's signal as its baseline.
    var others: Program
  }

  /// An estimate from one run.
  typealias Program = @Sendable (DiscreteProblem, inout CutUniforms) throws -> [Double]

  typealias Check = LessonKit.Check<Parts, BitsProblem>

  static let checks: [Check] = [
    oneForAll, oneEach, criticMean, criticVariance, criticHarm, othersMean, othersVariance,
    eachFoot,
  ]
}

// MARK: The best constants

extension BaselinesExercise {
  static let oneForAll = Check(
    "one-for-all",
    "Σ_d Var[(f − c) s_d] = Σ_d Var[(f − c̄) s_d] + (c − c̄)² E[|s|²],  c̄ = E[f |s|²]/E[|s|²]",
    because: "a parabola in c for each component, and the sum of parabolas is one; c = 1 here",
    as: .step, changing: { _ in [Given("c", 1)] }
  ) { parts, problem in
    let mean = problem.reward
    let found = try exactLaw(mean) { try parts.shifted($0, 1, &$1) }
    let best = parts.constant(mean)
    return .equal(
      found.covarianceTrace,
      mean.summedVariance(minus: [best, best])
        + (1 - best) * (1 - best) * mean.scoreSquares.reduce(0, +),
      rounding: terms(mean))
  }

  static let oneEach = Check(
    "one-each",
    "Σ_d Var[(f − c̄) s_d] + (c − c̄)² E[|s|²] = Σ_d Var[(f − c_d) s_d] + Σ_d (c − c_d)² E[s_d²],"
      + "  c_d = E[f s_d²]/E[s_d²]",
    because: "the same parabolas one by one: each component has a foot of its own", as: .step
  ) { parts, problem in
    let mean = problem.reward
    let (best, each) = (parts.constant(mean), try parts.constants(mean))
    let squares = mean.scoreSquares
    return .equal(
      mean.summedVariance(minus: [best, best]) + (1 - best) * (1 - best) * squares.reduce(0, +),
      mean.summedVariance(minus: each)
        + zip(each, squares).reduce(0) { $0 + (1 - $1.0) * (1 - $1.0) * $1.1 },
      rounding: terms(mean))
  }

  static let eachFoot = Check(
    "each-foot", "Var[(f − c) s_d] = Var[(f − c_d) s_d] + (c − c_d)² E[s_d²]",
    because: "component by component; in the sum c̄ for every c_d would pass", as: .specialCase,
    changing: { _ in [Given("c", 1)] }
  ) { parts, problem in
    let mean = problem.reward
    let found = try exactLaw(mean) { try parts.shifted($0, 1, &$1) }
    let each = try parts.constants(mean)
    return .equal(
      found.variances,
      each.indices.map { d in
        let kept = mean.signals.indices.map {
          (mean.signals[$0] - each[d]) * mean.law.scores[$0][d]
        }
        let centre = mean.law.mean(kept)
        return mean.law.mean(kept.map { ($0 - centre) * ($0 - centre) })
          + (1 - each[d]) * (1 - each[d]) * mean.scoreSquares[d]
      }, rounding: terms(mean))
  }
}

// MARK: The critic

extension BaselinesExercise {
  static let criticMean = Check(
    "critic-mean", "E[(f − f(m)) s_d] = ∂E[f]/∂θ_d",
    because: "f(m) does not know which z was drawn", claims: ["A-292"], as: .consequence
  ) { parts, problem in
    .equal(
      try exactLaw(problem.reward, of: parts.greedy).means, problem.reward.differences,
      rounding: terms(problem.reward))
  }

  static let criticVariance = Check(
    "critic-variance",
    "Σ_d Var[(f − f(m)) s_d] = Σ_d Var[f s_d] + f(m) (f(m) − 2 c̄) E[|s|²]",
    because: "on the same parabola, f(m) is better than 0 only if it is nearer to c̄",
    claims: ["A-292"], as: .consequence
  ) { parts, problem in
    let mean = problem.reward
    let mode = mean.signals[problem.likeliest]
    return .equal(
      try exactLaw(mean, of: parts.greedy).covarianceTrace,
      mean.summedVariance(minus: [0, 0])
        + mode * (mode - 2 * parts.constant(mean)) * mean.scoreSquares.reduce(0, +),
      rounding: terms(mean))
  }

  static let criticHarm = Check(
    "critic-harm", "Σ_d Var[(f − f(m)) s_d] ≥ Σ_d Var[f s_d],  c̄ = 0",
    because: "here 0 is the best constant: the gap is f(m)² E[|s|²]",
    claims: ["A-292"], as: .consequence,
    changing: { problem in
      [Given("f(z)", problem.shifted(by: -problem.reward.bestConstant).values)]
    }
  ) { parts, problem in
    let mean = problem.shifted(by: -problem.reward.bestConstant).reward
    let mode = mean.signals[problem.likeliest]
    return .atLeast(
      try exactLaw(mean, of: parts.greedy).covarianceTrace, mean.summedVariance(minus: [0, 0]),
      gap: mode * mode * mean.scoreSquares.reduce(0, +), rounding: terms(problem.reward))
  }
}

// MARK: The other draw

extension BaselinesExercise {
  static let othersMean = Check(
    "others-mean", "E[½ (f(z_1) − f(z_2)) (s(z_1) − s(z_2))] = ∇E[f]",
    because: "the other signal is a constant for this draw", as: .specialCase
  ) { parts, problem in
    .equal(
      try exactLaw(problem.reward, of: parts.others).means, problem.reward.differences,
      rounding: terms(problem.reward))
  }

  static let othersVariance = Check(
    "others-variance",
    "Var[½ (f(z_1) − f(z_2)) (s_d(z_1) − s_d(z_2))] = "
      + "½ (Var[(f − E[f]) s_d] + Var[f] Var[s_d] + E[f s_d]²)",
    because:
      "half the variance of the value baseline, and the price of guessing E[f] from one draw",
    as: .consequence
  ) { parts, problem in
    let (mean, law) = (problem.reward, problem.law)
    let value = law.mean(mean.signals)
    let centred = mean.signals.map { $0 - value }
    let spread = law.mean(centred.map { $0 * $0 })
    let expected = mean.differences.indices.map { d in
      let second = law.mean(centred.indices.map { pow2(centred[$0] * law.scores[$0][d]) })
      return 0.5 * (second + spread * mean.scoreSquares[d])
    }
    return .equal(
      try exactLaw(mean, of: parts.others).variances, expected, rounding: terms(mean))
  }

  private static func pow2(_ value: Double) -> Double { value * value }

  private static func terms(_ mean: DiscreteProblem) -> Rounding {
    .of(
      terms: 256, size: 4 * mean.size * mean.size, because: "squares of signals of this size cancel"
    )
  }
}
