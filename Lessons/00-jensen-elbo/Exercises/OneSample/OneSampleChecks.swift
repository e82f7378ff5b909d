import LessonKit
import Models
import Probability
import Verification

/// Exercise `one-sample`: the bound from a single draw of q.
enum OneSampleExercise {
  /// What is written.
  struct Parts: Sendable {
    /// log p(x, z) − log q(z) at one z ~ q.
    var estimate: @Sendable (FactorProblem, inout Exhaustive) throws -> Double
    /// log (1/K) Σ_i p(x, z^i)/q(z^i) at K draws z^i ~ q.
    var weighted: @Sendable (FactorProblem, _ samples: Int, inout Exhaustive) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, FactorProblem>

  static let checks: [Check] = [
    meanIsTheBound, twoWeights, oneWeight, meanAtThePrior, noSpreadAtACorner, oneFlipABit,
  ]
}

extension OneSampleExercise {
  static let meanIsTheBound = Check(
    "mean-is-the-bound", "E_q[log p(x, z) − log q(z)] = ELBO(q)",
    because: "the mean of one draw, taken over all its outcomes", claims: ["A-262"],
    as: .step
  ) { parts, problem in
    .equal(try exactMean { try parts.estimate(problem, &$0) }, problem.exactELBO)
  }

  static let meanAtThePrior = Check(
    "mean-at-the-prior", "q = p(z):  mean of the estimate = E_p(z)[log p(x|z)]",
    because: "log p(z) and log q(z) cancel draw by draw",
    changing: { [Given("b_d", $0.prior.probabilities)] }
  ) { parts, problem in
    let atPrior = problem.with(problem.prior)
    return .equal(
      try exactMean { try parts.estimate(atPrior, &$0) }, problem.fitUnderThePrior,
      rounding: .of(
        size: problem.largestLogPrior,
        because: "log p(z) is added and log q(z) = log p(z) taken away, draw by draw"))
  }

  static let noSpreadAtACorner = Check(
    "sure-at-a-corner", "b ∈ {0, 1}^D:  the estimate = log p(x, z = b), always",
    because: "a certain q has one draw, and log q = 0 there",
    changing: { [Given("b_d", $0.corner)] }
  ) { parts, problem in
    let there = problem.with(BernoulliFactors(problem.corner))
    let law = try exactMoments { choices in [try parts.estimate(there, &choices)] }
    let joint = problem.document.logJoint(problem.corner)
    return .equal([law.smallest[0], law.largest[0]], [joint, joint])
  }

  static let oneFlipABit = Check(
    "one-flip-a-bit", "number of outcomes = 2^D", because: "one draw of D bits, used twice",
    as: .aside
  ) { parts, problem in
    let law = try exactMoments { choices in [try parts.estimate(problem, &choices)] }
    return .equalCounts(law.outcomes, 1 << problem.q.count)
  }
}

// MARK: More than one draw

extension OneSampleExercise {
  static let oneWeight = Check(
    "one-weight-is-the-bound", "one draw:  E_q[log R] = ELBO(q),  R = p(x, z)/q(z)",
    because: "the logarithm of one weight is the draw above"
  ) { parts, problem in
    .equal(try exactMean { try parts.weighted(problem, 1, &$0) }, problem.exactELBO)
  }

  static let twoWeights = Check(
    "two-weights-are-nearer", "E[log((R₁ + R₂)/2)] ≥ ELBO(q),  R_i = p(x, z^i)/q(z^i),  z^i ~ q",
    because: "the log of a mean of two is above the mean of their two logs", as: .consequence
  ) { parts, problem in
    .atLeast(
      try exactMean { try parts.weighted(problem, 2, &$0) }, problem.exactELBO,
      gap: problem.gainOfASecondDraw)
  }
}
