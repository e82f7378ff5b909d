import Approximate
import GSL
import LessonKit
import Models
import Probability

extension CouplingsDerivation {
  /// The derivation, the library's estimators, and the ways to get them wrong.
  static let derivation = Derivation<Parts, CouplingsProblem>(
    id: "couplings", title: "Two values of f", example: .example, draw: { try .random(&$0) },
    checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      Two chains, one of jumps and one of mirrored draws. What each of them saves depends on what the two values \
      of f have in common:
      """)

  static let answer = Parts(
    measureValued: { problem, isShared, choices in
      try Zoo.estimate("measure-valued", ["coupled": .flag(isShared)], of: problem, &choices)
    },
    triple: { problem, isBoth, choices in
      try Zoo.estimate(
        "stochastic-triple", ["sides": .number(isBoth ? 2 : 1)], of: problem, &choices)
    },
    augmented: { try Zoo.estimate("augment-reinforce", of: $0, &$1) },
    merged: { try Zoo.estimate("arm", of: $0, &$1) },
    disarm: { try Zoo.estimate("disarm", of: $0, &$1) },
    difference: { problem, isShared, choices in
      let settings: [String: ZooValue] = ["step": .number(problem.step), "common": .flag(isShared)]
      return try Zoo.estimate("finite-difference", settings, of: problem.discrete, &choices)
    },
    diagonal: { problem, choices in
      let settings: [String: ZooValue] = ["step": .number(problem.step), "common": .flag(true)]
      return try Zoo.estimate("spsa", settings, of: problem.discrete, &choices)
    })
}

// MARK: The ways to get it wrong

extension CouplingsDerivation {
  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "by-the-probability", "f(1) − f(0): the slope by p_d, where the parameter is a logit",
      \.measureValued,
      from: { right in
        { problem, isShared, choices in
          zip(try right(problem, isShared, &choices), problem.bitSpreads).map { $0 / $1 }
        }
      }),
    Mistake(
      "shares-without-being-asked", "one draw of the other bits for both values, always",
      \.measureValued,
      from: { right in { problem, _, choices in try right(problem, true, &choices) } }),
    Mistake(
      "jumps-both-ways-at-full-weight", "jumps up and jumps down, each counted whole", \.triple,
      from: { right in
        { problem, isBoth, choices in
          try right(problem, isBoth, &choices).map { isBoth ? 2 * $0 : $0 }
        }
      }),
    Mistake(
      "weighs-a-jump-by-where-it-is", "ω = 1 − p for a bit that is off, as if it were a score",
      \.triple
    ) {
      problem, _, choices in
      let z = try problem.law.sample(&choices)
      let p = problem.probabilities
      return p.indices.map { d in
        problem.law.points[z][d] == 0 ? (1 - p[d]) * problem.switched(z, d) : 0
      }
    },
    Mistake("mirrors-once", "f(1[u > 1 − p]) (1 − 2 u): the sign of the other half", \.augmented) {
      problem, choices in
      let u = try problem.uniforms(&choices)
      let f = problem.signal(above: u)
      return u.map { f * (1 - 2 * $0) }
    },
    Mistake(
      "takes-the-score",
      "f s: the uniform averaged out, which is another estimator, and a better one", \.augmented
    ) {
      problem, choices in
      let z = try problem.law.sample(&choices)
      return problem.law.score(z).map { problem.signals[z] * $0 }
    },
    Mistake(
      "draws-the-mirror-anew",
      "z and z̃ from two uniforms: half of the gradient, and all of the noise", \.merged
    ) { problem, choices in
      let u = try problem.uniforms(&choices)
      let other = try problem.uniforms(&choices)
      let gap = problem.signal(above: u) - problem.signal(below: other)
      return u.map { gap * ($0 - 0.5) }
    },
    Mistake(
      "forgets-to-centre", "(f(z) − f(z̃)) u: the right mean, since that of the difference is zero",
      \.merged
    ) {
      problem, choices in
      let u = try problem.uniforms(&choices)
      let gap = problem.signal(above: u) - problem.signal(below: u)
      return u.map { gap * $0 }
    },
    Mistake("forgets-the-size-of-the-logit", "σ(θ) in place of σ(|θ|)", \.disarm) {
      problem, choices in
      let (b, mirrored, gap) = try problem.mirroredPair(&choices)
      return b.indices.map { 0.5 * gap * (b[$0] - mirrored[$0]) * sigmoid(problem.law.logits[$0]) }
    },
    Mistake(
      "takes-u-for-two", "without the ½", \.disarm,
      from: { right in { try right($0, &$1).map { 2 * $0 } } }),
    Mistake(
      "one-uniform-for-all-bits", "a single u, copied to every bit", \.disarm
    ) { problem, choices in
      let p = problem.probabilities
      let u = try choices.uniform(cutAt: p.flatMap { [$0, 1 - $0] }, degree: 0)
      let all = p.map { _ in u }
      let gap = problem.signal(above: all) - problem.signal(below: all)
      return p.indices.map { d in
        let turn: Double = (u > 1 - p[d] ? 1 : 0) - (u < p[d] ? 1 : 0)
        return 0.5 * gap * turn * sigmoid(abs(problem.law.logits[d]))
      }
    },
    Mistake(
      "divides-by-one-step", "divides by ε: the way from − to + is 2 ε", \.difference,
      from: { right in { try right($0, $1, &$2).map { 2 * $0 } } }),
    Mistake(
      "draws-both-sides-anew",
      "two noises where one was asked for: the right mean, and a variance of 1/ε²",
      \.difference,
      from: { right in { problem, _, choices in try right(problem, false, &choices) } }),
    Mistake("forgets-which-way-it-went", "divides by 2 ε and not by δ_d", \.diagonal) {
      problem, choices in
      let signs = try choices.bits(problem.logits.map { _ in 0.5 }).map { 2 * $0 - 1 }
      let up = zip(problem.logits, signs).map { sigmoid($0 + problem.step * $1) }
      let down = zip(problem.logits, signs).map { sigmoid($0 - problem.step * $1) }
      var ends: [(Double, Double)] = []
      for (up, down) in zip(up, down) {
        let u = try choices.uniform(cutAt: [up, down], degree: 0)
        ends.append((u < up ? 1 : 0, u < down ? 1 : 0))
      }
      let law = problem.discrete.law
      let gap =
        problem.values[law.state(ends.map(\.0))] - problem.values[law.state(ends.map(\.1))]
      return signs.map { _ in gap / (2 * problem.step) }
    },
  ]
}

extension DiscreteProblem {
  /// A uniform a bit, that is used between the cuts p and 1 − p and times itself.
  fileprivate func uniforms(_ choices: inout CutUniforms) throws -> [Double] {
    var uniforms: [Double] = []
    for p in probabilities { uniforms.append(try choices.uniform(cutAt: [p, 1 - p], degree: 1)) }
    return uniforms
  }

  /// f at z̃ = 1[u < p].
  fileprivate func signal(below u: [Double]) -> Double {
    signals[law.state(zip(u, probabilities).map { $0 < $1 ? 1 : 0 })]
  }

  /// f at z = 1[u > 1 − p].
  fileprivate func signal(above u: [Double]) -> Double { signal(below: u.map { 1 - $0 }) }

  /// z, z̃, and f(z) − f(z̃).
  fileprivate func mirroredPair(
    _ choices: inout CutUniforms
  ) throws -> (b: [Double], mirrored: [Double], gap: Double) {
    let (u, p) = (try uniforms(&choices), probabilities)
    return (
      zip(u, p).map { $0 > 1 - $1 ? 1 : 0 }, zip(u, p).map { $0 < $1 ? 1 : 0 },
      signal(above: u) - signal(below: u)
    )
  }
}
