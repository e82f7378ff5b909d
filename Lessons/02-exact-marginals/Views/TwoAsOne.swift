import Exact
import GSL
import LessonKit
import Models
import Probability

extension Page {
  /// A mixture of two Poisson laws beside the best single one.
  static let twoAsOne: @Sendable (RunContext) throws -> Picture = { _ in
    let mixture = PoissonMixture.twoRates
    let moments = MixtureMoments(of: mixture)
    let single = try PoissonMixture(weights: [1], rates: [moments.mean])
    let best = single.exactTable(below: 17)
    var bars: [Drawing.Bar] = []
    for (count, probability) in mixture.exactTable(below: 17).enumerated() {
      let note = "Poisson(4.8): " + Format.fixed(best[count], decimals: 4)
      bars.append((label: "y = \(count)", value: probability, note: note))
    }
    let ratio = Format.short(moments.variance / moments.mean)
    let caption: String =
      "Mean 4.8, variance \(Format.short(moments.variance)): \(ratio) times a Poisson law's. "
      + "The single law has its peak on the way to the mixture's dip."
    return Drawing.bars(
      "p(y) = .6 Poisson(2) + .4 Poisson(9), and the best single Poisson law (exact)", bars,
      caption: caption)
  }

  /// Which of three components claims a count.
  static let claimsOnCounts: @Sendable (RunContext) throws -> Picture = { _ in
    let counts = Array(0...16)
    let found = counts.map { MixturePosterior(of: PoissonMixture.threeRates, $0) }
    let rows: [[Double]] = (0...2).map { k in found.map { $0.responsibilities?[k] ?? 0 } }
    let panel = Drawing.Panel(
      "", rows: ["rate 2", "rate 6", "rate 12"], columns: counts.map { "\($0)" }, values: rows)
    return Drawing.grid(
      "p(z | y) for .3 Poisson(2), .5 Poisson(6), .2 Poisson(12) (exact)", [panel],
      caption: "The borders lie between 3 and 4 and between 9 and 10; columns sum to one.")
  }

  /// Three things that a weighted average of components could mean.
  static let threeAverages: @Sendable (RunContext) throws -> Table = { _ in
    let moments = MixtureMoments(of: PoissonMixture.twoRates)
    let averaged = MixingLaws().varianceOfAverage(PoissonMixture.twoRates)
    func row(_ name: String, _ variance: Double, _ place: String) -> [Table.Cell] {
      let cells: [Table.Cell] = [
        .text(name), .number(moments.mean, digits: 4), .number(variance, digits: 4),
        .number(variance / moments.mean, digits: 3), .text(place),
      ]
      return cells
    }
    return Table(
      title: "Three averages of Poisson(2) and Poisson(9) with weights .6 and .4",
      columns: ["what is averaged", "mean", "variance", "ratio", "values"],
      rows: [
        row("laws (the mixture)", moments.variance, "counts"),
        row("rates", moments.mean, "counts"),
        row("draws", averaged, "multiples of 1/5"),
      ],
      note: "All exact. The means agree, so a test of means cannot tell them apart.")
  }

  /// Terms of the sum as it is written, and of the sum as it is organised.
  static let termsVisited: @Sendable (RunContext) throws -> Table = { _ in
    let equalFactors = [Double](repeating: 1, count: 12)
    var bracketings = 1.0
    for n in 1..<20 { bracketings *= Double(4 * n - 2) / Double(n + 1) }
    let chain: Double = 40.0 + 19.0 * 1600.0
    let splits: Double = 20.0 * 399.0 / 6.0
    let elimination: Double = 8000.0 / 3.0
    return Table(
      title: "Terms of the sum: as written, and as organised",
      columns: ["model", "as written", "", "as organised", ""],
      rows: [
        terms("mixture, N=100, K=3", pow(3, 100), "K^N", 300, "N K"),
        terms("12 equal factors", 4096, "2^D", Double(distinctSums(of: equalFactors)), "D + 1"),
        terms("chain, T=20, K=40", pow(40, 20), "K^T", chain, "K + (T−1) K²"),
        terms("grammar, 20 words", bracketings, "bracketings", splits, "splits of spans"),
        terms("trees over 20 words", pow(21, 19), "(n+1)^(n−1)", elimination, "about n³/3"),
      ],
      note:
        "Counts by formula; one rule and one label for the grammar, more of them raise both counts. "
        + "General weights leave the 12 factors with all 4096 terms.")
  }

  private static func terms(
    _ model: String, _ written: Double, _ how: String, _ organised: Double, _ better: String
  ) -> [Table.Cell] {
    [
      Table.Cell.text(model), Table.Cell.number(written, digits: 4), Table.Cell.text(how),
      Table.Cell.number(organised, digits: 4), Table.Cell.text(better),
    ]
  }
}
