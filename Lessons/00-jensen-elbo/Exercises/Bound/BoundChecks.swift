import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `bound`: log p(x) from below.
enum BoundExercise {
  /// What is written, and what is given: the same number in three other words.
  struct Parts: Sendable {
    /// ELBO(q) = E_q[log p(x, z) − log q(z)].
    var elbo: @Sendable (BoundProblem) -> Double
    /// E_q[p(x, z)/q(z)].
    var meanRatio: @Sendable (BoundProblem) -> Double
    /// E_q[log p(x, z)] + H(q).
    var byEntropy: @Sendable (BoundProblem) -> Double
    /// E_q[log p(x | z)] − KL(q‖p(z)).
    var byDivergence: @Sendable (BoundProblem) -> Double
    /// −ELBO(q), what a program that minimises is given.
    var negative: @Sendable (BoundProblem) -> Double
  }

  typealias Check = LessonKit.Check<Parts, BoundProblem>

  static let checks: [Check] = [
    multiplyAndDivide, logGoesInside, evidenceMinusGap, belowTheEvidence, tightAtThePosterior,
    looseElsewhere, looseByDistance, jointAtAPoint, fitAtThePrior, zeroWhereNothingIsLearnt,
    movesUnderAFlatPrior,
    boundNeedsNoSupport, forbiddenStatesCostEverything, freeFamilyReachesIt, searchOverParameters,
    searchInsideTheFamily, parametersAreLatentsToo,
    energyAndEntropy, fitAndDivergence, minusTheBound,
  ]
}

// MARK: The derivation

extension BoundExercise {
  static let multiplyAndDivide = Check(
    "multiply-and-divide", "log p(x) ≥ log E_q[p(x, z)/q(z)]",
    because: "equal if q is positive; a state with q(z) = 0 loses its term", as: .step
  ) { parts, problem in
    .atLeast(
      ExactPosterior(of: problem.joint).logEvidence, log(parts.meanRatio(problem)),
      gap: -(visited(problem) / problem.joint.exactEvidence).logarithm)
  }

  /// Σ p(x, z) over the states that q visits.
  private static func visited(_ problem: BoundProblem) -> ExactValue {
    problem.q.indices.filter { problem.q[$0] > 0 }.sum { problem.joint.exactJoint($0) }
  }

  static let logGoesInside = Check(
    "log-goes-inside", "log E_q[p(x, z)/q(z)] ≥ E_q[log p(x, z) − log q(z)]",
    because: "Jensen: the logarithm goes inside", as: .step
  ) { parts, problem in
    .atLeast(
      log(parts.meanRatio(problem)), parts.elbo(problem),
      gap: exactGap(problem.q, ExactPosterior(of: problem.joint)),
      rounding: .of(
        size: problem.joint.largestLogJoint, because: "both are summed from log joints"))
  }
}

// MARK: What any posterior bounds

extension BoundExercise {
  static let evidenceMinusGap = Check(
    "evidence-minus-gap", "ELBO(q) = log p(x) − KL(q‖p(z|x))",
    because: "log p(x, z) = log p(x) + log p(z|x), and log p(x) is constant under E_q",
    claims: ["A-001", "A-252", "A-257"], as: .step
  ) { parts, problem in
    let posterior = ExactPosterior(of: problem.joint)
    return .equal(parts.elbo(problem), posterior.logEvidence - exactGap(problem.q, posterior))
  }

  static let belowTheEvidence = Check(
    "below-the-evidence", "ELBO(q) ≤ log p(x)",
    because: "the chain above without its middle, for every q",
    claims: ["A-003", "A-255"],
    as: .consequence
  ) { parts, problem in
    let posterior = ExactPosterior(of: problem.joint)
    return .atMost(
      parts.elbo(problem), posterior.logEvidence, gap: exactGap(problem.q, posterior))
  }

  static let tightAtThePosterior = Check(
    "tight-at-the-posterior", "ELBO(p(z|x)) = log p(x)",
    because: "p(x, z) / p(z|x) is the constant p(x), and Jensen loses nothing on a constant",
    claims: ["A-004"], as: .consequence,
    changing: { [Given("q(z)", ExactPosterior(of: $0.joint).probabilities ?? [])] }
  ) { parts, problem in
    let posterior = ExactPosterior(of: problem.joint)
    let atPosterior = problem.with(posterior.probabilities ?? problem.q)
    return .equal(parts.elbo(atPosterior), posterior.logEvidence)
  }

