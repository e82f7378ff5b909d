import Approximate
import Exact
import LessonKit
import Models
import Probability

/// The opening's two states: a right sign and a wrong one.
@Sendable func signsTable(_: RunContext) throws -> Table {
  let (joint, q) = (try twoStates().joint, try twoStates().q)
  let logEvidence = ExactPosterior(of: joint).logEvidence.value
  func row(_ name: String, _ value: Double) -> [Table.Cell] {
    [.text(name), .exact(value), .exact(logEvidence - value)]
  }
  return Table(
    title: "Which of these is a lower bound?",
    columns: ["", "value", "log p(x) − value"],
    rows: [
      row("log p(x)", logEvidence),
      row("E_q[log p(x|z)] − KL(q‖p(z))", elboByDivergence(of: q, joint).value),
      row("E_q[log p(x|z)] + KL(q‖p(z))", elboWithTheSignTurned(of: q, joint)),
    ],
    note:
      "A negative number in the last column: this is not a lower bound. A positive one proves nothing."
  )
}
