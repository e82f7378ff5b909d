import Approximate
import Exact
import LessonKit
import Models
import Probability

extension Sprinkler {
  /// Mean field from uniform factors, one factor updated before the sweeps begin.
  ///
  /// With a zero in the table the order decides. While both other factors are uniform, "it did not
  /// rain" still has to answer for "no sprinkler either, and yet wet": log 0, weight ¼, and the
  /// first of the two causes to be updated is made certain.
  func meanField(updatingFirst latent: Int) -> MeanField {
    var field = MeanField(uniformOver: table)
    _ = field.update(latent, table)
    _ = field.ascend(table)
    return field
  }
}

/// What three ways of asking say about wet grass.
@Sendable func sprinklerTable(_: RunContext) throws -> Table {
  let sprinkler = try Sprinkler()
  func row(_ name: String, _ beliefs: [Table.Cell], _ bound: Table.Cell) -> [Table.Cell] {
    [.text(name)] + beliefs + [bound]
  }
  func climb(_ name: String, first latent: Int) -> [Table.Cell] {
    let field = sprinkler.meanField(updatingFirst: latent)
    return row(
      name, [1, 2].map { .figure(field.factors[$0][1], .biased, digits: 4) },
      .number(field.elbo(sprinkler.table), digits: 4))
  }
  return Table(
    title: "The grass is wet (W = 1). Did it rain, or was it the sprinkler?",
    columns: ["method", "sprinkler on", "rain", "ELBO"],
    rows: [
      row(
        "exact, by enumeration", sprinkler.exactMarginals.map { .exact($0, digits: 4) },
        .number(sprinkler.exact.logEvidence, digits: 4)),
      climb("mean field, rain updated first", first: 2),
      climb("mean field, sprinkler first", first: 1),
    ],
    note: """
      The exact row shows log p(W=1) in the place of the ELBO. Mean field starts from uniform \
      factors both times.
      """)
}
