extension Validate {
  /// A table of finite numbers.
  static func finiteTable(
    _ place: String, _ table: [[Double]], rows: Int, columns: Int
  ) throws(ModelError) {
    try count(place, table.count, expected: rows)
    for (index, row) in table.enumerated() {
      try count("\(place)[\(index)]", row.count, expected: columns)
      try finite("\(place)[\(index)]", row)
    }
  }

  /// A table whose rows are distributions over the same outcomes.
  static func conditional(
    _ place: String, _ table: [[Double]], rows: Int, columns: Int
  ) throws(ModelError) {
    try count(place, table.count, expected: rows)
    for (index, row) in table.enumerated() {
      try count("\(place)[\(index)]", row.count, expected: columns)
      try distribution("\(place)[\(index)]", row)
    }
  }
}
