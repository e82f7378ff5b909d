import Approximate
import Exact
import LessonKit
import Models
import Probability

/// Every update of two sweeps, and by how much each of the seven terms moved.
@Sendable func ledgerTable(_: RunContext) throws -> Table {
  let problem = try MixtureProblem.example()
  var fit = try VariationalMixture(
    problem.mixture, problem.observations, responsibilities: problem.responsibilities)
  // The initial globals are those of the responsibilities; begin one half sweep later.
  var last = try fit.terms()
  var rows: [[Table.Cell]] = [row("at the start", last.named.map(\.value), last.elbo)]
  for sweep in 1...2 {
    try fit.updateLocals()
    rows.append(row("\(sweep): z", moved(&last, try fit.terms()), last.elbo))
    try fit.updateGlobals()
    rows.append(row("\(sweep): π, θ", moved(&last, try fit.terms()), last.elbo))
  }
  return Table(
    title: "The terms of the ELBO, and what each update moved (nats)",
    columns: ["update", "x|z,θ", "z|π", "π", "θ", "H[z]", "H[π]", "H[θ]", "ELBO"],
    rows: rows,
    note: """
      x|z,θ is E[log p(x|z,θ)], and z|π, π and θ are the other three factors of p; H is the entropy of a \
      factor of q. A dot is a term that the update cannot move, because its factor does not stand in it. Single terms \
      fall in every row; only their sum may not.
      """)
}

private func moved(_ last: inout MixtureTerms, _ now: MixtureTerms) -> [Double] {
  let change = zip(now.named, last.named).map { $0.value - $1.value }
  last = now
  return change
}

private func row(_ name: String, _ values: [Double], _ elbo: LowerBound) -> [Table.Cell] {
  [.text(name)] + values.map { $0 == 0 ? .text("·") : .exact($0, digits: 3) }
    + [.number(elbo, digits: 6)]
}

/// The gap of a fit to well separated groups, beside log 2.
@Sendable func labelsTable(_: RunContext) throws -> Table {
  Table(
    title: "log p(x) − ELBO when each group has its component",
    columns: ["groups at ±", "log p(x)", "the gap", "the gap − log 2"],
    rows: try [2, 3, 4, 6, 10].map { distance in
      let problem = TwoGroups(distance: distance)
      let gap = try problem.gap()
      return [
        .given(distance), .number(try problem.logEvidence(), digits: 6), .exact(gap, digits: 5),
        .exact(gap - 0.693147180559945309, digits: 4),
      ]
    },
    note:
      "The posterior has 2! equal halves, one for each naming of the components; q keeps one of them."
  )
}
