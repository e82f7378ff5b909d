import Approximate
import GSL
import LessonKit
import Models
import Probability

extension FilterProblem {
  /// The exact law of N particles with the proposals.
  func law(_ particles: Int) throws -> ParticleLaw {
    let move = HiddenMarkovMove(sequence, .given(proposal))
    return try ParticleLaw(
      particles: particles, steps: steps, states: sequence.model.stateCount
    ) { step, from, choices in try move(step, from, &choices) }
  }
}

/// What one, two and three particles say on average.
@Sendable func filterTable(_: RunContext) throws -> Table {
  let problem = try FilterProblem.example()
  let bootstrap = problem.with(problem.prior)
  var rows = try (1...3).map { particles -> [Table.Cell] in
    let law = try bootstrap.law(particles)
    return [
      .text("N = \(particles)"), .exact(law.evidence),
      .exact(law.varianceOfEvidence.squareRoot(), digits: 4),
      .exact(law.logEvidence, digits: 5), .exact(law.filter?[0] ?? .nan, digits: 4),
    ]
  }
  rows.append([
    .text("exact"), .exact(problem.evidence), .exact(0), .exact(log(problem.evidence), digits: 5),
    .exact(problem.filter[0], digits: 4),
  ])
  return Table(
    title: "A bootstrap filter, averaged over every run",
    columns: ["", "E[Ẑ]", "spread of Ẑ", "E[log Ẑ]", "E[f̂(0)]"], rows: rows,
    note:
      "The spread is the root of the variance. In the last row stand p(x), log p(x) and p(z|x) for z = 0."
  )
}

/// How the quality of a proposal shows.
@Sendable func proposalTable(_: RunContext) throws -> Table {
  let problem = try FilterProblem.example()
  let learned = LearnedProposal.course(problem, steps: 40)
  let cases: [(String, [[[Double]]])] = [
    ("p(z|z′)", problem.prior), ("the given q", problem.proposal), ("p(z|z′, x_t)", problem.best),
    ("learned, 40 steps", learned[40].tables), ("p(z|z′, x)", problem.lookingAhead),
  ]
  return Table(
    title: "Five proposals for the same sequence, two particles",
    columns: ["q", "E[Ẑ]", "spread of Ẑ", "log p(x) − E[log Ẑ]"],
    rows: try cases.map { name, tables in
      let law = try problem.with(tables).law(2)
      let gap = log(problem.evidence) - law.logEvidence
      return [
        .text(name), .exact(law.evidence),
        .exact(law.varianceOfEvidence < 1e-18 ? 0 : law.varianceOfEvidence.squareRoot(), digits: 3),
        .exact(abs(gap) < 1e-12 ? 0 : gap, digits: 3),
      ]
    }, note: "The mean is p(x) in every row; only the spread depends on q.")
}

/// log Ẑ of many runs, as N grows.
@Sendable func evidenceTable(_ context: RunContext) throws -> Table {
  let walk = try Walk(steps: 30, seed: context.seed)
  let exact = walk.kalman().logEvidence
  var choices = try Sampler(seed: context.seed, stream: 11)
  let runs = 8
  let rows = try [10, 100, 1000].map { particles -> [Table.Cell] in
    let logs = try (0..<runs).map { _ in try walk.filtered(particles, &choices).logEvidence }
    let mean = logs.reduce(0, +) / Double(runs)
    let spread = (logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(runs - 1)).squareRoot()
    return [
      .given(particles), .figure(mean, .sampled, digits: 5), .figure(spread, .sampled, digits: 2),
      .exact(exact, digits: 5),
    ]
  }
  return Table(
    title: "log Ẑ of \(runs) runs over 30 steps",
    columns: ["N", "mean of log Ẑ", "its spread", "log p(x) by Kalman"], rows: rows,
    note:
      "The spread falls like one over the root of N, and the bias of log Ẑ like half its square.")
}
