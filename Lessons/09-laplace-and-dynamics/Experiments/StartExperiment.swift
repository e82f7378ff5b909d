import LessonKit
import Probability

/// Where q(r) starts, and where it ends.
let startExperiment = Experiment(
  id: "start", title: "The start of q(r)",
  prompt:
    "Move the start. How wild must q(r) be at first for the ELBO to end near log p(y), and does it help to wait?",
  givens: (try? SwitchProblem.fourSteps().givens) ?? [],
  controls: [
    .init("wild", "q(r_t = 1) at the start, all steps", from: 0.05, to: 0.95, by: 0.05, at: 0.5),
    .init("sweeps", "sweeps", from: 1, to: 40, by: 1, at: 10),
    .init("rule", "the rule for q(z)", of: ["averaged", "known states"]),
  ]
) { settings in
  let problem = try SwitchProblem.fourSteps()
  let wild = settings["wild"]
  let run = try SwitchingRun(
    problem.starting(at: problem.start.map { _ in [1 - wild, wild] }),
    sweeps: Int(settings["sweeps"]), takingStatesAsKnown: settings.choice("rule") == 1)
  let (elbo, evidence) = (run.elbos[run.elbos.count - 1], try fourStepsEvidence())
  return Experiment.Screen(
    [
      ("ELBO", LowerBound(elbo)), ("log p(y)", evidence),
      ("gap", ExactValue(evidence.value - elbo)),
    ],
    [
      .picture { _ in
        Drawing.curve(
          "The ELBO, sweep by sweep",
          [
            .init(
              "ELBO", places: run.elbos.indices.map { Double($0 + 1) }, heights: run.elbos,
              role: .bound(of: "log p(y)"))
          ], levels: [("log p(y)", evidence.value)], axis: "sweeps", kind: .exact)
      }
    ],
    remark:
      "There is a start from which it ends well, one from which it does not, and little in between."
  )
}
