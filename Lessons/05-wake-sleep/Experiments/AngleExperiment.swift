import Approximate
import Exact
import LessonKit
import Models
import Probability

/// Recognition weights of the first machine: where sleep and the bound agree, and where not.
let angleExperiment = Experiment(
  id: "angle", title: "Which divergence falls",
  prompt: "Move R and r: watch the cosine, and where both phases would rest.",
  givens: (try? Hook.problem().givens) ?? [],
  controls: [
    .init("first", "R₁", from: -4, to: 4, by: 0.5, at: 1),
    .init("second", "R₂", from: -4, to: 4, by: 0.5, at: -3),
    .init("bias", "r", from: -4, to: 4, by: 0.5, at: -2),
  ],
  marks: [("exact", ["first": [3], "second": [2], "bias": [-4]])]
) { settings in
  let start = try Hook.problem()
  let recognition = try RecognitionNetwork(
    layers: [
      .init(weights: [[settings["first"]], [settings["second"]]], bias: [settings["bias"]])
    ], observedUnits: 2)
  let problem = MachineProblem(
    machine: try HelmholtzMachine(
      generative: start.machine.generative, recognition: recognition), data: start.data)
  let exact = try problem.onData()
  let (sleep, climb) = (try Hook.sleep(problem), try Hook.climb(problem))
  let angle = cosine(sleep, climb)
  return Experiment.Screen(
    [
      ("cosine of sleep and ∇ELBO", ExactValue(angle)),
      ("E_D KL(q‖p)", exact.average(\.exclusive)), ("E_D KL(p‖q)", exact.average(\.inclusive)),
      ("E_D ELBO", exact.average(\.elbo)),
      (
        "E_D ELBO after a sleep step of size 1",
        ExactValue(try Hook.elbo(problem, along: sleep, by: 1))
      ),
    ],
    remark: angle < 0
      ? "The sleep step lowers the bound, although it lowers KL(p‖q)."
      : length(climb) < 0.01 ? "Near the exact guess both gradients vanish together." : "")
}
