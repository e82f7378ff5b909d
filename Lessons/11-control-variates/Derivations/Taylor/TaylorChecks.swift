import LessonKit
import Models
import Probability
import Verification

/// Derivation `taylor`: the tangent of f at p as a control variate.
enum TaylorDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// One run of MuProp on a mean.
    var muprop: @Sendable (DiscreteProblem, inout CutUniforms) throws -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, SurfaceProblem>

  static let checks: [Check] = [unbiased, spread, linear, oneBit, flat]

  static let unbiased = Check(
    "unbiased", "E[g] = ∇E_q[f]",
    because: "E_q[h(z) s_d] = p_d (1 − p_d) ∂_d f(p) is what was taken away, and it is added back",
    claims: ["A-288"], as: .step
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.muprop(problem.discrete, &$0) }
    return .equal(found.means, problem.bits.gradient(problem.value))
  }

  static let spread = Check(
    "spread", "Cov[g] = Cov_q[(f(z) − h(z)) s],  h(z) = f(p) + Σ_d ∂_d f(p) (z_d − p_d)",
    because: "what is added back is a constant: only what f bends away from its tangent varies",
    claims: ["A-288"], as: .step
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.muprop(problem.discrete, &$0) }
    let bits = problem.bits
    return .equal(
      found.covariances,
      bits.covariances { b in
        let rest = problem.value(b) - problem.control(b)
        return bits.p.indices.map { rest * bits.score($0, at: b) }
      })
  }

  static let linear = Check(
    "linear", "Cov[g] = 0,  f(z) = h(z)",
    because: "a function without a bend is its tangent: one draw says everything", as: .specialCase
  ) { parts, problem in
    let found = try exactMomentsWithUniforms { try parts.muprop(problem.linear, &$0) }
    let size = problem.linear.signals.reduce(0) { max($0, abs($1)) }
    return .equal(
      found.covariances.map(\.value), found.mean.flatMap { _ in found.mean.map { _ in 0.0 } },
      rounding: .of(size: size * size, because: "signals of this size cancel, and are squared"))
  }

  static let oneBit = Check(
    "one-bit", "Var[g] = p(1 − p) ((1 − p)(f(1) − h(1)) + p (f(0) − h(0)))²,  D = 1",
    because:
      "two outcomes: their distance, squared, times p(1 − p); without h it is the same with f",
    as: .consequence
  ) { parts, problem in
    let one = problem.one
    let found = try exactMomentsWithUniforms { try parts.muprop(one.discrete, &$0) }
    let p = one.bits.p[0]
    let distance =
      (1 - p) * (one.value([1]) - one.control([1])) + p * (one.value([0]) - one.control([0]))
    return .equal(found.covariances, [p * (1 - p) * distance * distance])
  }

  static let flat = Check(
    "flat", "Cov[g] = Cov_q[f(z) s],  f flat at p",
    because: "a tangent of slope 0 is a constant, and f(p) = 0 here", as: .specialCase
  ) { parts, problem in
    // Σ_d (z_d − p_d)² has neither value nor slope at p.
    let flat = DiscreteProblem(
      problem.discrete.law, .fixed(.power(targets: problem.centre, exponent: 2)))
    let found = try exactMomentsWithUniforms { try parts.muprop(flat, &$0) }
    let bits = problem.bits
    return .equal(
      found.covariances,
      bits.covariances { b in
        let f = bits.p.indices.sum { bits.score($0, at: b) * bits.score($0, at: b) }
        return bits.p.indices.map { f * bits.score($0, at: b) }
      })
  }
}
