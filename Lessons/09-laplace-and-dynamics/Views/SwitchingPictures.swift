import Exact
import LessonKit
import Probability

/// The ELBO, sweep by sweep, from three starts.
@Sendable func switchingBounds(_: RunContext) throws -> Picture {
  let runs = try SwitchingStart.allCases.map { ($0.name, try $0.run(24).elbos) }
  return Drawing.curve(
    "The ELBO from three starts",
    runs.map { name, elbos in
      .init(
        name, places: elbos.indices.map { Double($0 + 1) }, heights: elbos,
        role: .bound(of: "log p(y)"))
    }, levels: [("log p(y)", try fourStepsEvidence().value)], axis: "sweeps", kind: .exact,
    caption: "No curve ever falls, and none leaves the height on which it has settled.")
}

/// p(r_t = 1|y), and q(r_t = 1) at the end of two of these runs.
@Sendable func switchingStates(_: RunContext) throws -> Picture {
  let exact = SwitchingPosterior(of: try SwitchProblem.fourSteps().sequence).stateMarginals
  return Drawing.curve(
    "Was the step a wild one?",
    [
      .init("p(r_t = 1|y)", exact.map { $0[1] }, role: .evidence),
      .init("q from the uniform start", try SwitchingStart.uniform.run(60).wild),
      .init("q from mostly wild", try SwitchingStart.wild.run(60).wild),
    ], axis: "t", kind: .exact,
    caption:
      "From the uniform start q(r) says that nothing happened. From the other it says too surely that all was wild."
  )
}

/// The ELBO of both rules, half by half.
@Sendable func knownStatesTable(_: RunContext) throws -> Table {
  let rows = try [SwitchingStart.exact, .uniform].flatMap { start in
    try [false, true].map { isKnown -> [Table.Cell] in
      let run = try start.run(3, takingStatesAsKnown: isKnown)
      return [.text("\(start.name), \(isKnown ? "known states" : "averaged")")]
        + run.halves.flatMap {
          [.number(LowerBound($0.0), digits: 5), .number(LowerBound($0.1), digits: 5)]
        }
    }
  }
  return Table(
    title: "The ELBO after q(z) and after q(r), three sweeps",
    columns: ["start and rule", "q(z)", "q(r)", "q(z)", "q(r)", "q(z)", "q(r)"], rows: rows,
    note: "log p(y) is the same in all rows. Each row is one run; columns go on in time.")
}

/// E[q̂(r₁ = 1)] for more and more draws of the two trajectories.
@Sendable func drawsTable(_: RunContext) throws -> Table {
  let problem = try DrawProblem.twoPoints()
  let whole = try problem.marginals(problem.expectedLogs)[1][1]
  return Table(
    title: "q̂(r₁ = 1) from S draws, on average",
    columns: ["S", "E[q̂(r₁ = 1)]", "what is missing"],
    rows: try [1, 2, 4, 8].map { count in
      let mean = try problem.mean(draws: count) {
        [try FromDrawsExercise.answer.switches(problem, $0)[1][1]]
      }[0]
      return [.given(count), .exact(mean, digits: 5), .exact(whole - mean, digits: 3)]
    }, note: "Over all lists of draws. q(r₁ = 1) itself is σ(½).")
}
