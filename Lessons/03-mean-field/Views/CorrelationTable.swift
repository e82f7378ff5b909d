import GSL
import LessonKit
import Probability

/// What is left of two bits that agree more and more often.
@Sendable func correlationTable(_: RunContext) throws -> Table {
  let rows = try [0.5, 0.7, 0.8, 0.85, 0.9, 0.98].map { agree -> [Table.Cell] in
    // Asymmetric: the ones are a little more common than the zeros.
    let weights = [[0.45 * agree, 0.5 * (1 - agree)], [0.5 * (1 - agree), 0.55 * agree]]
    let total = weights.joined().reduce(0, +)
    let bits = TwoBits().with(joint: weights.map { row in row.map { $0 / total } })
    let (first, second) = (bits.marginals[0].value, bits.marginals[1].value)
    let covariance = WhatFactorisingLosesDerivation.covariance(bits.joint)
    let correlation = covariance / sqrt(first * (1 - first) * second * (1 - second))
    let best = try WhatFactorisingLosesDerivation.exclusiveFit(bits)
    return [
      .given(agree, digits: 3), .exact(correlation, digits: 3), .exact(first, digits: 4),
      .exact(best[0], digits: 4),
      .number(exactDivergence(of: product(best), from: bits.posterior), digits: 4),
    ]
  }
  return Table(
    title: "Two bits that agree with a given probability",
    columns: ["agree", "correlation", "P(z₁=1)", "q(z₁=1)", "gap KL(q‖p)"], rows: rows,
    note: """
      q is the best of five climbs. Its correlation is 0 in every row; from some strength on the \
      mean is lost with it.
      """)
}
