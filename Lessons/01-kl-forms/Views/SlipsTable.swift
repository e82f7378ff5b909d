import LessonKit
import Probability

/// Four slips in the divergence of two Gaussians, and what five tests see of them.
func slipsTable(_ context: RunContext) throws -> Table {
  let pair = try GaussianPair.lecture()
  let (q, p) = (pair.q, pair.p)
  let tests = [
    (q, q),
    (q, try Gaussian(mean: q.mean, covariance: p.covariance)),
    (q, try Gaussian(mean: p.mean, covariance: q.covariance)),
    (
      try Gaussian(mean: q.mean[0], variance: q.covariance[0]),
      try Gaussian(mean: p.mean[0], variance: p.covariance[0])
    ),
    (q, p),
  ]
  let rows = try slips().map { slip -> [Table.Cell] in
    let errors = try tests.map { q, p in try slip.wrong(q, p) - q.kullbackLeibler(from: p) }
    return [.text(slip.name)] + errors.map { .exact(abs($0) < 1e-12 ? 0 : $0, digits: 3) }
  }
  return Table(
    title: "Wrong minus right",
    columns: ["slip", "q = p", "same mean", "same cov.", "d = 1", "q, p above"], rows: rows,
    note: "A zero is a test that the slip passes. Only the last column has none.")
}

private typealias Slip = (
  name: String, wrong: @Sendable (_ q: Gaussian, _ p: Gaussian) throws -> Double
)

private func slips() -> [Slip] {
  func mistake(_ name: String) -> GaussianDivergenceExercise.Parts {
    let right = GaussianDivergenceExercise.answer
    let found = GaussianDivergenceExercise.mistakes.first { $0.name == name }
    return found?.subject(from: right) ?? right
  }
  return [
    ("half lost", mistake("forgets-the-half").kullbackLeibler),
    ("mean, not sum", { q, p in try q.kullbackLeibler(from: p) / Double(q.dimension) }),
    ("½, not ½ d", mistake("subtracts-a-constant-for-the-dimension").kullbackLeibler),
    ("sign of the log", mistake("turns-the-log-ratio-round").kullbackLeibler),
  ]
}
