import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `three-forms`: the bound written three ways, its two parts, and a sign that was lost.
enum ThreeFormsExercise {
  /// What is written.
  struct Parts: Sendable {
    /// H(q), in closed form.
    var entropy: @Sendable (FactorProblem) -> Double
    /// KL(q‖p(z)), in closed form.
    var divergenceFromThePrior: @Sendable (FactorProblem) -> Double
    /// E_q[log p(x, z) − log q(z)].
    var jointForm: @Sendable (FactorProblem) -> Double
    /// E_q[log p(x, z)] + H(q).
    var entropyForm: @Sendable (FactorProblem) -> Double
    /// E_q[log p(x | z)] − KL(q‖p(z)).
    var priorForm: @Sendable (FactorProblem) -> Double
  }

  typealias Check = LessonKit.Check<Parts, FactorProblem>

  static let checks: [Check] = [
    entropyTakenOut, formsAgree, fitMinusDivergenceIsBelow, jointFormIsTheBound,
    entropyIsASum, divergenceIsASum, entropyFormIsTheBound, priorFormIsTheBound,
    gapByFitAndDivergence, divergenceVanishes, priorFormAtThePrior, allAtACorner,
    entropyOfFairBits, printedBoundIsNone, printedGapIsNone,
  ]
}

// MARK: The sign

extension ThreeFormsExercise {
  static let fitMinusDivergenceIsBelow = Check(
    "minus-is-a-bound", "E_q[log p(x|z)] − KL(q‖p(z)) ≤ log p(x)",
    because: "it is the ELBO; the divergence of q from the prior is a price", claims: ["A-081"],
    as: .step
  ) { parts, problem in
    .atMost(parts.priorForm(problem), problem.posterior.logEvidence, gap: problem.gap)
  }

  /// At the posterior of one bit the bound is tight, so that the printed form exceeds log p(x).
  static let printedBoundIsNone = Check(
    "plus-is-none", "printed: E_q[log p(x|z)] + KL(q‖p(z)) ≠ ELBO(q), by 2 KL(q‖p(z))",
    because: "a sign was lost: the two signs of the divergence are 2 KL apart",
    claims: [.against("A-078")], as: .erratum
  ) { parts, problem in
    let twice = 2 * problem.divergenceFromThePrior
    return .different(
      problem.exactELBO + twice, parts.priorForm(problem), by: twice, atLeast: 2 * pinsker(problem))
  }

  static let gapByFitAndDivergence = Check(
    "gap-by-fit-and-divergence", "log p(x) − E_q[log p(x|z)] + KL(q‖p(z)) = KL(q‖p(z|x))",
    because: "the same line, solved for the gap", claims: [.inPlaceOf("A-077")]
  ) { parts, problem in
    .equal(
      problem.posterior.logEvidence - ExactValue(parts.priorForm(problem)), problem.gap,
      rounding: .of(
        size: -problem.posterior.logEvidence.value, because: "log p(x) is subtracted"))
  }

  static let printedGapIsNone = Check(
    "printed-gap-is-none",
    "printed: log p(x) − E_q[log p(x|z)] − KL(q‖p(z)) ≠ KL(q‖p(z|x))",
    because: "it falls short by 2 KL(q‖p(z)), and can be negative, as no divergence is",
    claims: [.against("A-077")], as: .erratum
  ) { parts, problem in
    let twice = 2 * problem.divergenceFromThePrior
    return .different(
      problem.gap - twice, problem.posterior.logEvidence - ExactValue(parts.priorForm(problem)),
      by: -twice, atLeast: 2 * pinsker(problem),
      rounding: .of(
        size: -problem.posterior.logEvidence.value, because: "log p(x) is subtracted"))
  }

  /// 2 (b_1 − p_1)² ≤ KL(b_1‖p_1) ≤ KL(q‖p(z)), Pinsker's inequality for the first bit.
  private static func pinsker(_ problem: FactorProblem) -> Double {
    let difference = problem.q.probabilities[0] - problem.prior.probabilities[0]
    return 2 * difference * difference
  }
}

// MARK: The three forms

extension ThreeFormsExercise {
  static let entropyTakenOut = Check(
    "entropy-taken-out", "E_q[log p(x, z) − log q(z)] = E_q[log p(x, z)] + H(q)",
    because: "−E_q[log q(z)] is the entropy of q", as: .step
  ) { parts, problem in
    .equal(
      parts.jointForm(problem), problem.energy + ExactValue(parts.entropy(problem)),
      rounding: .of(
        size: -problem.energy.value, because: "energy and entropy differ in sign"))
  }

