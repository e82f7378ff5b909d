public import Kernels
public import Models

/// Documents as counts of every word.
public struct WordCounts: Sendable, Equatable {
  /// x, a row for every document and a column for every word.
  public let counts: Grid
  /// n, the number of words of every document.
  public let lengths: [Double]

  /// The largest table that is kept: 2 GB.
  static let mostEntries = 1 << 28

  /// The number of documents.
  public var documentCount: Int { lengths.count }

  /// Counts the words of documents over V words.
  public init(_ documents: [[Int]], vocabulary: Int) throws(ModelError) {
    guard vocabulary > 0 else {
      throw ModelError("bias", "expected at least one word, found none")
    }
    let (entries, overflow) = documents.count.multipliedReportingOverflow(by: vocabulary)
    guard !overflow, entries <= WordCounts.mostEntries else {
      throw ModelError(
        "observations",
        "expected at most \(WordCounts.mostEntries) entries of documents times words, found "
          + "\(documents.count) times \(vocabulary)")
    }
    var counts = [Double](repeating: 0, count: documents.count * vocabulary)
    for (document, words) in documents.enumerated() {
      for (place, word) in words.enumerated() {
        guard word >= 0, word < vocabulary else {
          throw ModelError(
            "observations[\(document)][\(place)]",
            "expected an index from 0 to \(vocabulary - 1), found \(word)")
        }
        counts[document * vocabulary + word] += 1
      }
    }
    self.counts = Grid(rows: documents.count, columns: vocabulary, counts)
    lengths = documents.map { Double($0.count) }
  }
}
