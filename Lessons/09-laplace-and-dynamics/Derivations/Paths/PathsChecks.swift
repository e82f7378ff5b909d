import Exact
import LessonKit
import Models
import Probability
import Verification

/// Derivation `paths`: what a switching system gives what was seen, path by path.
enum PathsDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// log p(y).
    var logEvidence: @Sendable (SwitchProblem) throws -> Double
    /// p(r_t = k | y), a row a step.
    var marginals: @Sendable (SwitchProblem) throws -> [[Double]]
  }

  typealias Check = LessonKit.Check<Parts, SwitchProblem>

  static let checks: [Check] = [evidence, onGrid, marginals]

  static let rounding = Rounding.of(
    terms: 1 << 12, because: "matrices of all states are inverted for each path")
}

extension PathsDerivation {
  static let evidence = Check(
    "sum-over-paths", "log p(y) = log Σ_r p(r) ∫ p(z, y|r) dz",
    because: "given the path r, all that is left is a linear dynamical system", claims: ["A-016"],
    as: .step
  ) { parts, problem in
    .equal(
      try parts.logEvidence(problem), try problem.table.posterior().logEvidence, rounding: rounding)
  }

  static let onGrid = Check(
    "on-a-grid", "log p(y) = the same by sums over a grid of z, step by step",
    because: "z and r are summed together, with no formula for Gaussians", claims: ["A-016"],
    as: .consequence
  ) { parts, problem in
    .equal(try parts.logEvidence(problem), problem.sequence.gridLogEvidence, rounding: rounding)
  }

  static let marginals = Check(
    "paths-through-a-state", "p(r_t = k|y) = Σ_(r: r_t = k) p(r, y)/p(y)",
    because: "paths through a state are added, not states one by one", as: .consequence
  ) { parts, problem in
    let table = try problem.table
    return .equal(
      try parts.marginals(problem).flatMap { $0 },
      table.marginals(of: try table.posterior().weights).flatMap { $0 }, rounding: rounding)
  }
}