  static let looseElsewhere = Check(
    "loose-elsewhere", "ELBO(r) ≠ log p(x), r with half of p(z=1|x) moved to z=2",
    because: "KL(r‖p(z|x)) ≥ 2 TV(r, p(z|x))² (Pinsker), and half a probability was moved",
    claims: ["A-004"]
  ) { parts, problem in
    let posterior = ExactPosterior(of: problem.joint)
    var moved = posterior.probabilities ?? problem.q
    let half = moved[0] / 2
    moved[0] -= half
    moved[1] += half
    return .different(
      parts.elbo(problem.with(moved)), posterior.logEvidence, by: -exactGap(moved, posterior),
      atLeast: 2 * half * half)
  }

  static let looseByDistance = Check(
    "loose-by-the-distance", "log p(x) − ELBO(q) ≥ 2 TV(q, p(z|x))²",
    because: "Pinsker: whatever q, the bound touches only where no probability is elsewhere",
    claims: ["A-004"]
  ) { parts, problem in
    let posterior = ExactPosterior(of: problem.joint)
    let apart = zip(problem.q, posterior.probabilities ?? problem.q).map { abs($0 - $1) }
    let distance = 0.5 * apart.reduce(0, +)
    return .atLeast(
      posterior.logEvidence.value - parts.elbo(problem), 2 * distance * distance,
      gap: exactGap(problem.q, posterior) - ExactValue(2 * distance * distance),
      rounding: .of(size: 8, because: "an evidence and a bound of up to 8 are subtracted"))
  }

  static let boundNeedsNoSupport = Check(
    "bound-needs-no-support", "q(z=1) = 0 < p(z=1|x):  ELBO(q) ≤ log p(x)",
    because: "the terms that q leaves out are positive, and KL(q‖p(z|x)) is finite: p > 0 on q",
    claims: [.against("A-256")], changing: { [Given("q(z)", withoutTheFirst($0.q))] }
  ) { parts, problem in
    let posterior = ExactPosterior(of: problem.joint)
    let q = withoutTheFirst(problem.q)
    return .atMost(
      parts.elbo(problem.with(q)), posterior.logEvidence, gap: exactGap(q, posterior))
  }

  static let forbiddenStatesCostEverything = Check(
    "forbidden-states-cost-everything", "p(x, z=1) = 0 < q(z=1):  ELBO(q) = −∞",
    because: "log 0 = −∞ with positive weight: what must hold is q ≪ p, the other inclusion",
    claims: [.inPlaceOf("A-256")],
    changing: { [Given("p(x|z)", [0] + $0.joint.likelihood.dropFirst())] }
  ) { parts, problem in
    var likelihood = problem.joint.likelihood
    likelihood[0] = 0
    let joint = try FiniteJoint(prior: problem.joint.prior, likelihood: likelihood)
    return .equal(parts.elbo(BoundProblem(joint: joint, q: problem.q)), -.infinity)
  }
}

// MARK: Special q

extension BoundExercise {
  static let jointAtAPoint = Check(
    "joint-at-a-point", "ELBO(all mass on z) = log p(x, z)",
    because: "a certainty has no entropy: 0 log 0 = 0, not NaN"
  ) { parts, problem in
    let states = problem.q.indices
    let elbos = states.map { state in
      parts.elbo(problem.with(states.map { $0 == state ? 1 : 0 }))
    }
    let joints = states.map { problem.joint.exactLogJoint($0) }
    return .equal(elbos, joints)
  }

  static let fitAtThePrior = Check(
    "fit-at-the-prior", "ELBO(p(z)) = E_p(z)[log p(x|z)]",
    because: "at q = p(z) the divergence from the prior is zero",
    changing: { [Given("q(z)", $0.joint.prior)] }
  ) { parts, problem in
    let fit = zip(problem.joint.prior, problem.joint.likelihood).sum { prior, likelihood in
      ExactValue(prior) * ExactValue(likelihood).logarithm
    }
    return .equal(
      parts.elbo(problem.with(problem.joint.prior)), fit,
      rounding: .of(
        size: problem.joint.largestLogJoint,
        because: "log p(z) is added and log q(z) = log p(z) taken away, term by term"))
  }

