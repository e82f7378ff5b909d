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
    title: "A correlated normal law moves away from N(0, I)",
    columns: ["distance", "closed form", "expectation", "as printed"], rows: rows,
    note: "The printed form is right at distance 0: a test at the origin sees nothing.")
}
