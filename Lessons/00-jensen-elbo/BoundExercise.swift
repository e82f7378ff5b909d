import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// A model with two to four states and some q over them: what the bound is a function of.
struct BoundProblem: Sendable {
  /// The model.
  let joint: FiniteJoint
  /// q(z), not necessarily positive everywhere.
  let q: [Double]

  /// A model and a q over its states.
  init(joint: FiniteJoint, q: [Double]) {
    self.joint = joint
    self.q = q
  }

  /// The same model under another q.
  func with(_ other: [Double]) -> BoundProblem { BoundProblem(joint: joint, q: other) }

  /// A random model and a random positive q.
  static func random(_ cases: inout Cases) throws -> BoundProblem {
    let states = try cases.integer(2...4)
    return BoundProblem(
      joint: try .random(states: states, &cases), q: try cases.simplex(states))
  }

  /// Three states, log p(x) = log 0.31.
  static let threeStates = BoundProblem(joint: .threeStates, q: [0.25, 0.35, 0.4])
}

/// The signature of exercise `bound`: log p(x) from below.
protocol BoundForm: Sendable {
  /// ELBO(q) = E_q[log p(x, z) − log q(z)].
  func elbo(_ problem: BoundProblem) -> Double
}

extension Assignment where Subject == any BoundForm, Model == BoundProblem {
  /// Write the evidence lower bound.
  static let bound: Assignment<any BoundForm, BoundProblem> = Assignment(
    id: "bound",
    title: "A bound that can be computed",
    task: """
      Write `elbo`, the evidence lower bound of a model with finitely many states: the \
      expectation under q of log p(x, z) − log q(z). A state that q never visits contributes \
      nothing.
      """,
    hints: [
      "An expectation under q weighs every state z by q(z).",
      "log p(x, z) = log p(z) + log p(x | z): both the prior and the likelihood belong in it.",
      "0 · log 0 is NaN to a computer and 0 to an expectation: leave states with q(z) = 0 out.",
      "Σ_z q(z) · (log p(z) + log p(x | z) − log q(z)), over all states with q(z) > 0.",
    ],
    example: .threeStates,
    draw: { cases in try .random(&cases) },
    lines: [
      isTheEvidenceMinusTheGap, isBelowTheEvidence, isTightAtThePosterior, isLooseElsewhere,
      isTheJointAtAPoint, isTheFitAtThePrior, isZeroWhereNothingIsLearnt, movesUnderAFlatPrior,
      minusInfinityWhereForbidden,
    ])
}

// MARK: The graded lines

extension Assignment where Subject == any BoundForm, Model == BoundProblem {
  static var isTheEvidenceMinusTheGap: Line<any BoundForm, BoundProblem> {
    Line(
      "evidence-minus-gap", "ELBO(q) = log p(x) − KL(q‖p(z|x))",
      because: "log p(x, z) = log p(x) + log p(z | x), and log p(x) is constant under E_q",
      claims: ["A-001", "A-252", "A-257"]
    ) { form, problem in
      let posterior = ExactPosterior(of: problem.joint)
      let gap = exactGap(problem.q, posterior)
      return .equal(form.elbo(problem), posterior.logEvidence.value - gap, magnitude: 10)
    }
  }

  static var isBelowTheEvidence: Line<any BoundForm, BoundProblem> {
    Line(
      "below-the-evidence", "ELBO(q) ≤ log p(x)",
      because: "log is concave: E_q[log p/q] ≤ log E_q[p/q] (Jensen)", claims: ["A-003", "A-255"]
    ) { form, problem in
      let posterior = ExactPosterior(of: problem.joint)
      return .atMost(
        form.elbo(problem), posterior.logEvidence.value, gap: exactGap(problem.q, posterior),
        magnitude: 10)
    }
  }

  static var isTightAtThePosterior: Line<any BoundForm, BoundProblem> {
    Line(
      "tight-at-the-posterior", "ELBO(p(z|x)) = log p(x)",
      because: "p(x, z) / p(z | x) is the constant p(x), and Jensen loses nothing on a constant",
      claims: ["A-004"]
    ) { form, problem in
      let posterior = ExactPosterior(of: problem.joint)
      let atPosterior = problem.with(posterior.probabilities ?? problem.q)
      return .equal(form.elbo(atPosterior), posterior.logEvidence.value, magnitude: 10)
    }
  }

