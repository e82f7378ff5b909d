import Approximate
import GSL
import LessonKit
import Probability

/// How far the proposal looks, and with how many particles.
let proposalExperiment = Experiment(
  id: "proposal", title: "A proposal between two others",
  prompt: "Mix p(z|z′) with p(z|z′, x), then add particles. What can be bought with which?",
  givens: Array(((try? FilterProblem.example().givens) ?? []).prefix(4)),
  controls: [
    .init("share", "the share of p(z|z′, x)", from: 0, to: 1, by: 0.05, at: 0),
    .init("particles", "N", from: 1, to: 4, by: 1, at: 1),
  ],
  marks: [("bootstrap", ["share": [0]]), ("perfect", ["share": [1]])]
) { settings in
  let problem = try FilterProblem.example()
  let share = settings["share"]
  let tables = zip(problem.prior, problem.lookingAhead).map { prior, ahead in
    zip(prior, ahead).map { rows in
      zip(rows.0, rows.1).map { (1 - share) * $0 + share * $1 }
    }
  }
  let law = try problem.with(tables).law(Int(settings["particles"]))
  let evidence = log(problem.evidence)
  return Experiment.Screen(
    [
      ("log p(x)", ExactValue(evidence, roundingBound: 0)),
      ("log E[Ẑ]", ExactValue(log(law.evidence), roundingBound: 0)),
      ("E[log Ẑ]", LowerBound(law.logEvidence)),
      ("log p(x) − E[log Ẑ]", ExactValue(evidence - law.logEvidence, roundingBound: 0)),
    ],
    [
      .picture { _ in
        Drawing.bars(
          "The last state: the filter and its estimate",
          [
            ("p(z|x), z = 0", problem.filter[0], ""),
            ("E[f̂(0)]", law.filter?[0] ?? .nan, ""),
          ], inks: [.p, .q], kind: .exact)
      }
    ],
    remark: "Particles help slowly; a proposal that knows what comes needs none of them.")
}
