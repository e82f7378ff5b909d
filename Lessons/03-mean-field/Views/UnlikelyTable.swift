import Approximate
import Exact
import LessonKit
import Models
import Probability

/// The same climb when the impossible is made merely unlikely.
@Sendable func unlikelyTable(_: RunContext) throws -> Table {
  let rows = try [0.3, 0.1, 0.01, 0.0001, 0].map { chance -> [Table.Cell] in
    let sprinkler = try Sprinkler(wetForNoReason: chance)
    let field = sprinkler.meanField(updatingFirst: 2)
    let gap = sprinkler.exact.logEvidence.value - field.elbo(sprinkler.table).value
    return [
      .given(chance, digits: 2), .exact(sprinkler.exactMarginals[1], digits: 4),
      .exact(field.factors[2][1], digits: 4),
      .exact(field.factors[1][1], digits: 4), .exact(gap, digits: 4),
    ]
  }
  return Table(
    title: "Grass that is wet for no reason with probability ε, rain updated first",
    columns: ["ε", "P(R=1) exact", "q(R=1)", "q(S=1)", "gap KL(q‖p)"], rows: rows,
    note: "q is a fixed point reached by sweeps. The row ε = 0 is the limit of the others.")
}
