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

/// What so many steps are worth, to one who plans with pictures and to one who searches.
@Sendable func sampleTable(_ context: RunContext) throws -> Table {
  let least = try CameraRuns.least
  let camera = try CameraRuns.counts.map { count in
    let costs = try CameraRuns.costs(transitions: count, seed: context.seed)
    return [
      Table.Cell.text("a model of pictures"), .given(count), sampled(costs[5]),
      sampled(100 * (costs[5] / least - 1)),
    ]
  }
  let search = try CameraRuns.search(8).filter { [48, 96, 144, 192, 288, 384].contains($0.0) }
    .map { count, cost in
      [
        Table.Cell.text("a search, told the state"), .given(count), .exact(cost, digits: 4),
        .exact(100 * (cost / least - 1), digits: 3),
      ]
    }
  return Table(
    title: "What transitions are worth",
    columns: ["who steers", "transitions", "cost of a run", "% above the least"],
    rows: camera + search,
    note: "Of a model the median of 11 runs, each with its own experience. The search has no noise."
  )
}

private func sampled(_ value: Double) -> Table.Cell {
  .figure(value, .sampled, digits: 4)
}
