import Exact
import LessonKit
import Models
import Probability

/// What each horizon costs, with pushes.
@Sendable func horizonTable(_: RunContext) throws -> Table {
  let problem = try ControlProblem.example
  let best = try problem.recursion.value(from: problem.start, noise: problem.covariance)
  return Table(
    title: "Four steps, planned H at a time", columns: ["H", "E[J]", "above the least"],
    rows: try (1...ControlProblem.steps).map { horizon in
      let cost = try HorizonCosts.expected(problem, horizon: horizon)
      return [.given(horizon), .exact(cost, digits: 6), .exact(cost - best, digits: 3)]
    }, note: "The exact mean over all pushes. The least of all is that of H = T.")
}

/// What so many steps are worth to one who plans with pictures.
@Sendable func sampleTable(_ context: RunContext) throws -> Table {
  let least = try CameraRuns.least
  return Table(
    title: "A model of pictures", columns: ["transitions", "cost of a run", "% above the least"],
    rows: try CameraRuns.counts.map { count in
      let costs = try CameraRuns.costs(transitions: count, seed: context.seed)
      return [
        .given(count), .figure(costs[5], .sampled, digits: 4),
        .figure(100 * (costs[5] / least - 1), .sampled, digits: 3),
      ]
    }, note: "The median of 11 runs, each with its own experience.")
}

/// What runs are worth to one who searches.
@Sendable func searchTable(_: RunContext) throws -> Table {
  let least = try CameraRuns.least
  return Table(
    title: "A search that is told the state",
    columns: ["transitions", "cost of a run", "% above the least"],
    rows: try CameraRuns.search(8).map { count, cost in
      [
        .given(count), .exact(cost, digits: 4), .exact(100 * (cost / least - 1), digits: 3),
      ]
    }, note: "Four runs of twelve steps for each change of K; no noise.")
}