  static var isLooseElsewhere: Line<any BoundForm, BoundProblem> {
    Line(
      "loose-elsewhere", "ELBO(r) ≠ log p(x), r with half of p(z=1|x) moved to z=2",
      because: "KL(r‖p(z|x)) ≥ 2 TV(r, p(z|x))² (Pinsker), and half a probability was moved",
      claims: ["A-004"]
    ) { form, problem in
      let posterior = ExactPosterior(of: problem.joint)
      var moved = posterior.probabilities ?? problem.q
      let half = moved[0] / 2
      moved[0] -= half
      moved[1] += half
      return .different(
        form.elbo(problem.with(moved)), posterior.logEvidence.value,
        by: -exactGap(moved, posterior), atLeast: 2 * half * half, magnitude: 10)
    }
  }

  static var isTheJointAtAPoint: Line<any BoundForm, BoundProblem> {
    Line(
      "joint-at-a-point", "ELBO(all mass on z) = log p(x, z)",
      because: "a certainty has no entropy: 0 log 0 = 0, not NaN"
    ) { form, problem in
      let states = problem.q.indices
      let elbos = states.map { state in
        form.elbo(problem.with(states.map { $0 == state ? 1 : 0 }))
      }
      let joints = states.map { log(problem.joint.prior[$0] * problem.joint.likelihood[$0]) }
      return .equal(elbos, joints, magnitude: 10)
    }
  }

  static var isTheFitAtThePrior: Line<any BoundForm, BoundProblem> {
    Line(
      "fit-at-the-prior", "ELBO(p(z)) = E_p(z)[log p(x|z)]",
      because: "at q = p(z) the divergence from the prior is zero"
    ) { form, problem in
      let fit = zip(problem.joint.prior, problem.joint.likelihood).reduce(0) {
        $0 + $1.0 * log($1.1)
      }
      return .equal(form.elbo(problem.with(problem.joint.prior)), fit, magnitude: 10)
    }
  }

  static var isZeroWhereNothingIsLearnt: Line<any BoundForm, BoundProblem> {
    Line(
      "zero-where-nothing-is-learnt", "p(x|z) = 1 for all z:  ELBO(p(z)) = 0",
      because: "what is certain has log p(x) = log 1 = 0 and leaves the prior as it was"
    ) { form, problem in
      let certain = try FiniteJoint(
        prior: problem.joint.prior, likelihood: problem.q.map { _ in 1 })
      return .equal(
        form.elbo(BoundProblem(joint: certain, q: certain.prior)), 0, magnitude: 10)
    }
  }

  static var movesUnderAFlatPrior: Line<any BoundForm, BoundProblem> {
    Line(
      "moves-under-a-flat-prior", "p(z) = u flat:  ELBO(q) − ELBO(u) = E_q−u[log p(x|z)] − KL(q‖u)",
      because: "under a flat prior log p(z) is a constant, which no difference can see"
    ) { form, problem in
      let count = Double(problem.q.count)
      let flat = problem.q.map { _ in 1 / count }
      let joint = try FiniteJoint(prior: flat, likelihood: problem.joint.likelihood)
      let change = problem.q.indices.reduce(0) { total, z in
        total + (problem.q[z] - flat[z]) * log(joint.likelihood[z])
          - problem.q[z] * log(problem.q[z] * count)
      }
      let moved =
        form.elbo(BoundProblem(joint: joint, q: problem.q))
        - form.elbo(BoundProblem(joint: joint, q: flat))
      return .equal(moved, change, magnitude: 10)
    }
  }

  static var minusInfinityWhereForbidden: Line<any BoundForm, BoundProblem> {
    Line(
      "forbidden-states-cost-everything", "p(x, z=1) = 0 < q(z=1):  e^ELBO(q) + 1 = 1",
      because: "log 0 = −∞ with positive weight: what must hold is q ≪ p, the other inclusion",
      claims: ["A-256"]
    ) { form, problem in
      var likelihood = problem.joint.likelihood
      likelihood[0] = 0
      let joint = try FiniteJoint(prior: problem.joint.prior, likelihood: likelihood)
      return .equal(exp(form.elbo(BoundProblem(joint: joint, q: problem.q))) + 1, 1)
    }
  }
}

/// KL(q‖p(z|x)) from its definition, state by state; states that q never visits add nothing.
func exactGap(_ q: [Double], _ posterior: ExactPosterior) -> Double {
  zip(q, posterior.probabilities ?? []).reduce(0) { total, pair in
    pair.0 == 0 ? total : total + pair.0 * log(pair.0 / pair.1)
  }
}
