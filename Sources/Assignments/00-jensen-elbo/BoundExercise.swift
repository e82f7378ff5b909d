import Exact
import GSL
public import LessonKit
public import Models
import Probability
import Verification

/// A model with three or four states and some q over them: what the bound is a function of.
public struct BoundProblem: Sendable {
  /// The model.
  public let joint: FiniteJoint
  /// q(z), strictly positive.
  public let q: [Double]

  /// A model and a q over its states.
  public init(joint: FiniteJoint, q: [Double]) {
    self.joint = joint
    self.q = q
  }
}

/// The signature of exercise `bound`: log p(x) from below.
public protocol BoundForm: Sendable {
  /// ELBO(q) = E_q[log p(x, z) − log q(z)].
  func elbo(_ problem: BoundProblem) -> Double
}

extension Assignment where Subject == any BoundForm, Model == BoundProblem {
  /// Write the evidence lower bound.
  public static let bound = Assignment(
    id: "bound",
    title: "A bound that can be computed",
    task: """
      Write `elbo`, the evidence lower bound of a model with finitely many states: the \
      expectation under q of log p(x, z) − log q(z).
      """,
    hints: [
      "An expectation under q weighs every state z by q(z).",
      "log p(x, z) = log p(z) + log p(x | z): both the prior and the likelihood belong in it.",
      "Σ_z q(z) · (log p(z) + log p(x | z) − log q(z)), over all states.",
    ],
    example: BoundProblem(joint: .threeStates, q: [0.25, 0.35, 0.4]),
    draw: { cases in
      let states = try cases.integer(2...4)
      return BoundProblem(
        joint: try .random(states: states, &cases), q: try cases.simplex(states))
    },
    lines: [isTheEvidenceMinusTheGap, isBelowTheEvidence, isTightAtThePosterior])

  static var isTheEvidenceMinusTheGap: Line<any BoundForm, BoundProblem> {
    Line(
      "evidence-minus-gap", "ELBO(q) = log p(x) − KL(q‖p(z|x))",
      because: "log p(x, z) = log p(x) + log p(z | x), and log p(x) is constant under E_q",
      claims: ["A-001", "A-257"]
    ) { form, problem in
      let posterior = ExactPosterior(of: problem.joint)
      let gap = exactGap(problem, posterior)
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
        form.elbo(problem), posterior.logEvidence.value, gap: exactGap(problem, posterior),
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
      let atPosterior = BoundProblem(
        joint: problem.joint, q: posterior.probabilities ?? problem.q)
      return .equal(form.elbo(atPosterior), posterior.logEvidence.value, magnitude: 10)
    }
  }
}

/// KL(q‖p(z|x)) from its definition, state by state.
func exactGap(_ problem: BoundProblem, _ posterior: ExactPosterior) -> Double {
  zip(problem.q, posterior.probabilities ?? []).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
}