  static let zeroWhereNothingIsLearnt = Check(
    "zero-where-nothing-is-learnt", "p(x|z) = 1 for all z:  ELBO(p(z)) = 0",
    because: "what is certain has log p(x) = log 1 = 0 and leaves the prior as it was",
    changing: { [Given("p(x|z)", $0.q.map { _ in 1 }), Given("q(z)", $0.joint.prior)] }
  ) { parts, problem in
    let certain = try FiniteJoint(prior: problem.joint.prior, likelihood: problem.q.map { _ in 1 })
    return .equal(
      parts.elbo(BoundProblem(joint: certain, q: certain.prior)), 0.0,
      rounding: .of(
        size: certain.largestLogJoint,
        because: "log p(z) is added and log q(z) = log p(z) taken away, term by term"))
  }

  static let movesUnderAFlatPrior = Check(
    "moves-under-a-flat-prior", "p(z) = u flat:  ELBO(q) − ELBO(u) = E_q−u[log p(x|z)] − KL(q‖u)",
    because: "under a flat prior log p(z) is a constant, which no difference can see",
    changing: { [Given("p(z)", flat($0.q.count)), Given("u(z)", flat($0.q.count))] }
  ) { parts, problem in
    let count = ExactValue(Double(problem.q.count))
    let uniform = flat(problem.q.count)
    let joint = try FiniteJoint(prior: uniform, likelihood: problem.joint.likelihood)
    let change = problem.q.indices.sum { z in
      let q = ExactValue(problem.q[z])
      return (q - 1 / count) * ExactValue(joint.likelihood[z]).logarithm - q * (q * count).logarithm
    }
    let moved =
      parts.elbo(BoundProblem(joint: joint, q: problem.q))
      - parts.elbo(BoundProblem(joint: joint, q: uniform))
    return .equal(
      moved, change,
      rounding: .of(
        size: joint.largestLogJoint, because: "two bounds are subtracted, each a sum of log joints")
    )
  }
}

// MARK: A free family

extension BoundExercise {
  /// θ is the lowest bit of the state: with K = 4 a table of four cells (θ, z).
  static let parametersAreLatentsToo = Check(
    "parameters-are-latents-too",
    "ELBO(q) = log p(x) − KL(q(θ)‖p(θ|x)) − E_q(θ) KL(q(z|θ)‖p(z|θ,x))",
    because: "to the bound a parameter with a prior is one more latent (chain rule of KL)",
    claims: ["A-105", "A-102"], as: .aside,
    changing: { [Given("θ(z)", $0.q.indices.map { $0 % 2 })] }
  ) { parts, problem in
    let posterior = ExactPosterior(of: problem.joint)
    let q = problem.q.map { ExactValue($0) }
    let p = (posterior.probabilities ?? []).map { ExactValue($0) }
    let divergence = (0...1).sum { theta -> ExactValue in
      let cells = q.indices.filter { $0 % 2 == theta }
      let (qTheta, pTheta) = (cells.sum { q[$0] }, cells.sum { p[$0] })
      let within = cells.sum { q[$0] * ((q[$0] / qTheta) / (p[$0] / pTheta)).logarithm }
      return qTheta * (qTheta / pTheta).logarithm + within
    }
    return .equal(parts.elbo(problem), posterior.logEvidence - divergence)
  }

  static let freeFamilyReachesIt = Check(
    "a-free-family-reaches-it", "q_z ∝ e^{ρ_z}, ρ_z = log p(x, z):  ELBO(q) = log p(x)",
    because: "a family with one free parameter a state contains the posterior: E-step possible",
    claims: ["A-005"], as: .aside
  ) { parts, problem in
    .equal(
      parts.elbo(problem.with(softmax(problem.joint.logJoints))),
      problem.joint.exactEvidence.logarithm,
      rounding: .of(
        size: problem.joint.largestLogJoint,
        because: "log p(x, z) is added and log q(z) = log p(x, z) − log p(x) taken away"))
  }

