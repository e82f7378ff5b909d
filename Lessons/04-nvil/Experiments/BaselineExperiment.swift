import Approximate
import LessonKit
import Probability

/// a, S, the order and what is sampled; what is left of the gradient, and whether it is turned.
let baselineExperiment = Experiment(
  id: "baseline", title: "A baseline that looks, or does not",
  prompt: "Move a and S, change the order and what is sampled: watch both shares and the angle.",
  givens: DocumentProblem.example.givens + [Given("m", -2.0)],
  controls: [
    .init("order", "the running mean is", of: ["updated first", "updated after"]),
    .init("sampled", "what is sampled", of: ["all", "log p(x|z) alone"]),
    .init("a", "a", from: 0.5, to: 0.95, by: 0.05, at: 0.8),
    .init("draws", "S", from: 1, to: 4, by: 1, at: 1),
  ],
  marks: [("repaired", ["order": [1]]), ("turned", ["order": [0], "sampled": [1]])]
) { settings in
  let (decay, samples) = (settings["a"], Int(settings["draws"]))
  let closedForm = settings.choice("sampled") == 1
  let turn =
    try settings.choice("order") == 0
    ? Turn(UpdatedFirst(decay: decay, startingAt: -2), samples: samples, closedForm: closedForm)
    : Turn(RunningMean(decay: decay, startingAt: -2), samples: samples, closedForm: closedForm)
  let share = 1 - (1 - decay) / Double(samples)
  return Experiment.Screen(
    [
      ("mean over gradient, λ₁", ExactValue(turn.shares[0])),
      ("mean over gradient, λ₂", ExactValue(turn.shares[1])),
      ("turned by, in degrees", ExactValue(turn.degrees)),
      ("1 − (1 − a)/S", ExactValue(share)),
    ],
    remark: settings.choice("order") == 1
      ? "Used before it is updated, m does not know the draw: nothing is lost."
      : closedForm
        ? "The divergence keeps its whole weight, so the two components lose different shares."
        : "Everything is sampled, so every component keeps the same share: a rescaling.")
}
