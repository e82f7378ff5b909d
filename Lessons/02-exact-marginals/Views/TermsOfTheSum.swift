import Exact
import GSL
import LessonKit

/// Terms of the sum as it is written, and of the sum as it is organised.
func termsOfTheSum(_ context: RunContext) throws -> Table {
  let equalFactors = [Double](repeating: 1, count: 12)
  let bracketings = Double(catalan(19))
  return Table(
    title: "Terms of the sum: as written, and as organised",
    columns: ["model", "as written", "formula", "organised", "formula"],
    rows: [
      terms("mixture, N=100, K=3", pow(3, 100), "K^N", 300, "N K"),
      terms("12 equal switches", 4096, "2^D", Double(distinctSums(of: equalFactors)), "D + 1"),
      terms("chain, T=20, K=40", pow(40, 20), "K^T", 40 + 19 * 40 * 40, "K + (T−1) K²"),
      terms("grammar, 20 words", bracketings, "bracketings", 20 * 399 / 6, "splits of spans"),
      terms("trees over 20 words", pow(21, 19), "(n+1)^(n−1)", (8000 - 20) / 3, "(n³ − n)/3"),
    ],
    note:
      "The grammar has one rule and one symbol; more of them raise both counts. The last number "
      + "counts the multiplications of a determinant. Weights that double leave the 12 switches "
      + "with all 4096 terms.")
}

private func terms(
  _ model: String, _ written: Double, _ writtenAs: String, _ organised: Double,
  _ organisedAs: String
) -> [Table.Cell] {
  [
    .text(model), .exact(written, digits: 4), .text(writtenAs), .exact(organised, digits: 4),
    .text(organisedAs),
  ]
}
