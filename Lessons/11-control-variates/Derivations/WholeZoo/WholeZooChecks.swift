import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `whole-zoo`: the estimators of the library that no argument of the lesson needs, each on the
/// lesson's problem, against formulas of another kind.
enum WholeZooDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// The exact law of an estimator for states, by its name.
    var states: @Sendable (_ name: String, DiscreteProblem) throws -> Estimate
    /// What an estimator for Gaussians says when these are its noises.
    var drawn: @Sendable (_ name: String, GaussianProblem, _ noises: [Double]) throws -> [Double]
    /// The mean of an estimator for Gaussians, by its own quadrature.
    var line: @Sendable (_ name: String, GaussianProblem) throws -> [Double]
  }

  /// E[g], and Σ_d Var[g_d].
  struct Estimate: Sendable {
    let mean: [Double]
    let variance: Double
  }

  typealias Check = LessonKit.Check<Parts, WholeZooProblem>

  static let checks: [Check] = [
    constants, pairs, logJoints, bounds, others, oneNoise, twoNoises, means,
  ]

  static func rounding(_ problem: WholeZooProblem) -> Rounding {
    let size = max(problem.bits.reward.size, problem.bits.bound.size)
    return .of(
      terms: 512, size: 16 * size * size, because: "squares of signals of this size cancel")
  }
}

// MARK: Bits

extension WholeZooDerivation {
  static let constants = Check(
    "constants", "E[g] = a ∇E_q[f],  Σ_d Var[g_d] = a² Σ_d Var[(f − c_d) s_d]",
    because: "enumeration, plain, a constant, the best ones, E[f], f(m), a memory, NVIL's half",
    as: .aside
  ) { parts, problem in
    let mean = problem.bits.reward
    let (law, f, squares) = (mean.law, mean.signals, mean.scoreSquares)
    let best = law.logits.indices.map { d in
      law.mean(f.indices.map { f[$0] * law.scores[$0][d] * law.scores[$0][d] }) / squares[d]
    }
    func both(_ c: Double) -> [Double] { [c, c] }
    let expected: [(name: String, factor: Double, constants: [Double])] = [
      ("score-function", 1, both(0)), ("constant-baseline", 1, both(0.3)),
      ("optimal-baseline", 1, best), ("optimal-scalar-baseline", 1, both(mean.bestConstant)),
      ("value-baseline", 1, both(law.mean(f))), ("self-critic", 1, both(f[problem.bits.likeliest])),
      ("running-baseline", 1, both(0.3)), ("nvil", 0.5, both(0.3)),
      // With a = 0.8 they become c = 0.24 + 0.2 f, and the variance of a batch of one is 0.
      ("running-baseline, after", 0.8, both(0.3)), ("nvil, after", 0.8 / sqrt(3.2), both(0.3)),
    ]
    guard problem.turn % 11 < expected.count else {
      let found = try parts.states("enumeration", mean)
      return .equal(
        found.mean + [found.variance], mean.differences + [0], rounding: rounding(problem))
    }
    let (name, factor, c) = expected[problem.turn % 11]
    let found = try parts.states(name, mean)
    return .equal(
      found.mean + [found.variance],
      mean.differences.map { factor * $0 } + [factor * factor * mean.summedVariance(minus: c)],
      rounding: rounding(problem))
  }

  static let pairs = Check(
    "pairs", "E[g] = a ∇E_q[f],  S = 2",
    because: "the other draw, a sample covariance, a batch mean, a mirrored pair, draws of r",
    as: .aside
  ) { parts, problem in
    let mean = problem.bits.reward
    let (law, f) = (mean.law, mean.signals)
    // Each draw less the other, halved: the square of (f₁ − f₂)(s₁ − s₂) less that of its mean.
    var (second, grouped) = (0.0, [0.0, 0])
    for y in f.indices {
      for z in f.indices {
        let q = law.probabilities[y] * law.probabilities[z]
        let step = zip(law.scores[y], law.scores[z]).map { 0.5 * (f[y] - f[z]) * ($0 - $1) }
        second += q * step.reduce(0) { $0 + $1 * $1 }
        for d in step.indices { grouped[d] += q * 0.5 * step[d] / (0.5 * abs(f[y] - f[z]) + 0.1) }
      }
    }
    let spread = second - mean.differences.reduce(0) { $0 + $1 * $1 }
    let names = [
      "leave-one-out", "vargrad", "batch-mean-baseline", "antithetic-score-function",
      "importance-sampled", "group-normalised",
    ]
    let name = names[problem.turn % names.count]
    let found = try parts.states(name, mean)
    let factor = name == "batch-mean-baseline" ? 0.5 : 1
    return switch name {
    case "group-normalised": .equal(found.mean, grouped, rounding: rounding(problem))
    case "antithetic-score-function", "importance-sampled":
      .equal(found.mean, mean.differences, rounding: rounding(problem))
    default:
      .equal(
        found.mean + [found.variance],
        mean.differences.map { factor * $0 } + [factor * factor * spread],
        rounding: rounding(problem))
    }
  }

