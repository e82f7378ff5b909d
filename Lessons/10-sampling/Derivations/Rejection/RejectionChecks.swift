import LessonKit
import Probability
import Verification

/// Derivation `rejection`: what is kept is from the posterior.
enum RejectionDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// One trial under a ceiling: a state that was kept, or none.
    var trial: @Sendable (RejectionProblem, _ ceiling: Double, inout Exhaustive) throws -> Int?
  }

  typealias Check = LessonKit.Check<Parts, RejectionProblem>

  static let checks: [Check] = [kept, share, law, low, nothingSeen, flatPrior]

  static let kept = Check(
    "kept", "P(kept) = Σ_z p(z) p(x|z)/C",
    because: "z is drawn from the prior and kept with p(x|z)/C", claims: ["A-053"], as: .step
  ) { parts, problem in
    .equal(
      try law(parts, problem, problem.ceiling).reduce(0, +),
      zip(problem.prior, problem.likelihood).reduce(0) { $0 + $1.0 * $1.1 / problem.ceiling })
  }

  static let share = Check(
    "share", "Σ_z p(z) p(x|z)/C = p(x)/C",
    because: "the sum over z is the evidence: a trial is kept that often", claims: ["A-053"],
    as: .step
  ) { parts, problem in
    .equal(
      try law(parts, problem, problem.ceiling).reduce(0, +), problem.evidence / problem.ceiling)
  }

  static let law = Check(
    "law", "P(z|kept) = p(z|x)",
    because: "C divides out: p(z) p(x|z)/C over p(x)/C", claims: ["A-053"], as: .step
  ) { parts, problem in
    let kept = try law(parts, problem, problem.ceiling)
    let total = kept.reduce(0, +)
    return .equal(kept.map { $0 / total }, problem.posterior)
  }

  static let low = Check(
    "low", "P(z_0|kept) ≠ p(z_0|x),  C = ½ max_z p(x|z)",
    because: "no probability is above one: the likeliest state is kept too rarely",
    as: .consequence, changing: { [Given("C", 0.5 * $0.ceiling)] }
  ) { parts, problem in
    let ceiling = 0.5 * problem.ceiling
    let kept = try law(parts, problem, ceiling)
    let clipped = zip(problem.prior, problem.likelihood).map { $0 * min(1, $1 / ceiling) }
    let exact = problem.posterior[0]
    return .different(
      kept[0] / kept.reduce(0, +), exact, by: clipped[0] / clipped.reduce(0, +) - exact,
      atLeast: 1e-9)
  }

  static let nothingSeen = Check(
    "nothing-seen", "P(z|kept) = p(z),  p(x|z) = C for every z",
    because: "what says nothing about z keeps every draw", as: .specialCase,
    changing: { [Given("p(x|z)", [$0.ceiling, $0.ceiling, $0.ceiling])] }
  ) { parts, problem in
    let flat = RejectionProblem(
      prior: problem.prior, likelihood: problem.likelihood.map { _ in problem.ceiling })
    let kept = try law(parts, flat, flat.ceiling)
    return .equal(kept.map { $0 / kept.reduce(0, +) }, problem.prior)
  }

  static let flatPrior = Check(
    "flat-prior", "P(z|kept) = p(x|z)/Σ_y p(x|y),  p(z) = ⅓",
    because: "a flat prior leaves the shape of the likelihood", as: .specialCase,
    changing: { _ in [Given("p(z)", [1.0 / 3, 1.0 / 3, 1.0 / 3])] }
  ) { parts, problem in
    let flat = RejectionProblem(
      prior: problem.prior.map { _ in 1.0 / 3 }, likelihood: problem.likelihood)
    let kept = try law(parts, flat, flat.ceiling)
    let total = problem.likelihood.reduce(0, +)
    return .equal(kept.map { $0 / kept.reduce(0, +) }, problem.likelihood.map { $0 / total })
  }

  /// P(z kept) of every z.
  private static func law(
    _ parts: Parts, _ problem: RejectionProblem, _ ceiling: Double
  ) throws -> [Double] {
    var law = problem.prior.map { _ in 0.0 }
    try forEachOutcome {
      try parts.trial(problem, ceiling, &$0)
    } visit: { state, probability in
      if let state { law[state] += probability }
    }
    return law
  }
}
