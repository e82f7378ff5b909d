import Approximate
import Exact
import LessonKit
import Models
import Networks
import Probability

/// The numbers that the prose names.
let numbers: PageNumbers = [
  "greedy": { _ in
    let problem = try ControlProblem.example
    let least = try problem.recursion.value(from: problem.start, noise: problem.covariance)
    return ExactValue(try HorizonCosts.expected(problem, horizon: 1) - least)
  },
  "three-ahead": { _ in try excess(3) },
  "four-ahead": { _ in try excess(4) },
  "open": { _ in
    let problem = try ControlProblem.example
    let idle = ClosedLoop(
      of: problem.system,
      gains: [Matrix](repeating: Matrix(zeros: 1, 2), count: ControlProblem.steps))
    let best = try problem.recursion
    return ExactValue(
      idle.value(from: problem.start, noise: problem.covariance) - idle.value(from: problem.start)
        - best.noiseCost(problem.covariance))
  },
  "drawn": { _ in ExactValue(IdentificationDerivation.answer.draws(6)) },
  "ten": { context in BiasedEstimate(try above(10, context)) },
  "floor": { context in BiasedEstimate(try above(120, context)) },
  "search": { _ in ExactValue(Double(try CameraRuns.search(3)[2].transitions)) },
  "searched": { _ in
    ExactValue(100 * (try CameraRuns.search(3)[2].cost / CameraRuns.least - 1))
  },
]

/// What a horizon costs over twelve steps, above the least.
private func excess(_ horizon: Int) throws -> ExactValue {
  ExactValue(
    try HorizonCosts.run(try .pointMass(), horizon: horizon, steps: CameraRuns.steps).cost
      - (try CameraRuns.least))
}

/// By how many per cent the median run is above the least cost.
private func above(_ transitions: Int, _ context: RunContext) throws -> Double {
  let costs = try CameraRuns.costs(transitions: transitions, seed: context.seed)
  return 100 * (costs[5] / (try CameraRuns.least) - 1)
}
