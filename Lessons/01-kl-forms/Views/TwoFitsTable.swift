import LessonKit
import Probability

/// One Poisson law for two experts: each direction has a best rate of its own.
func twoFitsTable(_ context: RunContext) throws -> Table {
  let experts = Experts.twoAndNine
  let settled = try experts.bestExclusiveRate()
  let fits: [(name: String, rate: Double, cell: Table.Cell)] = [
    ("the expert who says 2", experts.rates.low, .given(experts.rates.low, digits: 3)),
    ("best by KL(q‖p)", settled, .exact(settled, digits: 3)),
    ("best by KL(p‖q)", experts.mean, .exact(experts.mean, digits: 3)),
    ("the expert who says 9", experts.rates.high, .given(experts.rates.high, digits: 3)),
  ]
  let rows = try fits.map { fit -> [Table.Cell] in
    [
      .text(fit.name), fit.cell,
      .number(try experts.divergence(fromPoissonOfRate: fit.rate), digits: 5),
      .number(try experts.divergence(ofPoissonOfRate: fit.rate), digits: 5),
    ]
  }
  return Table(
    title: "q = Poisson(λ), p = .6 Poisson(2) + .4 Poisson(9)",
    columns: ["q", "λ", "KL(p‖q)", "KL(q‖p)"], rows: rows,
    note: "By series over the counts 0…120; beyond them nothing that a double could show is left.")
}
