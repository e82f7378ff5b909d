import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification

/// Exercise `poisson-chain`: a chain of counts, smoothed as if it were one of Gaussian observations.
enum PoissonChainExercise {
  /// A potential h z − ½ J z².
  struct Parabola: Sendable {
    /// h.
    var linear: Double
    /// J.
    var precision: Double
  }

  /// Means and variances of all states.
  struct Smoothed: Sendable {
    /// E[z_t].
    var means: [Double]
    /// Var[z_t].
    var variances: [Double]
  }

  /// What is written.
  struct Parts: Sendable {
    /// The parabola that touches log p(y_t|z) at a state, but for a constant.
    var parabola: @Sendable (_ count: Int, _ offset: Double, _ z: Double) throws -> Parabola
    /// The states of the chain with potentials for counts.
    var smoothed: @Sendable (PoissonChain, [Parabola]) throws -> Smoothed
    /// ẑ and the variances of Laplace's Gaussian.
    var laplace: @Sendable (PoissonChain) throws -> Smoothed
    /// Laplace's log-evidence.
    var evidence: @Sendable (PoissonChain) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, ChainProblem>

  static let checks: [Check] = [touches, bends, mode, evidence, smoothed, variances, oneStep]

  static let passes = Rounding.of(
    terms: 1 << 12, size: 10,
    because: "messages go along the chain and back; counts and rates of up to ten are subtracted")
}

// MARK: One step of Newton's method

extension PoissonChainExercise {
  static let touches = Check(
    "touches", "h_t − J_t z_t = y_t − λ_t",
    because: "the parabola has the slope of log p(y_t|z) where it touches", as: .step
  ) { parts, problem in
    let (model, guess) = (problem.model, problem.guess)
    let rates = model.rates(at: guess)
    let slopes = try guess.indices.map { t in
      let found = try parts.parabola(model.counts[t], model.offset, guess[t])
      return found.linear - found.precision * guess[t]
    }
    return .equal(slopes, guess.indices.map { Double(model.counts[$0]) - rates[$0] })
  }

  static let bends = Check(
    "bends", "J_t = λ_t = e^(z_t + c)",
    because: "and its curvature; a count is the louder, the higher the rate", as: .step
  ) { parts, problem in
    let (model, guess) = (problem.model, problem.guess)
    return .equal(
      try guess.indices.map {
        try parts.parabola(model.counts[$0], model.offset, guess[$0]).precision
      }, model.rates(at: guess))
  }

  static let smoothed = Check(
    "smoothed", "(P + diag(J)) E[z] = h + P μ",
    because: "Kalman's smoother solves this tridiagonal system without writing the matrix down",
    as: .consequence
  ) { parts, problem in
    let (model, guess) = (problem.model, problem.guess)
    let rates = model.rates(at: guess)
    let parabolas = guess.indices.map { t in
      Parabola(
        linear: Double(model.counts[t]) - rates[t] + rates[t] * guess[t], precision: rates[t])
    }
    let means = try parts.smoothed(model, parabolas).means
    return .equal(
      model.whole(rates).times(Vector(means)).array,
      zip(parabolas, model.dense.linear).map { $0.linear + $1 }, rounding: passes)
  }
}

// MARK: The whole approximation

extension PoissonChainExercise {
  static let mode = Check(
    "mode", "P (ẑ − μ) = y − λ̂",
    because: "smoothing around the smoothed means ends at the mode of all states together",
    claims: ["A-015"], as: .step
  ) { parts, problem in
    let model = problem.model
    let states = try parts.laplace(model).means
    let pull = zip(model.dense.precision.times(Vector(states)).array, model.dense.linear)
    let rates = model.rates(at: states)
    return .equal(
      pull.map { $0 - $1 }, model.counts.indices.map { Double(model.counts[$0]) - rates[$0] },
      rounding: passes)
  }

  static let variances = Check(
    "variances", "Var_q[z_t] = ((P + diag(λ̂))⁻¹)_tt",
    because: "the smoother's variances are the diagonal of (−H)⁻¹", as: .specialCase
  ) { parts, problem in
    let model = problem.model
    let inverse = try LinearAlgebra.inverse(
      order: model.length, model.whole(model.rates(at: try model.denseMode())).array)
    return .equal(
      try parts.laplace(model).variances,
      (0..<model.length).map { inverse[$0 * model.length + $0] }, rounding: passes)
  }

  static let evidence = Check(
    "evidence",
    "log Z + Σ_t (log p(y_t|ẑ_t) − h_t ẑ_t + ½ J_t ẑ_t²) = log p(y, ẑ) + T/2 log 2π − ½ log|P + diag(λ̂)|",
    because:
      "h, J at ẑ; Z is a Gaussian integral; log p(y_t|z) less its parabola is left out of it",
    claims: ["A-015"], as: .step
  ) { parts, problem in
    .equal(
      try parts.evidence(problem.model), try problem.model.denseLogEvidence(), rounding: passes)
  }

  static let oneStep = Check(
    "one-step", "T = 1:  1/Var_q[z] = 1/Var[z₁] + y − (ẑ − μ)/Var[z₁]",
    because: "the curvature 1/Var + λ̂, with λ̂ from the slope that is zero: one count, one number",
    as: .specialCase, changing: { problem in [Given("y_t", [Double(problem.model.counts[0])])] }
  ) { parts, problem in
    let chain = problem.model
    let model = try PoissonChain(
      initialMean: chain.initialMean, initialVariance: chain.initialVariance,
      dynamics: chain.dynamics, noise: chain.noise, offset: chain.offset,
      counts: [chain.counts[0]])
    let found = try parts.laplace(model)
    let pull = (found.means[0] - model.initialMean) / model.initialVariance
    return .equal(
      1 / found.variances[0], 1 / model.initialVariance + Double(model.counts[0]) - pull,
      rounding: passes)
  }
}
