import LessonKit
import Probability

/// One Poisson law for two experts: each direction has a best rate of its own.
func twoFitsTable(_ context: RunContext) throws -> Table {
  let experts = Experts.twoAndNine
  let settled = try experts.bestExclusiveRate()
  let fits: [(name: String, rate: Double, cell: Table.Cell)] = [
    ("Poisson, as the first expert", experts.rates.low, .given(experts.rates.low, digits: 3)),
    ("Poisson, smallest KL(q‖p)", settled, .exact(settled, digits: 4)),
    ("Poisson, smallest KL(p‖q)", experts.mean, .exact(experts.mean, digits: 3)),
    ("Poisson, as the second expert", experts.rates.high, .given(experts.rates.high, digits: 3)),
  ]
  let rows = try fits.map { fit -> [Table.Cell] in
    [
      .text(fit.name), fit.cell,
      .number(try experts.divergence(ofPoissonOfRate: fit.rate), digits: 4),
      .number(try experts.divergence(fromPoissonOfRate: fit.rate), digits: 4),
    ]
  }
  let law = NegativeBinomialLaw(mean: experts.mean, variance: experts.variance)
  let other: [Table.Cell] = [
    .text("negative binomial, mean and variance of p"), .exact(experts.mean, digits: 3),
    .number(try experts.divergence(of: law), digits: 4),
    .number(try experts.divergence(from: law), digits: 4),
  ]
  return Table(
    title: "Five fits to p = 0.6 Poisson(2) + 0.4 Poisson(9)",
    columns: ["q", "mean", "KL(q‖p)", "KL(p‖q)"], rows: rows + [other],
    note: "By series over the counts 0…120; beyond them nothing that a double could show is left.")
}
