import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `jensen`: expectations, and what a logarithm loses on them.
enum JensenExercise {
  /// What is written.
  struct Parts: Sendable {
    /// E[X] of values with given probabilities.
    var mean: @Sendable (_ values: [Double], _ weights: [Double]) -> Double
    /// log E[X] − E[log X] of positive values.
    var gap: @Sendable (_ values: [Double], _ weights: [Double]) -> Double
  }

  typealias Check = LessonKit.Check<Parts, BoundProblem>

  static let checks: [Check] = [
    meanIsAWeightedSum, logOfTheMeanIsLarger, gapIsADivergence, evidenceAsAMean, boundFromBelow,
    meanOfAConstant, gapOfAConstant, gapIgnoresScale, gapOfTwo, convexIsReversed, meanWithoutTheLaw,
    evidenceMissedWithoutSupport,
  ]
}

// MARK: The inequality

extension JensenExercise {
  static let meanIsAWeightedSum = Check(
    "mean-is-a-weighted-sum", "E[X] = Σ_i w_i X_i",
    because: "each value counts by its probability", as: .step
  ) { parts, problem in
    let sum = zip(problem.q, problem.joint.likelihood).sum { ExactValue($0) * ExactValue($1) }
    return .equal(parts.mean(problem.joint.likelihood, problem.q), sum)
  }

  static let logOfTheMeanIsLarger = Check(
    "jensens-inequality", "log E[X] ≥ E[log X]",
    because: "the curve of the logarithm lies above its chords", as: .step
  ) { parts, problem in
    let values = problem.joint.likelihood
    let logs = values.map { ExactValue($0).logarithm }
    let meanOfLogs = zip(problem.q, logs).sum { ExactValue($0) * $1 }
    return .atLeast(
      log(parts.mean(values, problem.q)), meanOfLogs,
      gap: divergenceOfReweighted(problem.q, values),
      rounding: .of(size: problem.joint.largestLogLikelihood, because: twoLogarithms))
  }

  /// KL(w‖w′) with w′_i = w_i X_i / E[X].
  private static func divergenceOfReweighted(_ weights: [Double], _ values: [Double]) -> ExactValue
  {
    let w = weights.map { ExactValue($0) }
    let x = values.map { ExactValue($0) }
    let mean = zip(w, x).sum { $0 * $1 }
    return zip(w, x).sum { w, x in w * (w / (w * x / mean)).logarithm }
  }
}

// MARK: The mean that is the evidence

extension JensenExercise {
  static let evidenceAsAMean = Check(
    "evidence-as-a-mean", "q(z) > 0 wherever p(z|x) > 0:  log E_q[p/q] = log p(x)",
    because: "q cancels, term by term, if no term of p is left out", claims: ["A-256"],
    changing: { $0.givens }
  ) { parts, problem in
    .equal(
      log(parts.mean(ratios(problem), problem.q)), ExactPosterior(of: problem.joint).logEvidence)
  }

  static let evidenceMissedWithoutSupport = Check(
    "evidence-missed", "q(z=1) = 0 < p(z=1|x):  log E_q[p/q] ≠ log p(x)",
    because: "what q cannot visit is missing: log(1 − p(z=1|x)) short",
    claims: ["A-256"], changing: { $0.with(withoutTheFirst($0.q)).givens }
  ) { parts, problem in
    let q = withoutTheFirst(problem.q)
    let posterior = ExactPosterior(of: problem.joint)
    let visited = q.indices.dropFirst().sum { problem.joint.exactJoint($0) }
    let share = visited / problem.joint.exactEvidence
    // −log(1 − p) ≥ p.
    return .different(
      log(parts.mean(ratios(problem.with(q)), q)), posterior.logEvidence, by: share.logarithm,
      atLeast: 1 - share.value)
  }

  /// p(x, z) / q(z); 1 where q is zero, which no mean under q may see.
  private static func ratios(_ problem: BoundProblem) -> [Double] {
    problem.q.indices.map { z in
      problem.q[z] == 0 ? 1 : exp(problem.joint.logJoint(z)) / problem.q[z]
    }
  }
}

// MARK: The mean

extension JensenExercise {
  /// States with the same parity share a value: the law of X has two atoms, or as many as states.
  static let meanWithoutTheLaw = Check(
    "mean-without-the-law", "E[f(z)] = Σ_z p(z) f(z) = Σ_v v · P(f(z) = v)",
    because: "states with equal values may be gathered first, or not", claims: ["A-007"],
    as: .aside, changing: { [Given("f(z)", values($0))] }
  ) { parts, problem in
    let atoms = Array(problem.joint.likelihood.prefix(2))
    let gathered = [0, 1].sum { parity -> ExactValue in
      let probability = problem.q.indices.filter { $0 % 2 == parity }.sum {
        ExactValue(problem.q[$0])
      }
      return probability * ExactValue(atoms[parity])
    }
    return .equal(parts.mean(values(problem), problem.q), gathered)
  }

