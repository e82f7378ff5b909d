import LessonKit
import Probability

/// What the missing half does as the means part.
func halfTable(_ context: RunContext) throws -> Table {
  let standard = PlaneLaw(try .standardInThePlane())
  let rows = try [0.0, 0.5, 1, 2, 4].map { distance -> [Table.Cell] in
    let law = try Gaussian(mean: [distance, 0], covariance: [1, 0.5, 0.5, 1])
    let q = PlaneLaw(law)
    return [
      .given(distance, digits: 2),
      .exact(try law.kullbackLeibler(from: try .standardInThePlane()), digits: 7),
      .number(q.expectedLogRatio(to: standard), digits: 7),
      .number(q.printedDivergence(from: standard), digits: 7),
    ]
  }
  return Table(
    title: "q moves away from p = N(0, I); δ = (shift, 0), C_q = (1, .5; .5, 1)",
    columns: ["shift", "closed form", "expectation", "as printed"], rows: rows,
    note: "At shift 0 the printed form is right: a test with equal means sees nothing.")
}
