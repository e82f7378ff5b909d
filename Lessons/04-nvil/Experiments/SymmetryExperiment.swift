import LessonKit
import Probability

/// The log odds of one bit under five estimators.
let symmetryExperiment = Experiment(
  id: "symmetry", title: "Away from the symmetric point",
  prompt: "Move λ away from 0 and watch which estimators still agree with the exact gradient.",
  givens: [Given("f(z)", words: "(z − 0.45)²")],
  controls: [
    .init("lambda", "λ", from: -3, to: 3, by: 0.25, at: 0),
    .init("temperature", "τ", from: 0.25, to: 2, by: 0.25, at: 0.5),
  ],
  marks: [("symmetric", ["lambda": [0]]), ("wrong", ["lambda": [-1]])]
) { settings in
  let bit = OneBit(logOdds: settings["lambda"])
  let (straight, relaxed) = (try bit.straightThrough(), try bit.relaxed(settings["temperature"]))
  let wrong = [straight, relaxed.value].filter { $0 * bit.exact < 0 }.count
  return Experiment.Screen(
    [
      ("exact", ExactValue(bit.exact)), ("score function", ExactValue(try bit.score())),
      ("straight-through", ExactValue(straight)),
      ("Gumbel-softmax at τ", relaxed),
      ("Gumbel-softmax at τ = 0.1", try bit.relaxed(0.1)),
    ],
    remark: wrong == 0
      ? "" : "\(wrong) of the estimators with a bias \(wrong == 1 ? "has" : "have") the wrong sign."
  )
}
