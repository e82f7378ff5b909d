import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

/// q by hand: what is gained by the bound is lost by the gap.
let boundExperiment = Experiment(
  id: "bound", title: "The bound, q moved by hand",
  prompt: "Move q and watch: the bound and the gap change, their sum does not.",
  givens: [
    Given("p(z)", FiniteJoint.threeStates.prior),
    Given("p(x|z)", FiniteJoint.threeStates.likelihood),
  ],
  controls: [
    .init("q", "q(z)", states: ["z = 1", "z = 2", "z = 3"], at: BoundProblem.threeStates.q)
  ],
  marks: [
    ("posterior", ["q": ExactPosterior(of: FiniteJoint.threeStates).probabilities ?? []]),
    ("prior", ["q": FiniteJoint.threeStates.prior]),
  ]
) { settings in
  let joint = FiniteJoint.threeStates
  let q = settings.list("q")
  let posterior = ExactPosterior(of: joint)
  let bound = elbo(of: q, joint)
  let gap = exactGap(q, posterior)
  let rows: [[Table.Cell]] = q.indices.map { z in
    let p = posterior.probabilities?[z] ?? .nan
    return [
      .given(z + 1), .exact(p, digits: 4), .given(q[z], digits: 4),
      .exact(q[z] == 0 ? 0 : q[z] * log(q[z] / p), digits: 4),
    ]
  }
  return .init(
    [("log p(x)", posterior.logEvidence), ("ELBO(q)", bound), ("KL(q‖p(z|x))", gap)],
    [
      .table { _ in
        Table(
          title: "Where the gap comes from", columns: ["z", "p(z|x)", "q(z)", "q log(q/p)"],
          rows: rows, note: "The last column adds up to the gap.")
      }
    ],
    remark: gap.value < 1e-6 ? "q is the posterior: the bound is tight." : "")
}
