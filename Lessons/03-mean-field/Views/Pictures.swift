import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

extension Page {
  /// A posterior over two bits beside the two products that come nearest to it.
  static let shadowPicture: @Sendable (RunContext) throws -> Picture = { _ in
    let bits = TwoBits()
    let fits = Approximations()
    func panel(_ name: String, _ p: [Double]) -> Drawing.Panel {
      Drawing.Panel(
        name, rows: ["h₁=0", "h₁=1"], columns: ["h₂=0", "h₂=1"],
        values: [[p[0], p[1]], [p[2], p[3]]])
    }
    return Drawing.grid(
      "A posterior and its shadows (exact; a fixed point; exact)",
      [
        panel("p(h|x)", bits.posterior),
        panel("min KL(q‖p)", product(try fits.exclusiveFit(bits))),
        panel("min KL(p‖q)", product(try fits.inclusiveFit(bits))),
      ],
      caption:
        "The middle one gives up a corner of p; the last fills corners p nearly leaves empty.")
  }

  /// The ELBO update by update, in sequence and in parallel, in two wells.
  static let ledgerPicture: @Sendable (RunContext) throws -> Picture = { _ in
    let table = try twoWells()
    let start = MeanField(factors: [[0.7, 0.3], [0.2, 0.8]])
    var sequential = start
    var ledger = [start.elbo(table).value]
    for _ in 0..<6 { ledger += sequential.sweep(table).map(\.elbo) }
    var parallel = start
    let together =
      [start.elbo(table).value] + (0..<12).map { _ in parallel.updateInParallel(table).elbo }
    return Drawing.curve(
      "Two bits that agree with probability .98: the ELBO of mean field",
      [.init("one factor at a time", ledger), .init("all factors at once", together)],
      levels: [("log p(x)", 0)], axis: "updates",
      caption: """
        The same start. One at a time the bound climbs into a well and stays below log p(x) by \
        what the product cannot say; all at once the bits change places for ever.
        """)
  }

  /// What is left of two bits that agree more and more often.
  static let correlationTable: @Sendable (RunContext) throws -> Table = { _ in
    let rows = try [0.5, 0.7, 0.8, 0.85, 0.9, 0.98].map { agree -> [Table.Cell] in
      // Asymmetric: the ones are a little more common than the zeros.
      var bits = TwoBits()
      bits.joint = [[0.45 * agree, 0.5 * (1 - agree)], [0.5 * (1 - agree), 0.55 * agree]]
      let total = bits.flat.reduce(0, +)
      bits.joint = bits.joint.map { $0.map { $0 / total } }
      let p = bits.posterior
      let (first, second) = (p[2] + p[3], p[1] + p[3])
      let covariance = Approximations().covariance(bits.joint)
      let best = try Approximations().exclusiveFit(bits)
      let gap = kullbackLeibler(of: product(best), from: p)
      return [
        .number(agree, digits: 3),
        .number(covariance / sqrt(first * (1 - first) * second * (1 - second)), digits: 3),
        .number(first, digits: 4), .number(best[0], digits: 4),
        .number(gap, digits: 4),
      ]
    }
    return Table(
      title: "Two bits that agree with a given probability (weights .45 and .55 of 00 and 11)",
      columns: ["agree", "correlation", "P(h₁=1)", "q(h₁=1)", "gap KL(q‖p)"], rows: rows,
      note: """
        Exact, and the best of five climbs. The correlation of q is 0 in every row; from some \
        strength on the marginal goes with it.
        """)
  }
}
