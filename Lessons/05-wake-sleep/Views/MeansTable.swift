import Approximate
import Exact
import LessonKit
import Models
import Probability

/// The bound, the value with means substituted, and what both should be compared with.
@Sendable func meansTable(_: RunContext) throws -> Table {
  let problem = try MachineProblem.example()
  func row(_ x: [Bool]) throws -> [Table.Cell] {
    let exact = try ExactRecognition(of: problem.machine, x)
    return [
      .text(x.map { $0 ? "1" : "0" }.joined()), .number(exact.elbo, digits: 5),
      .exact(problem.machine.meanFieldObjective(x), digits: 5),
      .number(exact.logEvidence, digits: 5),
    ]
  }
  return Table(
    title: "Three values for each pattern", columns: ["x", "ELBO", "F̂", "log p(x)"],
    rows: try [[true, true], [true, false], [false, true], [false, false]].map(row),
    note:
      "The machine of the chain above. In the first three rows F̂ is above log p(x), where no bound can be."
  )
}
