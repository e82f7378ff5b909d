import LessonKit
import Probability

/// Steps of q(θ), with and without the local term.
let stepsExperiment = Experiment(
  id: "steps", title: "Steps of q(θ)",
  prompt:
    "Take more steps, and change their size. Does a smaller step save the rule without the local term?",
  givens: (try? ClusterProblem.threePoints().givens) ?? [],
  controls: [
    .init("rule", "the gradient", of: ["without the local term", "with it"]),
    .init("steps", "number of steps", from: 0, to: 20, by: 1, at: 4),
    .init("size", "their size", from: 0.1, to: 1, by: 0.1, at: 1),
  ]
) { settings in
  let steps = try Steps(
    Int(settings["steps"]), truncated: settings.choice("rule") == 0, size: settings["size"],
    rates: true)
  let last = steps.points[steps.points.count - 1]
  let highest = steps.points.map(\.elbo).reduce(-.infinity, max)
  return Experiment.Screen(
    [
      ("surrogate", BiasedEstimate(last.surrogate)), ("ELBO", LowerBound(last.elbo)),
      ("highest ELBO on the way", LowerBound(highest)),
      ("rate of the ELBO along the next step", ExactValue(last.rate)),
    ],
    [
      .picture { _ in
        Drawing.curve(
          "The ELBO, step by step",
          [.init("ELBO", steps.points.map(\.elbo), role: .bound(of: "log p(y)"))],
          levels: [("log p(y)", try ClusterProblem.threePoints().logEvidence.value)],
          axis: "steps", kind: .exact)
      }
    ],
    remark:
      "The rule without the term stops where S does, at any size of steps: it has another fixed point."
  )
}