  static let logJoints = Check(
    "log-joints", "E[g] = ∇ELBO", because: "f − 1 as the signal, and the entropy in closed form",
    as: .aside
  ) { parts, problem in
    let mean = problem.bits.bound
    let total = try parts.states("score-function-total", mean)
    return .equal(
      total.mean + [total.variance] + (try parts.states("analytic-entropy", mean).mean),
      mean.differences + [mean.summedVariance(minus: [1, 1])] + mean.differences,
      rounding: rounding(problem))
  }

  static let bounds = Check(
    "bounds", "E[g] = ∇L_3",
    because:
      "both means of VIMCO, OVIS with γ = 0 and with auxiliary draws; a mirrored pair at K = 2",
    as: .aside
  ) { parts, problem in
    let mean = problem.bits.bound
    let exact = ExactDiscreteProblem(mean)
    let names = ["iwae-score", "vimco", "ovis", "ovis-monte-carlo", "vimco-disarm"]
    let name = names[problem.turn % names.count]
    return .equal(
      try parts.states(name, mean).mean,
      exact.gradient(of: .bound(samples: name == "vimco-disarm" ? 2 : 3)) ?? [],
      rounding: rounding(problem))
  }

  static let others = Check(
    "other-targets", "E[g] = E_p(x,z)[s]",
    because: "a dream is kept if it is of our x; wake and thermodynamic draws are weighted, K = 2",
    as: .aside
  ) { parts, problem in
    let mean = problem.bits.bound.law
    let low = problem.bits.shifted(by: -3).bound
    let joint = problem.bits.values.map { exp($0 - 3) }
    let dream = mean.logits.indices.map { d in
      joint.indices.reduce(0) { $0 + joint[$1] * mean.scores[$1][d] }
    }
    let (f, q) = (problem.bits.bound.signals, mean.probabilities)
    var wake = [0.0, 0]
    for y in f.indices {
      for z in f.indices {
        let share = 1 / (1 + exp(f[z] - f[y]))
        for d in wake.indices {
          let mixed = share * mean.scores[y][d] + (1 - share) * mean.scores[z][d]
          wake[d] += q[y] * q[z] * mixed
        }
      }
    }
    return .equal(
      try parts.states("sleep-dream", low).mean
        + (try parts.states("rws-wake", problem.bits.bound).mean)
        + (try parts.states("tvo", problem.bits.bound).mean),
      dream + wake + problem.bits.bound.differences, rounding: rounding(problem))
  }
}

// MARK: The line

extension WholeZooDerivation {
  static let oneNoise = Check(
    "one-noise", "z = μ + σ ε",
    because: "scores and slopes of one draw, as their formulas say, whatever ε is", as: .aside
  ) { parts, problem in
    let (free, joint) = (problem.line(isLogJoint: false), problem.line(isLogJoint: true))
    let noise = problem.noises[0]
    let (draw, mirror) = (LineDraw(problem, noise: noise), LineDraw(problem, noise: -noise))
    let sigma = exp(problem.logScale)
    func times(_ a: Double, _ b: [Double]) -> [Double] { b.map { a * $0 } }
    func half(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { 0.5 * ($0 + $1) } }
    let (control, bent) = (draw.z - 0.4, problem.slopeAtMean(draw.z))
    let other = LineDraw(problem, noise: 0.2 / sigma + exp(0.1) * noise)
    let ratio = exp(0.5 * noise * noise - 0.5 * other.noise * other.noise + 0.1)
    let mean = problem.slopeAtMean(problem.location)
    let curved = sigma * sigma * LineDraw(problem, noise: 0).bend
    let ofJoint: [(name: String, value: [Double])] = [
      ("score-function", times(draw.logWeight, draw.score)),
      ("constant-baseline", times(draw.logWeight - 0.3, draw.score)),
      ("pathwise", draw.path), ("sticking-the-landing", draw.landed),
      ("analytic-entropy", draw.path),
      (
        "score-function-analytic-entropy",
        [draw.value * draw.score[0], draw.value * draw.score[1] + 1]
      ),
      (
        "antithetic-score-function",
        half(times(draw.logWeight, draw.score), times(mirror.logWeight, mirror.score))
      ),
      ("antithetic-pathwise", half(draw.path, mirror.path)),
      ("bonnet-price", [draw.slope, draw.bend * sigma * sigma + 1]),
      (
        "lax",
        zip(draw.score, [2 * control, 2 * control * sigma * noise]).map {
          (draw.logWeight - control * control) * $0 + $1
        }
      ),
      ("importance-sampled", times(ratio * other.logWeight, other.score)),
    ]
    let ofFree: [(name: String, value: [Double])] = [
      ("implicit-reparameterisation", [draw.slope, draw.slope * sigma * noise]),
      (
        "delta-method",
        [
          draw.slope - 0.7 * (bent - mean),
          (draw.slope * noise - 0.7 * bent * noise) * sigma + 0.7 * curved,
        ]
      ),
      ("finite-difference", problem.quotients(at: noise, step: 0.4)),
    ]
    return .equal(
      try ofJoint.flatMap { try parts.drawn($0.name, joint, [noise]) }
        + (try ofFree.flatMap { try parts.drawn($0.name, free, [noise]) }),
      (ofJoint + ofFree).flatMap(\.value),
      rounding: .of(terms: 512, size: 16, because: "cubes of numbers up to 3 are subtracted"))
  }

