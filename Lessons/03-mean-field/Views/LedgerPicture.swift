import Approximate
import LessonKit
import Models
import Probability

/// The ELBO update by update, in sequence and in parallel, on two hills.
@Sendable func ledgerPicture(_: RunContext) throws -> Picture {
  let table = try twoHills()
  let start = MeanField(factors: [[0.7, 0.3], [0.2, 0.8]])
  let before = start.elbo(table).value
  var sequential = start
  let oneAtATime = (0..<6).flatMap { _ in sequential.sweep(table).map(\.elbo) }
  var parallel = start
  let together = (0..<12).map { _ in parallel.updateInParallel(table).elbo }
  return Drawing.curve(
    "Two bits that agree with probability .98: the ELBO of mean field",
    [
      .init("one factor at a time", [before] + oneAtATime, role: .bound(of: "log p(x)")),
      .init("all factors at once", [before] + together, role: .bound(of: "log p(x)")),
    ],
    levels: [("log p(x)", 0)], axis: "updates", kind: .exact,
    caption: """
      Both start from q_1 = (.7, .3) and q_2 = (.2, .8). An update is one factor for the one curve and \
      both for the other. log p(x) is 0, because the four numbers sum to one. One at a time the bound \
      climbs to \(Format.fixed(oneAtATime.last ?? .nan, decimals: 3)) and stays below by what a \
      product cannot say; all at once the two bits change places for ever.
      """)
}
