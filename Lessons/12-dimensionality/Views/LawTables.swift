import LessonKit
import Models
import Probability

/// How likely each way takes each rank, one dimension with noise.
@Sendable func lawTable(_: RunContext) throws -> Table {
  try table(
    of: .oneDimension, title: "Which rank is taken, over all 512 outcomes of the noise",
    note: "One dimension is in θ. Probabilities add up to one in each row.")
}

/// The same with a second dimension, not far from the size of the noise.
@Sendable func smallTable(_: RunContext) throws -> Table {
  try table(
    of: .example, title: "Two dimensions, one of them small",
    note: "Two dimensions are in θ. The fit never sees them: it takes the rank of the noise.")
}

private func table(of problem: MatrixProblem, title: String, note: String) throws -> Table {
  let (block, speckled) = try RankLaws.heldOut(problem)
  let rows = [
    ("the error of the fit", try RankLaws.fit(problem)), ("a held-out block", block + [0]),
    ("a hole", speckled + [0]),
  ]
  return Table(
    title: title, columns: ["chosen by", "rank 0", "rank 1", "rank 2", "rank 3"],
    rows: rows.map { words, law in
      [.text(words)]
        + law.enumerated().map { k, p in
          k == 3 && words != rows[0].0 ? .text("not asked") : .exact(p, digits: 3)
        }
    }, note: note)
}
