import Approximate
import Exact
import LessonKit
import Models
import Probability

/// The opening's two states: a right sign and a wrong one.
@Sendable func signsTable(_: RunContext) throws -> Table {
  let joint = try FiniteJoint(prior: [0.7, 0.3], likelihood: [0.2, 0.9])
  let q = [0.1, 0.9]
  let logEvidence = ExactPosterior(of: joint).logEvidence.value
  func row(_ name: String, _ value: Double) -> [Table.Cell] {
    [.text(name), .exact(value), .exact(logEvidence - value)]
  }
  return Table(
    title: "Two states, q = (.1, .9): which of these is a lower bound?",
    columns: ["", "value", "log p(x) − value"],
    rows: [
      row("log p(x)", logEvidence),
      row("E_q[log p(x|z)] − KL(q‖p(z))", elboByDivergence(of: q, joint).value),
      row("E_q[log p(x|z)] + KL(q‖p(z))", elboWithTheSignTurned(of: q, joint)),
    ],
    note: "A negative last column is a bound that is none.")
}
