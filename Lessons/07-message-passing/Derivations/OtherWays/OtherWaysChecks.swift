import Exact
import GSL
import LessonKit
import Probability
import Verification

/// Derivation `other-ways`: Gibbs sampling, EM and expectation propagation on one small posterior.
enum OtherWaysDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// The state after a sweep of Gibbs sampling.
    var gibbs: @Sendable (OtherWaysProblem, _ state: Int, inout Exhaustive) throws -> Int
    /// M(z→z′) when one z_n, chosen at random, is drawn anew.
    var randomScan: @Sendable (OtherWaysProblem) throws -> [[Double]]
    /// log Z, mean and variance of q(θ) for one x that may be clutter.
    var clutter: @Sendable (_ x: Double) throws -> [Double]
    /// Where EM for π ends.
    var expectationMaximisation: @Sendable (OtherWaysProblem) throws -> Double
    /// E_q[log π], E_q[log(1 − π)] of q after the update of a site, from a cavity.
    var matched: @Sendable (OtherWaysProblem, BetaLaw, _ site: Int) throws -> [Double]
    /// The approximate log evidence of settled sites.
    var logEvidence: @Sendable (OtherWaysProblem) throws -> Double
    /// The posterior of all labels from those of two workers.
    var combined:
      @Sendable (_ prior: BetaLaw, _ first: BetaLaw, _ second: BetaLaw) throws -> BetaLaw
  }

  typealias Check = LessonKit.Check<Parts, OtherWaysProblem>

  static let checks: [Check] = [
    stationary, randomScan, moments, oneSite, clutter, notTheEvidence, workers, mostLikely,
    noPosterior,
  ]

  private static let quadrature = Rounding.of(
    terms: 8192, size: 4,
    because: "501 nodes of a rule whose own error is below 1e-15, and a Newton solution")

  static let stationary = Check(
    "stationary", "Σ_z p(z|x) M(z→z′) = p(z′|x)",
    because: "each update draws z_n from p(z_n|z_{−n}, x), which leaves p(z|x) as it is",
    claims: ["A-100"], as: .step
  ) { parts, problem in
    let p = try problem.posterior()
    var after = [Double](repeating: 0, count: p.count)
    for (state, probability) in p.enumerated() {
      try forEachOutcome(
        limits: ChoiceLimits(), of: { try parts.gibbs(problem, state, &$0) },
        visit: { next, weight in after[next] += probability * weight })
    }
    return .equal(after, p)
  }

  static let randomScan = Check(
    "random-scan",
    "p(z|x) M(z→z′) = p(z|x) p(z′|x)/(N (p(z|x) + p(z′|x))),  z′ differs from z in one label",
    because: "one of N labels is chosen; the right side is the same for the way back",
    as: .specialCase
  ) { parts, problem in
    let (p, rows) = (try problem.posterior(), try parts.randomScan(problem))
    let pairs = p.indices.flatMap { i in (0..<problem.count).map { (i, i ^ (1 << $0)) } }
    return .equal(
      pairs.map { p[$0.0] * rows[$0.0][$0.1] },
      pairs.map { p[$0.0] * p[$0.1] / (Double(problem.count) * (p[$0.0] + p[$0.1])) })
  }

  static let clutter = Check(
    "clutter-of-one", "(log Z, E_q[θ], Var_q[θ]) = (log p(x), E[θ|x], Var[θ|x]),  one x",
    because: "with one factor its moments are matched, and they are the posterior's",
    as: .specialCase,
    changing: { problem in
      [
        Given("p(θ)", words: "N(0, 20)"), Given("p(x|θ)", words: ".6 N(θ, 1) + .4 N(0, 10)"),
        Given("x", problem.likelihoods[0][0] + 2),
      ]
    }
  ) { parts, problem in
    let x = problem.likelihoods[0][0] + 2
    let about = 0.6 * exp(NormalLaw(mean: 0, variance: 21).logDensity(x))
    let noise = 0.4 * exp(NormalLaw(mean: 0, variance: 10).logDensity(x))
    let share = about / (about + noise)
    let (place, mean) = (x * 20 / 21, share * x * 20 / 21)
    let second = share * (place * place + 20.0 / 21) + (1 - share) * 20
    return .equal(
      try parts.clutter(x), [log(about + noise), mean, second - mean * mean],
      rounding: .of(terms: 64, size: 30, because: "a variance from a second moment of size 20"))
  }

  static let moments = Check(
    "moments", "E_q[t(π)] = E[t(π)],  under the cavity times p(x_0|π), normalised",
    because: "the site is what takes q to the moments of the exact factor", claims: ["A-161"],
    as: .step
  ) { parts, problem in
    let cavity = try problem.cavity
    return .equal(
      try parts.matched(problem, cavity, 0),
      try problem.tilted(cavity, problem.likelihoods[0]).means,
      rounding: quadrature)
  }

  static let oneSite = Check(
    "one-site", "log Z = log p(x_0),  N = 1",
    because: "with one factor nothing is approximated but the shape", claims: ["A-161"],
    as: .specialCase, changing: { [Given("p(x_n|z_n = 1), p(x_n|z_n = 0)", [$0.likelihoods[0]])] }
  ) { parts, problem in
    let one = OtherWaysProblem(
      prior: problem.prior, likelihoods: [problem.likelihoods[0]], first: problem.first,
      second: problem.second)
    return .equal(try parts.logEvidence(one), logSumExp(try one.logJoints()), rounding: quadrature)
  }

  static let notTheEvidence = Check(
    "not-the-evidence", "log Z ≠ log p(x),  N = 3",
    because: "the other sites are no exact factors: close, and on no known side", as: .consequence
  ) { parts, problem in
    let exact = logSumExp(try problem.logJoints())
    return .different(
      try parts.logEvidence(problem), exact, by: try problem.settled().logEvidence - exact,
      atLeast: 1e-9, rounding: quadrature)
  }

  static let workers = Check(
    "workers", "η(D₁, D₂) = η + (η(D₁) − η) + (η(D₂) − η)",
    because: "each part of the data sends its site, and natural parameters add", claims: ["A-254"],
    as: .step
  ) { parts, problem in
    func posterior(_ labels: [Bool]) throws -> BetaLaw {
      try BernoulliPair().posterior(problem.prior, given: labels)
    }
    return .equal(
      try posterior(problem.first + problem.second).naturalParameters,
      try parts.combined(problem.prior, posterior(problem.first), posterior(problem.second))
        .naturalParameters,
      rounding: .of(terms: 64, size: 8, because: "counts of up to seven"))
  }

  static let mostLikely = Check(
    "most-likely", "π_EM = argmax_π p(x|π)",
    because: "each step of EM raises the likelihood of π", claims: ["A-100"], as: .specialCase
  ) { parts, problem in
    .equal(
      try parts.expectationMaximisation(problem), try problem.mostLikely(),
      rounding: .of(
        terms: 1 << 16, size: 1,
        because: "EM is stopped where its step is below 1e-14 and contracts by .9 at most"))
  }

  static let noPosterior = Check(
    "no-posterior", "π_EM ≠ E[π|x]",
    because:
      "EM keeps a posterior of the z_n; of π it returns a point, its mode under a flat prior",
    claims: [.against("A-100")], as: .consequence
  ) { parts, problem in
    let mean = try problem.posteriorMean()
    return .different(
      try parts.expectationMaximisation(problem), mean, by: try problem.mostLikely() - mean,
      atLeast: 1e-6,
      rounding: .of(terms: 1 << 16, size: 1, because: "EM is stopped where its step is below 1e-14")
    )
  }
}
