import Approximate
import LessonKit
import Models
import Probability

/// A constant added to f, and what it does to the variance of six estimators.
let shiftExperiment = Experiment(
  id: "shift", title: "A constant added to f",
  prompt: "Add a constant to f. Which variances move, and where does a baseline do harm?",
  givens: BitsProblem.document.givens,
  controls: [.init("c", "what is added to f", from: -4, to: 6, by: 0.25, at: 0)]
) { settings in
  let names = [
    "score-function", "self-critic", "value-baseline", "optimal-scalar-baseline", "leave-one-out",
    "antithetic-score-function",
  ]
  let problem = BitsProblem.document.shifted(by: settings["c"]).reward
  let variances = try names.map { ($0, try Zoo.variance(of: $0, on: problem)) }
  return Experiment.Screen(
    variances.map { ($0, ExactValue($1, roundingBound: 0)) },
    [
      .picture { _ in
        Drawing.bars(
          "The variance of both components together", variances.map { ($0, $1, "") }, kind: .exact)
      }
    ],
    remark:
      "What subtracts a signal of the same f moves with it. What subtracts nothing, or a fixed "
      + "number, does not.")
}
