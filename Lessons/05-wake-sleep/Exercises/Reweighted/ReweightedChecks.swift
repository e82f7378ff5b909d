import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `reweighted`: several recognitions, each with its weight.
enum ReweightedExercise {
  /// The two steps and the bound of one set of draws.
  struct Step: Sendable {
    var theta: [Double]
    var phi: [Double]
    var bound: Double
  }

  /// What is written.
  struct Parts: Sendable {
    /// The steps by θ and by φ from K draws of q for one pattern, and log of the mean weight.
    var step: @Sendable (HelmholtzMachine, [Bool], Int, inout Exhaustive) throws -> Step
  }

  typealias Check = LessonKit.Check<Parts, MachineProblem>

  static let checks: [Check] = [
    twoDraws, towardsThePosterior, boundOfTwo, phiOfTwo, oneDraw, oneDrawOfPhi, stillBiased,
    tighter, exactRecognition,
  ]

  static let twoDraws = Check(
    "two-draws", "E[Δθ] = E_q(y) E_q(z)[w̄(z) ∇_θ log p(x,z) + w̄(y) ∇_θ log p(x,y)],  K = 2",
    because: "all pairs of settings, each with its own normalised weights", as: .step
  ) { parts, problem in
    let found = try problem.mean(2, parts.step, \.theta)
    return .equal(
      found, problem.overPairs { pair in pair.average { problem.slopes($0) } })
  }

  static let towardsThePosterior = Check(
    "towards-the-posterior",
    "E_q(y) E_q(z)[w̄(z) ∇_θ log p(x,z) + w̄(y) ∇_θ log p(x,y)] = Σ_z q̄(z) ∇_θ log p(x,z),  "
      + "q̄(z) = 2 q(z|x) E_q(y)[w(z)/(w(z) + w(y))]",
    because: "the draws change places: what counts is the mean weight that z receives", as: .step
  ) { parts, problem in
    let found = try problem.mean(2, parts.step, \.theta)
    let settings = problem.weighed
    let shares = settings.map { z in
      settings.sum { y in
        ExactValue(2) * z.q * y.q * ExactValue(rounded: sigmoid(z.logWeight - y.logWeight))
      }
    }
    return .equal(
      found,
      found.indices.map { i in
        zip(shares, settings).sum { $0 * ExactValue(problem.slopes($1.setting)[i]) }
      }, rounding: .of(size: 4, because: "differences of logarithms of that size"))
  }

  static let boundOfTwo = Check(
    "bound-of-two", "E[L̂] = E_q(y) E_q(z)[log ½ (w(z) + w(y))],  K = 2",
    because: "L̂ is the logarithm of the mean of the weights, not the mean of logarithms", as: .step
  ) { parts, problem in
    let found = try problem.mean(2, parts.step) { [$0.bound] }
    return .equal(
      found, problem.overPairs { [$0.logTotal - log(2)] },
      rounding: .of(size: 16, because: "logarithms of that size are added"))
  }

  static let phiOfTwo = Check(
    "phi-of-two", "E[Δφ] = E_q(y) E_q(z)[w̄(z) ∇_φ log q(z|x) + w̄(y) ∇_φ log q(y|x)],  K = 2",
    because: "the same weights; they are constants for φ", as: .specialCase
  ) { parts, problem in
    .equal(
      try problem.mean(2, parts.step, \.phi),
      problem.overPairs { pair in
        pair.average { problem.machine.recognition.logSlopes($0, given: problem.pattern) }
      }, rounding: .of(size: 1, because: "errors of up to one are averaged"))
  }

  static let oneDraw = Check(
    "one-draw", "E[Δθ] = ∇_θ ELBO,  K = 1", because: "a single weight is 1: a wake step",
    as: .specialCase
  ) { parts, problem in
    .equal(
      try problem.mean(1, parts.step, \.theta),
      try ExactRecognition(of: problem.machine, problem.pattern).elboGradient)
  }

  static let oneDrawOfPhi = Check(
    "one-draw-of-phi", "E[Δφ] = 0,  K = 1",
    because: "E_q[∇_φ log q(z|x)] = 0: with one draw recognition learns nothing at all",
    as: .consequence
  ) { parts, problem in
    let found = try problem.mean(1, parts.step, \.phi)
    return .equal(
      found, found.map { _ in 0.0 },
      rounding: .of(size: 1, because: "errors of up to one cancel"))
  }

