import Exact
import LessonKit
import Models
import Networks
import Probability

/// How far one must look ahead.
let horizonExperiment = Experiment(
  id: "horizon", title: "How far ahead?",
  prompt:
    "Make forces cheap or dear, and friction small or large. How many steps ahead are enough?",
  givens: [Given("x_0", [-3.0, 0]), Given("T", 12)],
  controls: [
    .init("horizon", "H", from: 1, to: 12, by: 1, at: 2),
    .init("price", "R", from: 0.5, to: 10, by: 0.5, at: 2),
    .init("kept", "how much speed is kept", from: 0.5, to: 1, by: 0.05, at: 0.9),
  ]
) { settings in
  let kept = settings["kept"]
  let system = try LinearQuadratic(
    dynamics: [[1, kept], [0, kept]], input: [[1], [1]], stateCost: [[1, 0], [0, 0]],
    controlCost: [[settings["price"]]], finalCost: [[1, 0], [0, 0]])
  let steps = CameraRuns.steps
  let least = try RiccatiRecursion(of: system, steps: steps).value(from: CameraRuns.start)
  let run = try HorizonCosts.run(system, horizon: Int(settings["horizon"]), steps: steps)
  let best = try HorizonCosts.run(system, horizon: steps, steps: steps)
  return Experiment.Screen(
    [
      ("J, planned H ahead", ExactValue(run.cost)), ("J, the least", ExactValue(least)),
      ("what the short look costs", ExactValue(run.cost - least)),
    ],
    [
      .picture { _ in
        Drawing.curve(
          "The place of the mass",
          [
            .init("planned H ahead", run.places, ink: .q),
            .init("the best", best.places, ink: .evidence),
          ],
          axis: "t", rows: 12, kind: .exact)
      }
    ], remark: "With H = T there is no difference: to plan again changes nothing without pushes.")
}