  static let jointFormIsTheBound = Check(
    "joint-form", "E_q[log p(x, z) − log q(z)] = log p(x) − KL(q‖p(z|x))",
    because: "the line ELBO(q) of section 4, with the posterior of all 2^D states",
    claims: ["A-023"]
  ) { parts, problem in
    .equal(parts.jointForm(problem), problem.posterior.logEvidence - problem.gap)
  }

  static let entropyFormIsTheBound = Check(
    "entropy-form", "E_q[log p(x, z)] + H(q) = Σ_z q log p(x, z) − Σ_z q log q",
    because: "Σ_z q log q = −H(q): energy and entropy", claims: ["A-023", "A-259"]
  ) { parts, problem in
    .equal(parts.entropyForm(problem), problem.exactELBO)
  }

  static let priorFormIsTheBound = Check(
    "prior-form", "E_q[log p(x|z)] − KL(q‖p(z)) = Σ_z q [log p(x, z) − log q]",
    because: "log p(x, z) − log q = log p(x|z) − log(q / p(z)): fit minus divergence",
    claims: ["A-023", "A-081"]
  ) { parts, problem in
    .equal(parts.priorForm(problem), problem.exactELBO)
  }

  static let formsAgree = Check(
    "forms-agree", "E_q[log p(x, z)] + H(q) = E_q[log p(x|z)] − KL(q‖p(z))",
    because: "both are E_q[log p(x|z) + log p(z) − log q(z)], bracketed differently",
    claims: ["A-261"], as: .step
  ) { parts, problem in
    .equal(parts.entropyForm(problem), parts.priorForm(problem))
  }
}

// MARK: Their parts

extension ThreeFormsExercise {
  static let entropyIsASum = Check(
    "entropy-is-a-sum", "Σ_d H(b_d) = −Σ_z q(z) log q(z)",
    because: "independent bits: log q(z) is a sum over d, and so is its mean",
    claims: ["A-259"], as: .consequence
  ) { parts, problem in
    .equal(parts.entropy(problem), problem.entropy)
  }

  static let divergenceIsASum = Check(
    "divergence-is-a-sum", "Σ_d KL(b_d‖p_d) = Σ_z q(z) log(q(z) / p(z))",
    because: "q and the prior are products over the bits: log(q(z)/p(z)) is a sum over d",
    as: .consequence
  ) { parts, problem in
    .equal(parts.divergenceFromThePrior(problem), problem.divergenceFromThePrior)
  }

  static let divergenceVanishes = Check(
    "no-divergence-at-the-prior", "KL(p(z)‖p(z)) = 0", because: "log 1 = 0, bit by bit",
    changing: { [Given("b_d", $0.prior.probabilities)] }
  ) { parts, problem in
    .equal(
      parts.divergenceFromThePrior(problem.with(problem.prior)), 0.0,
      rounding: .of(
        size: problem.largestLogPrior, because: "an entropy and a cross-entropy may be subtracted"))
  }

  static let priorFormAtThePrior = Check(
    "prior-form-at-the-prior", "q = p(z):  E_q[log p(x|z)] − 0 = Σ_z p(z) log p(x|z)",
    because: "the divergence is zero there and only the fit is left",
    changing: { [Given("b_d", $0.prior.probabilities)] }
  ) { parts, problem in
    .equal(parts.priorForm(problem.with(problem.prior)), problem.fitUnderThePrior)
  }

  static let allAtACorner = Check(
    "all-at-a-corner", "b ∈ {0, 1}^D:  all three forms = log p(x, z = b)",
    because: "a certainty has no entropy, and its divergence from the prior is −log p(z)",
    changing: { [Given("b_d", $0.corner)] }
  ) { parts, problem in
    let there = problem.with(BernoulliFactors(problem.corner))
    let joint = problem.document.logJoint(problem.corner)
    return .equal(
      [parts.jointForm(there), parts.entropyForm(there), parts.priorForm(there)],
      [joint, joint, joint])
  }

  static let entropyOfFairBits = Check(
    "fair-bits", "b = (½, …, ½):  H(q) = D log 2", because: "a bit of entropy is log 2 nats",
    changing: { [Given("b_d", $0.q.probabilities.map { _ in 0.5 })] }
  ) { parts, problem in
    let fair = BernoulliFactors([Double](repeating: 0.5, count: problem.q.count))
    return .equal(parts.entropy(problem.with(fair)), Double(problem.q.count) * log(2))
  }
}