  static let stillBiased = Check(
    "still-biased", "E[Δθ] ≠ ∇_θ log p(x),  K = 2",
    because: "a ratio of two means of draws is not the ratio of the means", as: .consequence
  ) { parts, problem in
    let exact = try ExactRecognition(of: problem.machine, problem.pattern).likelihoodGradient
    let pairs = problem.overPairs { pair in pair.average { problem.slopes($0) } }
    return .different(
      try problem.mean(2, parts.step, \.theta), exact, by: zip(pairs, exact).map { $0 - $1 },
      atLeast: 1e-9, rounding: .of(size: 1, because: "errors of up to one are averaged"))
  }

  static let tighter = Check(
    "tighter", "log p(x) ≥ E[L̂],  K = 2",
    because: "the mean of the weights has the mean p(x), and a logarithm bends down",
    as: .specialCase
  ) { parts, problem in
    let evidence = try ExactRecognition(of: problem.machine, problem.pattern).logEvidence
    let bound = problem.overPairs { [$0.logTotal - log(2)] }[0]
    return .atLeast(
      evidence, try problem.mean(2, parts.step) { [$0.bound] }[0], gap: evidence - bound,
      rounding: .of(size: 16, because: "logarithms of that size are added"))
  }

  static let exactRecognition = Check(
    "exact-recognition", "E[Δθ] = ∇_θ log p(x),  K = 2  at q = p(z|x)",
    because: "all weights are p(x): they are equal, and one draw would have done",
    as: .specialCase, changing: { try $0.recognisedExactly().machine.givens }
  ) { parts, problem in
    let single = try problem.recognisedExactly()
    return .equal(
      try single.mean(2, parts.step, \.theta),
      try ExactRecognition(of: single.machine, single.pattern).likelihoodGradient,
      rounding: .of(size: 8, because: "log weights of that size are subtracted"))
  }
}

// MARK: The exact side

/// A setting with q(z|x) and log w(z).
struct Weighed {
  let setting: [[Bool]]
  let q: ExactValue
  let logWeight: Double
}

/// Two settings and their normalised weights.
struct Pair {
  let (z, y): (Weighed, Weighed)

  /// log (w(z) + w(y)), from the larger one.
  var logTotal: Double {
    let (large, small) = (max(z.logWeight, y.logWeight), min(z.logWeight, y.logWeight))
    return large + log1p(exp(small - large))
  }

  /// w̄(z) h(z) + w̄(y) h(y), with w̄(z) = σ(log w(z) − log w(y)).
  func average(_ value: ([[Bool]]) -> [Double]) -> [Double] {
    let share = sigmoid(z.logWeight - y.logWeight)
    return zip(value(z.setting), value(y.setting)).map { share * $0 + (1 - share) * $1 }
  }
}

extension MachineProblem {
  /// Every setting, with its weight at the first pattern.
  var weighed: [Weighed] {
    hidden.map { setting in
      let log = machine.recognition.logProbability(setting, given: pattern)
      return Weighed(
        setting: setting,
        q: ExactValue(exp(log), roundingBound: 32 * Double.ulpOfOne * exp(log) * (1 + abs(log))),
        logWeight: machine.generative.logJoint(setting + [pattern]) - log)
    }
  }

  /// ∇_θ log p(x,z).
  func slopes(_ setting: [[Bool]]) -> [Double] {
    machine.generative.logSlopes(setting + [pattern])
  }

  /// Σ_z Σ_y q(z|x) q(y|x) h(z, y).
  func overPairs(_ value: (Pair) -> [Double]) -> [ExactValue] {
    let all = weighed
    var sums: [ExactValue] = []
    for z in all {
      for y in all {
        let values = value(Pair(z: z, y: y))
        if sums.isEmpty { sums = values.map { _ in 0 } }
        for (i, value) in values.enumerated() {
          sums[i] += z.q * y.q * ExactValue(value, roundingBound: 64 * Double.ulpOfOne * abs(value))
        }
      }
    }
    return sums
  }

  /// The mean of a part of a judged step with K draws, at the first pattern.
  fileprivate func mean(
    _ draws: Int,
    _ step: (HelmholtzMachine, [Bool], Int, inout Exhaustive) throws -> ReweightedExercise.Step,
    _ part: (ReweightedExercise.Step) -> [Double]
  ) throws -> [ExactValue] {
    try exactMeans { part(try step(machine, pattern, draws, &$0)) }
  }
}

extension ExactValue {
  /// A function of the library at a difference of logarithms: good to a few roundings.
  fileprivate init(rounded value: Double) {
    self.init(value, roundingBound: 32 * Double.ulpOfOne * abs(value))
  }
}
