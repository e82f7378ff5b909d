import Approximate
import LessonKit
import Models
import Probability

/// Two bits that agree more or less often, and where the climb ends from two starts.
let agreementExperiment = Experiment(
  id: "agreement",
  title: "Two bits that agree",
  prompt: """
    Two bits agree with some probability; 11 and 00 have half of it each, 01 and 10 half of the rest. \
    P(z₁=1) is a half. Watch q(z₁=1) from a start near 0 and from a start near 1.
    """,
  givens: [],
  controls: [
    .init("agree", "agree", from: 0.5, to: 0.99, by: 0.01, at: 0.7),
    .init("start", "q⁰(z₁=1) = q⁰(z₂=1)", from: 0.05, to: 0.95, by: 0.05, at: 0.9),
  ]
) { settings in
  let agree = settings["agree"]
  let table = try JointTable(
    rows: [[agree / 2, (1 - agree) / 2], [(1 - agree) / 2, agree / 2]])
  func end(_ one: Double) -> MeanField {
    var field = MeanField(factors: factors([one, one]))
    _ = field.ascend(table)
    return field
  }
  let (field, other) = (end(settings["start"]), end(1 - settings["start"]))
  return Experiment.Screen(
    [
      ("P(z₁=1)", ExactValue(0.5)), ("q(z₁=1)", BiasedEstimate(field.factors[0][1])),
      ("from 1 − start", BiasedEstimate(other.factors[0][1])),
      ("ELBO", field.elbo(table)), ("gap", table.exactGap(field.factors)),
    ])
}
