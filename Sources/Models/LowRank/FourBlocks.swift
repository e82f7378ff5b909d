public import Networks

/// A matrix cut in four by the rows and the columns of a block that is held out.
///
/// ```
/// X = [ A  B ]     A is held out; B shares its rows, C its columns, D neither.
///     [ C  D ]
/// ```
public struct FourBlocks: Sendable, Equatable {
  /// What is held out.
  public let a: Matrix
  /// The rest of its rows.
  public let b: Matrix
  /// The rest of its columns.
  public let c: Matrix
  /// All the rest.
  public let d: Matrix

  /// A matrix without the block of these rows and columns, some of each and not all.
  public init(of x: Matrix, rows: [Int], columns: [Int]) throws(ModelError) {
    try Self.validate("rows", rows, below: x.rows)
    try Self.validate("columns", columns, below: x.columns)
    let otherRows = (0..<x.rows).filter { !rows.contains($0) }
    let otherColumns = (0..<x.columns).filter { !columns.contains($0) }
    func block(_ rows: [Int], _ columns: [Int]) -> Matrix {
      Matrix(
        rows: rows.count, columns: columns.count,
        rows.flatMap { i in columns.map { x[i, $0] } })
    }
    a = block(rows, columns)
    b = block(rows, otherColumns)
    c = block(otherRows, columns)
    d = block(otherRows, otherColumns)
  }

  private static func validate(
    _ place: String, _ held: [Int], below count: Int
  ) throws(ModelError) {
    try Validate.notEmpty(place, held.count)
    for (position, index) in held.enumerated() {
      try Validate.index("\(place)[\(position)]", index, below: count)
    }
    guard Set(held).count < count else {
      throw ModelError(place, "expected fewer than \(count), or nothing is left to predict from")
    }
  }
}