  /// p(x|z=1) for odd states and p(x|z=2) for even ones.
  private static func values(_ problem: BoundProblem) -> [Double] {
    problem.q.indices.map { problem.joint.likelihood[$0 % 2] }
  }

  static let meanOfAConstant = Check(
    "mean-of-a-constant", "E[c] = c", because: "probabilities sum to one",
    changing: { [Given("c", $0.joint.likelihood[0])] }
  ) { parts, problem in
    let constant = problem.joint.likelihood[0]
    return .equal(parts.mean(problem.q.map { _ in constant }, problem.q), constant)
  }

  static let convexIsReversed = Check(
    "convex-is-reversed", "E[X²] ≥ E[X]²,  by the variance",
    because: "the square is convex: its chord lies above, and Jensen's sign turns"
  ) { parts, problem in
    let values = problem.joint.likelihood
    let centre = zip(problem.q, values).sum { ExactValue($0) * ExactValue($1) }
    let variance = zip(problem.q, values).sum { weight, value in
      ExactValue(weight) * (ExactValue(value) - centre) * (ExactValue(value) - centre)
    }
    let mean = parts.mean(values, problem.q)
    return .atLeast(parts.mean(values.map { $0 * $0 }, problem.q), mean * mean, gap: variance)
  }
}

// MARK: The gap

extension JensenExercise {
  static let gapIsADivergence = Check(
    "gap-is-a-divergence", "log E[X] − E[log X] = KL(w‖w′),  w′_i = w_i X_i / E[X]",
    because: "−log(X_i / E[X]) = log(w_i / w′_i): w′ is w reweighted by the value", as: .step
  ) { parts, problem in
    .equal(
      parts.gap(problem.joint.likelihood, problem.q),
      divergenceOfReweighted(problem.q, problem.joint.likelihood),
      rounding: .of(size: problem.joint.largestLogLikelihood, because: twoLogarithms))
  }

  static let boundFromBelow = Check(
    "log-of-mean-is-larger", "log E_q[p/q] − E_q[log p/q] = KL(q‖p(z|x)) ≥ 0",
    because: "X = p(x, z)/q(z) has mean p(x), and reweighting q by it gives the posterior",
    claims: ["A-255"], changing: { $0.givens }
  ) { parts, problem in
    let ratios = problem.q.indices.map {
      problem.joint.prior[$0] * problem.joint.likelihood[$0] / problem.q[$0]
    }
    return .atLeast(
      parts.gap(ratios, problem.q), 0.0,
      gap: exactGap(problem.q, ExactPosterior(of: problem.joint)),
      rounding: .of(size: ratios.map { abs(log($0)) }.max() ?? 0, because: twoLogarithms))
  }

  static let gapOfAConstant = Check(
    "nothing-lost-on-a-constant", "e^gap(c) = 1",
    because: "between equal values the chord and the curve are one point: the gap is 0",
    changing: { [Given("c", $0.joint.likelihood[0])] }
  ) { parts, problem in
    let constant = problem.joint.likelihood[0]
    return .equal(exp(parts.gap(problem.q.map { _ in constant }, problem.q)), 1.0)
  }

  static let gapIgnoresScale = Check(
    "scale-does-not-matter", "gap(7 X) = gap(X)",
    because: "log 7 appears on both sides: p(x, z) need not be normalised"
  ) { parts, problem in
    let values = problem.joint.likelihood
    return .equal(
      parts.gap(values.map { 7 * $0 }, problem.q), parts.gap(values, problem.q),
      rounding: .of(
        size: problem.joint.largestLogLikelihood + log(7), because: twoLogarithms))
  }

  static let gapOfTwo = Check(
    "two-fair-values", "w = (½, ½):  gap = log((a + b)/2) − log √(a b)",
    because: "the arithmetic mean exceeds the geometric one",
    changing: { [Given("a", $0.joint.likelihood[0]), Given("b", $0.joint.likelihood[1])] }
  ) { parts, problem in
    let (a, b) = (problem.joint.likelihood[0], problem.joint.likelihood[1])
    let arithmetic = (ExactValue(a) + ExactValue(b)) / 2
    let geometric = (ExactValue(a) * ExactValue(b)).squareRoot
    return .equal(
      parts.gap([a, b], [0.5, 0.5]), arithmetic.logarithm - geometric.logarithm,
      rounding: .of(size: problem.joint.largestLogLikelihood, because: twoLogarithms))
  }

  private static let twoLogarithms =
    "log E[X] and E[log X] are subtracted, neither larger than the largest log"
}
