/// A matrix of which some entries are not seen.
public struct SpeckledMatrix: Sendable, Equatable {
  /// All entries, row by row; nobody reads those that are not seen.
  public let entries: [[Double]]
  /// Which are seen.
  public let isSeen: [[Bool]]

  /// A matrix and what is seen of it: something of each row and of each column.
  public init(_ entries: [[Double]], isSeen: [[Bool]]) throws(ModelError) {
    let columns = entries.first?.count ?? 0
    try Validate.notEmpty("entries", columns)
    try Validate.finiteTable("entries", entries, rows: entries.count, columns: columns)
    try Validate.count("isSeen", isSeen.count, expected: entries.count)
    for (i, row) in isSeen.enumerated() {
      try Validate.count("isSeen[\(i)]", row.count, expected: columns)
      guard row.contains(true) else {
        throw ModelError("row \(i)", "expected a seen entry: an unseen row could be anything")
      }
    }
    for j in 0..<columns where !isSeen.contains(where: { $0[j] }) {
      throw ModelError("column \(j)", "expected a seen entry: an unseen column could be anything")
    }
    self.init(checked: entries, isSeen: isSeen)
  }

  private init(checked entries: [[Double]], isSeen: [[Bool]]) {
    self.entries = entries
    self.isSeen = isSeen
  }

  /// Rows as columns.
  public var transposed: SpeckledMatrix {
    let columns = entries[0].indices
    return SpeckledMatrix(
      checked: columns.map { j in entries.map { $0[j] } },
      isSeen: columns.map { j in isSeen.map { $0[j] } })
  }

  /// A matrix with one hole.
  public init(_ entries: [[Double]], holeAt row: Int, _ column: Int) throws(ModelError) {
    try self.init(
      entries,
      isSeen: entries.indices.map { i in
        entries[i].indices.map { j in (i, j) != (row, column) }
      })
  }

  /// A matrix without the entries of one of several diagonal stripes: every row and every column loses some, none all.
  ///
  /// ```
  /// hole:  (j − i) mod stripes = stripe
  /// ```
  public init(
    _ entries: [[Double]], stripe: Int, of stripes: Int
  ) throws(ModelError) {
    try Validate.index("stripe", stripe, below: stripes)
    try self.init(
      entries,
      isSeen: entries.indices.map { i in
        entries[i].indices.map { j in ((j - i) % stripes + stripes) % stripes != stripe }
      })
  }
}
