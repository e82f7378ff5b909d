import LessonKit
import Models
import Probability

/// Two bits that agree more or less often, and how fast a sweep forgets.
let mixingExperiment = Experiment(
  id: "mixing", title: "Two bits that agree",
  prompt: "Let the two bits agree more and more. When does a sweep stop helping?",
  givens: [Given("p(00), p(01), p(10), p(11)", words: "(½ u, ½ (1 − u), ½ (1 − u), ½ u)")],
  controls: [.init("agree", "u, how often they agree", from: 0.5, to: 0.99, by: 0.01, at: 0.8)]
) { settings in
  let u = settings["agree"]
  let problem = GibbsProblem(joint: [0.5 * u, 0.5 * (1 - u), 0.5 * (1 - u), 0.5 * u])
  let rho = problem.correlation
  let distances = TransitionMatrix(rows: problem.sweep).laws(from: 0, steps: 20).map {
    totalVariation($0, problem.joint)
  }
  return Experiment.Screen(
    [
      ("ρ", ExactValue(rho)), ("λ_2 = ρ²", ExactValue(rho * rho)),
      ("sweeps to forget, 1/(1 − ρ²)", ExactValue(1 / (1 - rho * rho))),
      ("d after 20 sweeps", ExactValue(distances[19])),
    ],
    [
      .picture { _ in
        Drawing.curve(
          "Distance from p after s sweeps",
          [.init("d_s", places: (1...20).map(Double.init), heights: distances, ink: .q)], axis: "s",
          kind: .exact)
      }
    ],
    remark: "Bits that always agree are never drawn apart: each is sure of the other.")
}
