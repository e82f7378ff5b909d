extension Validate {
  /// A table of finite numbers.
  static func finiteTable(
    _ place: String, _ table: [[Double]], rows: Int, columns: Int
  ) throws(ModelError) {
    try each(place, table, rows: rows, columns: columns, finite)
  }

  /// A table whose rows are distributions over the same outcomes.
  static func conditional(
    _ place: String, _ table: [[Double]], rows: Int, columns: Int
  ) throws(ModelError) {
    try each(place, table, rows: rows, columns: columns, distribution)
  }

  /// A table of this size, each of whose rows is valid.
  private static func each(
    _ place: String, _ table: [[Double]], rows: Int, columns: Int,
    _ validate: (_ place: String, _ row: [Double]) throws(ModelError) -> Void
  ) throws(ModelError) {
    try count(place, table.count, expected: rows)
    for (index, row) in table.enumerated() {
      try count("\(place)[\(index)]", row.count, expected: columns)
      try validate("\(place)[\(index)]", row)
    }
  }
}