  static let twoNoises = Check(
    "two-noises", "w_k = p(x, z_k)/q(z_k),  K = 2",
    because: "bounds of two draws and their weights, as their formulas say", as: .aside
  ) { parts, problem in
    let joint = problem.line(isLogJoint: true)
    let draws = problem.noises.map { LineDraw(problem, noise: $0) }
    let f = draws.map(\.logWeight)
    let total = logSumExp(f)
    let v = f.map { exp($0 - total) }
    let bound = total - log(2)
    func sum(_ weights: [Double], _ of: (LineDraw) -> [Double]) -> [Double] {
      let rows = draws.map(of)
      return [0, 1].map { weights[0] * rows[0][$0] + weights[1] * rows[1][$0] }
    }
    let difference = 0.5 * (f[0] - f[1])
    let root = 1 / (1 + exp(0.5 * (f[1] - f[0])))
    let expected: [(name: String, value: [Double])] = [
      ("leave-one-out", sum([difference, -difference], \.score)),
      ("vargrad", sum([difference, -difference], \.score)),
      ("iwae", sum(v, \.path)), ("iwae-stl", sum(v, \.landed)),
      ("dreg", sum(v.map { $0 * $0 }, \.landed)),
      ("rws-dreg", sum(v.map { $0 * (1 - $0) }, \.landed)), ("rws-wake", sum(v, \.score)),
      ("renyi", sum([root, 1 - root], \.path)),
      ("ciwae", sum(v.map { 0.15 + 0.7 * $0 }, \.path)),
      ("iwae-score", sum(v.map { bound - $0 }, \.score)),
      ("vimco", sum([bound - f[1] - v[0], bound - f[0] - v[1]], \.score)),
    ]
    return .equal(
      try expected.flatMap { try parts.drawn($0.name, joint, problem.noises) },
      expected.flatMap(\.value),
      rounding: .of(terms: 512, size: 16, because: "cubes of numbers up to 3 are subtracted"))
  }

  static let means = Check(
    "means", "E[g] = (∂E[F]/∂μ, ∂E[F]/∂λ)",
    because: "pairs from both halves of the line, differences of densities, a best constant",
    as: .aside
  ) { parts, problem in
    let free = problem.line(isLogJoint: false)
    let size = Rounding.of(
      terms: 4096, size: 64, because: "rules of some thousand points for cubes of this size")
    let names = [
      "optimal-baseline", "measure-valued", "stratified", "shifted-lattice", "finite-difference",
    ]
    let name = names[problem.turn % names.count]
    switch name {
    case "optimal-baseline":
      let draw = LineDraw(problem, noise: problem.noises[0])
      let best = problem.bestConstants
      return .equal(
        try parts.drawn(name, free, [problem.noises[0]]),
        zip(draw.score, best).map { (draw.value - $1) * $0 }, rounding: size)
    case "finite-difference":
      return .equal(
        try parts.line(name, free), problem.lineQuotients(0.4), rounding: size)
    default: return .equal(try parts.line(name, free), problem.lineGradient, rounding: size)
    }
  }
}
