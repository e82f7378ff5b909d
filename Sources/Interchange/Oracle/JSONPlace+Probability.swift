import JSONText
import Models

extension JSONPlace {
  /// The probability vector that stands here: at least one entry, off from a sum of one by no more
  /// than 1e-9; it is not rescaled.
  func distribution(count: Int? = nil) throws(PlaceError) -> [Double] {
    let probabilities = try probabilities(count: count)
    guard !probabilities.isEmpty else { throw error(expected: "at least one probability") }
    guard sumsToOne(probabilities) else {
      throw error(
        "expected probabilities that sum to 1, found a sum of \(probabilities.reduce(0, +))")
    }
    return probabilities
  }

  /// Rows that are probability vectors over the same outcomes.
  func conditionals(rows: Int, columns: Int? = nil) throws(PlaceError) -> [[Double]] {
    var table: [[Double]] = []
    for row in try array(count: rows) {
      table.append(try row.distribution(count: columns ?? table.first?.count))
    }
    return table
  }
}
