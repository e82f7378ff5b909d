import Approximate
import Exact
import LessonKit
import Models
import Probability

/// Two groups of numbers, how far apart they are, and where the fit begins.
let groupsExperiment = Experiment(
  id: "groups", title: "Two groups and two names",
  prompt:
    "Move the groups and the first responsibility. When is the bound flat, and when is the gap log 2?",
  givens: TwoGroups.example.givens,
  controls: [
    .init("distance", "half the distance", from: 0.5, to: 8, by: 0.5, at: 3),
    .init("first", "r_00", from: 0.3, to: 0.7, by: 0.01, at: 0.51),
  ],
  marks: [("symmetric", ["first": [0.5]])]
) { settings in
  let problem = TwoGroups(distance: settings["distance"])
  let climb = try problem.climb(first: settings["first"], sweeps: 20)
  let evidence = try problem.logEvidence()
  let last = climb.last ?? .nan
  return Experiment.Screen(
    [
      ("log p(x)", evidence), ("ELBO after 20 sweeps", LowerBound(last)),
      ("the gap", ExactValue(evidence.value - last)),
      ("the gap − log 2", ExactValue(evidence.value - last - ExactValue(2.0).logarithm.value)),
    ],
    [
      .picture { _ in
        Drawing.curve(
          "The ELBO, sweep by sweep",
          [
            .init(
              "ELBO", places: climb.indices.map { Double($0 + 1) }, heights: climb,
              role: .bound(of: "log p(x)"), ink: .q)
          ], levels: [("log p(x)", evidence.value)], axis: "sweep", kind: .exact)
      }
    ],
    remark:
      "Groups that are far apart cost q the other naming, log 2. Groups that overlap need not.")
}
