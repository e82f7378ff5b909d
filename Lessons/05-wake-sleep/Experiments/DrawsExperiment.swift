import Approximate
import Exact
import LessonKit
import Models
import Probability

/// K and the size of the weights: bound and bias of reweighted wake-sleep.
let drawsExperiment = Experiment(
  id: "draws", title: "More draws, less bias?",
  prompt: "Move K and the factor on all weights: watch the bound rise, and both biases.",
  givens: (try? MachineProblem.steepCauses().givens) ?? [],
  controls: [
    .init("draws", "K", from: 1, to: 4, by: 1, at: 1),
    .init("factor", "factor on θ and φ", from: 0.1, to: 1.5, by: 0.1, at: 1),
  ],
  marks: [("mild", ["factor": [0.3]]), ("two", ["draws": [2]])]
) { settings in
  let problem = try MachineProblem.steepCauses().scaled(by: settings["factor"])
  let exact = try problem.onData()
  let updates = try problem.machine.expectedReweighted(
    problem.data, samples: Int(settings["draws"]))
  let likelihood = exact.average(\.likelihoodGradient).map(\.value)
  let inward = exact.average(\.inclusiveGradient).map { -$0.value }
  return Experiment.Screen(
    [
      ("bound E[L̂]", updates.bound), ("E_D log p(x)", exact.average(\.logEvidence)),
      ("|bias| of Δθ", ExactValue(distance(updates.wake.map(\.value), likelihood))),
      ("|bias| of Δφ", ExactValue(distance(updates.recognition.map(\.value), inward))),
      ("|∇ E_D log p(x)|", ExactValue(length(likelihood))),
    ],
    remark: settings["draws"] == 1 ? "With K = 1 the step of φ has mean zero." : "")
}
