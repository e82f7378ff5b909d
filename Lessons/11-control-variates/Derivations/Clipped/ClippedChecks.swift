import LessonKit
import Models
import Probability
import Verification

/// Derivation `clipped`: draws of an earlier law, and a step that stops.
enum ClippedDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// The gradient of the clipped surrogate at one draw of r.
    var estimate: @Sendable (ClippedProblem, inout CutUniforms) throws -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, ClippedProblem>

  static let checks: [Check] = [unclipped, leftOut, atTheOldLaw, spread]

  static let unclipped = Check(
    "unclipped", "E_r[ω (f − c) s] = ∇E_q[f],  ω = q/r",
    because: "q cancels r, and c times a score has no mean; e is 1000 here: nothing is clipped",
    as: .consequence, changing: { _ in [Given("e", 1000)] }
  ) { parts, problem in
    .equal(
      try law(parts, problem.with(drawn: problem.drawn, clip: 1000)).means,
      problem.bits.reward.differences, rounding: terms(problem))
  }

  static let leftOut = Check(
    "left-out", "E_r[g] = ∇E_q[f] − Σ_z C(z) q(z) (f(z) − c) s(z)",
    because:
      "where the clip acts, the surrogate min(ω (f − c), clip(ω) (f − c)) has no slope: C(z) = 1",
    as: .consequence
  ) { parts, problem in
    let law = problem.bits.law
    var expected = problem.bits.reward.differences
    for z in problem.clipped {
      for d in expected.indices {
        expected[d] -= law.probabilities[z] * problem.advantages[z] * law.scores[z][d]
      }
    }
    return .equal(try Self.law(parts, problem).means, expected, rounding: terms(problem))
  }

  static let atTheOldLaw = Check(
    "at-the-old-law", "E_q[g] = ∇E_q[f],  r = q",
    because: "ω is 1 in every state, and no clip acts: the policy gradient", claims: ["A-293"],
    as: .consequence, changing: { [Given("θ of r", $0.bits.logits)] }
  ) { parts, problem in
    .equal(
      try law(parts, problem.with(drawn: problem.bits.logits, clip: problem.clip)).means,
      problem.bits.reward.differences, rounding: terms(problem))
  }

  static let spread = Check(
    "spread", "E_r[g_d²] = Σ_z (1 − C(z)) q(z) ω(z) (f(z) − c)² s_d(z)²",
    because: "what is left out is missing from the square too: less noise, and another mean",
    as: .specialCase
  ) { parts, problem in
    let law = problem.bits.law
    let found = try Self.law(parts, problem)
    let kept = law.points.indices.filter { !problem.clipped.contains($0) }
    return .equal(
      zip(found.variances, found.mean).map { $0 + $1 * $1 },
      law.logits.indices.map { d in
        kept.reduce(0) { sum, z in
          let term = problem.advantages[z] * law.scores[z][d]
          return sum + law.probabilities[z] * problem.ratios[z] * term * term
        }
      }, rounding: terms(problem))
  }

  private static func law(_ parts: Parts, _ problem: ClippedProblem) throws -> ExactMoments {
    try exactMomentsWithUniforms { try parts.estimate(problem, &$0) }
  }

  private static func terms(_ problem: ClippedProblem) -> Rounding {
    let size = zip(problem.advantages, problem.ratios).reduce(1) {
      max($0, $1.0 * $1.0 * (1 + $1.1))
    }
    return .of(terms: 256, size: size, because: "squares of weighted signals of this size cancel")
  }
}
