import Approximate
import Exact
import LessonKit
import Models
import Probability

/// Twelve counts, and how freely the rate may move.
let walkExperiment = Experiment(
  id: "walk", title: "How freely the rate may move",
  prompt: "Let the walk take larger steps. Whose evidence falls, and do the two rates part?",
  givens: [
    Given("y_t", (try? Walk.model().counts.map(Double.init)) ?? []), Given("a", 0.95),
    Given("c", 0.5),
  ],
  controls: [.init("noise", "Q", from: 0.05, to: 1, by: 0.05, at: 0.15)]
) { settings in
  let model = try Walk.model(noise: settings["noise"])
  let (laplace, exact) = (try ChainLaplace(of: model), PoissonChainPosterior(of: model))
  return Experiment.Screen(
    [
      ("log p(y)", exact.logEvidence),
      ("Laplace's log-evidence", BiasedEstimate(laplace.logEvidence)),
      ("times the smoother ran", ExactValue(Double(laplace.steps))),
    ], [.picture { _ in try drawing(of: model) }],
    remark:
      "Each observation is one count: the less the walk ties them together, the less Gaussian a state."
  )
}
