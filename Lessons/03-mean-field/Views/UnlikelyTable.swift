import Approximate
import Exact
import LessonKit
import Models
import Probability

extension Sprinkler {
  /// How many different ends climbs have from 54 starts: each bit at .02, .5 or .98, and the
  /// sprinkler or rain updated first.
  ///
  /// Between two ends there is one more fixed point, from which climbs move away.
  func endsOfClimbs() -> Int {
    let chances = [0.02, 0.5, 0.98]
    var ends: [[Double]] = []
    for state in 0..<54 {
      var field = MeanField(
        factors: [state / 9 % 3, state / 3 % 3, state % 3].map { [1 - chances[$0], chances[$0]] })
      _ = field.update(1 + state / 27, table)
      _ = field.ascend(table)
      let end = field.factors.map { $0[1] }
      let isNew = !ends.contains { other in zip(other, end).allSatisfy { abs($0 - $1) < 1e-4 } }
      if isNew { ends.append(end) }
    }
    return ends.count
  }
}

/// The same two climbs when the impossible is made merely unlikely.
@Sendable func unlikelyTable(_: RunContext) throws -> Table {
  let rows = try [0.3, 0.1, 0.02, 0.01, 0.001, 0].map { chance -> [Table.Cell] in
    let sprinkler = try Sprinkler(wetForNoReason: chance)
    let (rain, other) = (
      sprinkler.meanField(updatingFirst: 2), sprinkler.meanField(updatingFirst: 1)
    )
    let gap = sprinkler.exact.logEvidence.value - rain.elbo(sprinkler.table).value
    return [
      .given(chance, digits: 2), .exact(sprinkler.exactMarginals[1], digits: 4),
      .exact(rain.factors[2][1], digits: 4), .exact(other.factors[2][1], digits: 4),
      .exact(Double(sprinkler.endsOfClimbs()), digits: 2), .exact(gap, digits: 4),
    ]
  }
  return Table(
    title: "Grass that is wet for no reason with probability ε: does it rain?",
    columns: [
      "ε", "P(R=1|W=1)", "q(R=1), rain first", "sprinkler first", "ends found", "gap",
    ],
    rows: rows,
    note: """
      Both climbs start from uniform factors and differ in the first update only; the sweeps that \
      follow go cloudy, sprinkler, rain. Ends are counted over 54 climbs: each factor starts at .02, \
      .5 or .98, and sprinkler or rain is updated first. A fixed point between two ends, from which \
      climbs move away, is not found so. The gap is that of the climb with rain first.
      """)
}
