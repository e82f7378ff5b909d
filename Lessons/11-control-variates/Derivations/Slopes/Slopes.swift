import Approximate
import GSL
import LessonKit
import Models
import Probability

extension SlopesDerivation {
  /// The derivation, the library's estimators, and the ways to get them wrong.
  static let derivation = Derivation<Parts, SlopesProblem>(
    id: "slopes", title: "A slope in the place of a difference", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      For a square, with μ_d = 0, the second term is zero at p_d = ½, and for a cube, with \
      κ_d = 0, at p_d = ⅓. Another rule, and another variable:
      """)

  static let answer = Parts(
    straightThrough: { try at($1, "straight-through", ["derivative": .word("sigmoid")], of: $0) },
    asItIs: { try at($1, "straight-through", ["derivative": .word("identity")], of: $0) },
    reinmax: { try at($2, "reinmax", ["temperature": .number($1)], of: $0) },
    smoothed: { try at($2, "smoothed-triple", ["sides": .number(Double($1))], of: $0) },
    softened: { problem, _, z in
      var run = GivenRun(uniforms: [problem.rank(z)])
      return try Zoo.estimate(
        "gumbel-softmax", ["temperature": .number(problem.temperature)], of: problem.discrete, &run)[
          0]
    },
    hardened: { problem, bit, z in
      var run = problem.run(bit, z)
      return try Zoo.estimate(
        "straight-through-gumbel", ["temperature": .number(problem.temperature)],
        of: problem.discrete, &run)[0]
    },
    averaged: { try moments("gumbel-rao", ["replicates": .word("infinity")], of: $0) },
    classes: { problem in
      var run = GivenRun(uniforms: problem.uniforms)
      return try Zoo.estimate(
        "straight-through-gumbel", ["temperature": .number(problem.temperature)],
        of: problem.classes, &run)
    })

  /// An estimate from a state.
  private static func at(
    _ state: Int, _ name: String, _ settings: [String: ZooValue], of problem: DiscreteProblem
  ) throws -> [Double] {
    var run = GivenRun(picks: [state])
    return try Zoo.estimate(name, settings, of: problem, &run)
  }

  /// Mean and variance by the rules of the library.
  private static func moments(
    _ name: String, _ settings: [String: ZooValue], of problem: LatentProblem
  ) throws -> [QuadratureValue] {
    let all = settings.merging(["temperature": .number(problem.temperature)]) { $1 }
    let found = try Zoo.estimator(name).moments(problem.discrete, ZooSettings(all))
    return [found.mean[0], found.covariance[0][0]].map {
      QuadratureValue($0, errorBound: found.errorBound)
    }
  }
}

// MARK: The ways to get it wrong

extension SlopesDerivation {
  private static let mistakes: [Mistake<Parts>] = [
    Mistake("slope-at-the-probability", "∂_d f(p): nothing is drawn", \.straightThrough) {
      problem, _ in
      zip(problem.bitSpreads, problem.surface.slope(at: problem.probabilities)).map { $0 * $1 }
    },
    Mistake(
      "passes-through-the-step", "the slope as it is, as if a bit were its own logit",
      source: "pytorch #68941: which of hard and soft is detached decides what a slope is of",
      \.straightThrough
    ) { problem, state in problem.surface.slope(at: problem.law.points[state]) },
    Mistake("scales-what-should-pass", "p_d (1 − p_d) twice over", \.asItIs) { problem, state in
      zip(problem.bitSpreads, problem.surface.slope(at: problem.law.points[state])).map { $0 * $1 }
    },
    Mistake(
      "forgets-the-other-half", "2 m (1 − m) ∂_d f(z), without − ½ p (1 − p) ∂_d f(z)", \.reinmax
    ) {
      problem, temperature, state in
      problem.law.logits.indices.map { d in
        let b = problem.law.points[state]
        let m = 0.5 * (sigmoid(problem.law.logits[d] / temperature) + b[d])
        return 2 * m * (1 - m) * problem.surface.slope(at: b)[d]
      }
    },
    Mistake("warms-both-terms", "the temperature in p (1 − p) too", \.reinmax) {
      problem, temperature, state in
      problem.law.logits.indices.map { d in
        let b = problem.law.points[state]
        let s = sigmoid(problem.law.logits[d] / temperature)
        let m = 0.5 * (s + b[d])
        return (2 * m * (1 - m) - 0.5 * s * (1 - s)) * problem.surface.slope(at: b)[d]
      }
    },
    Mistake("slope-where-it-lands", "the slope at the other end of the jump", \.smoothed) {
      problem, sides, state in
      problem.law.logits.indices.map { d in
        let b = problem.law.points[state]
        let landed = problem.law.state(state, setting: d, to: 1 - b[d])
        let p = problem.probabilities[d]
        let jump = sides == 1 ? (1 - b[d]) * p : 0.5 * ((1 - b[d]) * p + b[d] * (1 - p))
        return jump * problem.surface.slope(at: problem.law.points[landed])[d]
      }
    },
    Mistake(
      "log-probability-for-logit",
      "y = σ((log p + Λ)/τ): harmless in a softmax, which forgets a constant",
      source: "pytorch #77053, vithursant/VAE-Gumbel-Softmax #1", \.softened
    ) { problem, bit, z in
      let shifted = z - problem.logit + logSigmoid(problem.logit)
      return problem.softSlope(at: shifted) * problem.slope(at: problem.relaxed(shifted))
    },
    Mistake(
      "cools-the-value-alone", "y at the temperature, and its slope without 1/τ",
      source: "tf-imle #1: a temperature that arrives in another place", \.softened,
      from: { right in { try right($0, $1, $2) * $0.temperature } }),
    Mistake(
      "slope-at-the-soft-bit", "f′(y) where f saw z: Gumbel-softmax under another name",
      source: "pytorch #68941: (hard − soft).detach() + soft, with the wrong one let through",
      \.hardened
    ) { problem, _, z in problem.softSlope(at: z) * problem.slope(at: problem.relaxed(z)) },
    Mistake(
      "scales-each-class-alone", "y_k f′_k/τ: as if a class could gain and no other lose", \.classes
    ) { problem in
      let slopes = problem.classes.surface.slope(
        at: problem.classes.law.points[problem.uniformWinner])
      let y = SoftmaxLaw(
        logits: zip(problem.logits + [0], problem.uniforms).map {
          ($0 - log(-log($1))) / problem.temperature
        }
      ).probabilities
      return zip(y, slopes).map { $0 * $1 / problem.temperature }
    },
    Mistake("averages-nothing", "one latent number, which has the same mean", \.averaged) {
      try moments("straight-through-gumbel", [:], of: $0)
    },
  ]
}

extension SlopesProblem {
  /// The class with the largest noisy logit.
  fileprivate var uniformWinner: Int {
    let noisy = zip(logits + [0], uniforms).map { $0 - log(-log($1)) }
    return noisy.indices.reduce(0) { noisy[$1] > noisy[$0] ? $1 : $0 }
  }
}

extension LatentProblem {
  /// f′(x).
  func slope(at x: Double) -> Double { powers[0] + x * (2 * powers[1] + x * 3 * powers[2]) }

  /// y (1 − y)/τ.
  func softSlope(at z: Double) -> Double {
    relaxed(z) * sigmoid(-z / temperature) / temperature
  }
}
