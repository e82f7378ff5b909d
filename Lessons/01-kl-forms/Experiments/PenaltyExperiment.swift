import Exact
import LessonKit
import Models
import Probability

/// The weight of the divergence in the bound, and what the best q makes of it.
let penaltyExperiment = Experiment(
  id: "penalty", title: "The weight of the divergence",
  prompt: "Move β and watch the best q go from the likeliest state to the prior.",
  givens: [
    Given("p(z)", FiniteJoint.threeStates.prior),
    Given("p(x|z)", FiniteJoint.threeStates.likelihood),
  ],
  controls: [.init("beta", "β", from: 0.05, to: 6, by: 0.05, at: 2)],
  marks: [("bound", ["beta": [1]]), ("half", ["beta": [0.5]])]
) { settings in
  let joint = FiniteJoint.threeStates
  let beta = settings["beta"]
  let best = joint.tempered(beta)
  let value = ExactValue(beta) * joint.temperedEvidence(beta)
  let evidence = ExactPosterior(of: joint).logEvidence
  let posterior = ExactPosterior(of: joint).probabilities ?? []
  let rows: [[Table.Cell]] = best.indices.map { z in
    [
      .given(z + 1), .given(joint.prior[z], digits: 4), .exact(posterior[z], digits: 4),
      .number(best[z], digits: 4),
    ]
  }
  return .init(
    [
      ("log p(x)", evidence), ("β log Z_β", value),
      ("KL(q_β‖p(z))", exactDivergence(of: best, from: joint.prior.map { ExactValue($0) })),
    ],
    [
      .table { _ in
        Table(
          title: "The best q", columns: ["z", "p(z)", "p(z|x)", "q_β(z)"], rows: rows,
          note: "At β = 1 the last two columns agree.")
      }
    ],
    remark: abs(beta - 1) < 1e-9
      ? "β = 1: the bound, and it is tight at the posterior."
      : beta < 1
        ? "β < 1: the value is above log p(x), an upper bound."
        : "β > 1: the value is below log p(x), a loose lower bound.")
}