  static let searchOverParameters = Check(
    "search-over-parameters", "max_ρ ELBO(q_ρ) = log p(x),  q_ρ ∝ p(z) p(x|z)^ρ",
    because: "maximising over ρ is maximising over the q_ρ, and q_1 is the posterior",
    claims: ["A-144"], as: .aside
  ) { parts, problem in
    let joint = problem.joint
    let best = goldenMaximum(from: -1, to: 4) { rho in
      parts.elbo(
        problem.with(
          softmax(joint.prior.indices.map { log(joint.prior[$0]) + rho * joint.logLikelihood($0) })
        ))
    }
    return .equal(
      best, ExactPosterior(of: joint).logEvidence,
      rounding: .of(
        size: joint.largestLogJoint,
        because: "log joints are added, log q taken away; a bracket of 2e-12 costs its square"))
  }

  /// The best q with one probability for all states but the first, by ρ and by calculus.
  ///
  /// The posterior is not among them. Calculus knows no ρ: it weighs the others by their geometric mean.
  static let searchInsideTheFamily = Check(
    "search-inside-the-family",
    "max_ρ ELBO(q_ρ) = log(p(x, z=1) + (K − 1) e^m),  m = mean of log p(x, z) over z ≠ 1",
    because: "q_ρ(z=1) = 1/(1 + e^ρ), the rest alike: the best ρ makes the best such q",
    claims: ["A-144"], as: .aside
  ) { parts, problem in
    let joint = problem.joint
    let others = Double(problem.q.count - 1)
    let best = goldenMaximum(from: -20, to: 20) { rho in
      let first = sigmoid(-rho)
      return parts.elbo(
        problem.with(problem.q.indices.map { $0 == 0 ? first : sigmoid(rho) / others }))
    }
    let logs = problem.q.indices.dropFirst().sum { joint.exactLogJoint($0) }
    let share = ExactValue(others) * (logs / ExactValue(others)).exponential
    return .equal(
      best, (joint.exactJoint(0) + share).logarithm,
      rounding: .of(
        size: joint.largestLogJoint,
        because: "log joints are added, log q taken away; a bracket of 1e-11 costs its square"))
  }

  private static func softmax(_ scores: [Double]) -> [Double] {
    let normaliser = logSumExp(scores)
    return scores.map { exp($0 - normaliser) }
  }

  /// The largest value of a function with one peak, by golden section.
  ///
  /// Sixty steps leave 3e-13 of the bracket, and a bracket of width w costs w².
  private static func goldenMaximum(
    from low: Double, to high: Double, _ value: (Double) -> Double
  ) -> Double {
    let ratio = (sqrt(5) - 1) / 2
    var (low, high) = (low, high)
    var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
    var (atLeft, atRight) = (value(left), value(right))
    for _ in 0..<60 {
      if atLeft < atRight {
        (low, left, atLeft) = (left, right, atRight)
        right = low + ratio * (high - low)
        atRight = value(right)
      } else {
        (high, right, atRight) = (right, left, atLeft)
        left = high - ratio * (high - low)
        atLeft = value(left)
      }
    }
    return max(atLeft, atRight)
  }
}

// MARK: The same number in other words

extension BoundExercise {
  static let energyAndEntropy = Check(
    "energy-and-entropy", "E_q[log p(x, z)] + H(q) = log p(x) − KL(q‖p(z|x))",
    because: "−E_q[log q] is the entropy: taken out of the mean, it leaves the energy"
  ) { parts, problem in
    let posterior = ExactPosterior(of: problem.joint)
    return .equal(
      parts.byEntropy(problem), posterior.logEvidence - exactGap(problem.q, posterior),
      rounding: .of(
        size: problem.joint.largestLogJoint, because: "energy and entropy differ in sign"))
  }

  static let fitAndDivergence = Check(
    "fit-and-divergence", "E_q[log p(x|z)] − KL(q‖p(z)) = log p(x) − KL(q‖p(z|x))",
    because: "log p(z) goes to q: what the data say, less what saying it costs"
  ) { parts, problem in
    let posterior = ExactPosterior(of: problem.joint)
    return .equal(
      parts.byDivergence(problem), posterior.logEvidence - exactGap(problem.q, posterior))
  }

  static let minusTheBound = Check(
    "minus-the-bound", "−ELBO(q) ≥ −log p(x)",
    because: "turned round, a lower bound is an upper one: what a program that minimises is given"
  ) { parts, problem in
    let posterior = ExactPosterior(of: problem.joint)
    return .atLeast(
      parts.negative(problem), -posterior.logEvidence, gap: exactGap(problem.q, posterior))
  }
}
