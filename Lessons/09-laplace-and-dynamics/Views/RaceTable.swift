import Exact
import LessonKit
import Probability

/// Six posteriors, two Gaussians for each.
@Sendable func raceTable(_: RunContext) throws -> Table {
  let rows = try Race.all().map { race -> [Table.Cell] in
    [
      .text(race.name), .number(race.exact.logEvidence),
      .number(race.errorOfLaplace, digits: 3), .number(try race.gapOfLaplace(), digits: 3),
      .number(try race.gapOfBest(), digits: 3),
    ]
  }
  return Table(
    title: "Laplace's Gaussian and the best one",
    columns: ["", "log p(y)", "Laplace − log p(y)", "KL, Laplace's q", "KL, best q"], rows: rows,
    note: """
      KL is KL(q‖p(z|y)). For the best q it is also what its bound is below log p(y): compare the third column with the \
      last for the evidence, and the last two for q.
      """)
}
