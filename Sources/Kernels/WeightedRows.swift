internal import CKernels

/// A block of rows of numbers, each with a weight, whose sums are taken all at once.
///
/// ```
/// Σ w v     Σ w |v|     min v     max v     m = Σ w v / Σ w     Σ w (v − m)(v − m)ᵀ
/// ```
/// The first sum is compensated from block to block; the last two are of the block alone.
public struct WeightedRows: Sendable {
  /// The length of a row.
  public let columns: Int
  /// The number of rows in the block.
  public private(set) var count = 0
  /// Σ w of the block.
  public private(set) var weight = 0.0
  /// Sums over all blocks, then those of the last one.
  private var sums: [Double]
  private var about: [Double] = []
  private let width: Int
  private var values: [Double] = []
  private var weights: [Double] = []
  private var scratch: [Double] = []
  /// What combinations are made of: S rows of the table with a factor each.
  private var table: RowTable?
  private var rowsOfTable = 0
  private var samples = 0
  private var rows: [Int] = []
  private var factors: [Double] = []
  /// How many rows of the block hold their values.
  private var made = 0

  /// How many rows a block has at most.
  public static let most = 256

  /// No rows yet.
  public init(columns: Int) {
    self.columns = columns
    width = (columns + 7) / 8 * 8
    sums = [Double](repeating: 0, count: 5 * width)
    for i in 0..<width { (sums[3 * width + i], sums[4 * width + i]) = (.infinity, -.infinity) }
  }

  /// Whether no row fits in any more.
  public var isFull: Bool { count == Self.most }

  /// Adds a row of a positive weight; what does not fit is left out.
  public mutating func append(_ row: [Double], weight: Double) {
    guard row.count == columns else { return }
    makeCombinations()
    guard let start = place(for: weight) else { return }
    for i in 0..<columns { values[start + i] = row[i] }
    made = count
  }

  /// Says what the rows of `append(combining:)` are made of from now on.
  public mutating func combine(rowsOf table: RowTable) {
    makeCombinations()
    guard table.columns == columns else { return }
    self.table = table
    rowsOfTable = table.count
  }

  /// Adds a row that is a mean over samples; what does not fit is left out.
  ///
  /// It is `(1/S) Σ_s (factor_s − c) row_s + known`, component by component, made when the block is summed.
  public mutating func append(combining rows: [Int], factors: [Double], weight: Double) {
    guard factors.count == rows.count, !isFull else { return }
    if rows.count != samples { makeCombinations(of: rows.count) }
    let (samples, first, rowsOfTable) = (samples, count * samples, rowsOfTable)
    do {
      var places = self.rows.mutableSpan
      for s in 0..<samples {
        guard rows[s] >= 0, rows[s] < rowsOfTable else { return }
        places[first + s] = rows[s]
      }
    }
    var numbers = self.factors.mutableSpan
    for s in 0..<samples { numbers[first + s] = factors[s] }
    _ = place(for: weight)
  }

  /// Writes the rows that are still to be made, before there are others of so many samples.
  private mutating func makeCombinations(of samples: Int) {
    makeCombinations()
    self.samples = samples
    rows = [Int](repeating: 0, count: Self.most * samples)
    factors = [Double](repeating: 0, count: Self.most * samples)
  }

  /// Writes the rows that are still to be made.
  private mutating func makeCombinations() {
    defer { made = count }
    guard let table, made < count else { return }
    unsafe values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      unsafe kernel_combinations(
        made, count, width, samples, factors, rows, table.rows, table.subtracted, table.known, base)
    }
  }

  /// Where the next row begins; nil where the block is full.
  private mutating func place(for weight: Double) -> Int? {
    guard !isFull else { return nil }
    let start = count * width
    if start == values.count {
      let rows = max(4, min(Self.most, 2 * count))
      values += [Double](repeating: 0, count: rows * width - values.count)
      weights += [Double](repeating: 0, count: rows - weights.count)
    }
    weights[count] = weight
    self.weight += weight
    count += 1
    return start
  }

  /// The row with a number, of a block that was summed.
  public subscript(row: Int) -> [Double] {
    Array(values[row * width..<row * width + columns])
  }

  /// Takes the sums of the block; false where a number of it is not finite.
  public mutating func sum() -> Bool {
    makeCombinations()
    if scratch.isEmpty {
      scratch = [Double](repeating: 0, count: 2 * Int(KERNEL_MOMENT_ROWS) * width)
      about = [Double](repeating: 0, count: (1 + width) * width)
    }
    return unsafe kernel_moments(
      count, width, columns, values, weights, weight, &sums, &about, &scratch) != 0
  }

  /// Empties the block; the sums over all blocks stay.
  public mutating func removeAll() { (count, made, weight) = (0, 0, 0) }

  /// Σ w v over all blocks as a sum and what rounding took from it.
  public func total(_ i: Int) -> (sum: Double, lost: Double) { (sums[i], sums[width + i]) }
  /// Σ w |v| over all blocks.
  public func magnitude(_ i: Int) -> Double { sums[2 * width + i] }
  /// The least v of all blocks.
  public func smallest(_ i: Int) -> Double { sums[3 * width + i] }
  /// The largest v of all blocks.
  public func largest(_ i: Int) -> Double { sums[4 * width + i] }
  /// m of the last block.
  public func mean(_ i: Int) -> Double { about[i] }
  /// Σ w (v − m)_i (v − m)_j of the last block.
  public func scatter(_ i: Int, _ j: Int) -> Double {
    about[(1 + max(i, j)) * width + min(i, j)]
  }
}

/// Rows that combinations are made of.
public struct RowTable: Sendable {
  /// The length of a row.
  public let columns: Int
  /// The number of rows.
  public let count: Int
  fileprivate let rows: [Double]
  private let given: [Double]?
  fileprivate var known: [Double]
  private var divisor = 1.0
  fileprivate var subtracted: [Double]

  /// A table of rows of the same length, and what is added to every combination.
  public init?(_ rows: [[Double]], plus known: [Double]? = nil) {
    guard let columns = rows.first?.count, rows.allSatisfy({ $0.count == columns }),
      known == nil || known?.count == columns
    else { return nil }
    let padding = [Double](repeating: 0, count: (columns + 7) / 8 * 8 - columns)
    (self.columns, count) = (columns, rows.count)
    self.rows = rows.flatMap { $0 + padding }
    given = known
    self.known = (known ?? [Double](repeating: 0, count: columns)) + padding
    subtracted = [Double](repeating: 0, count: columns) + padding
  }

  /// Sets c, what is subtracted from the factors of each column, and what divides the known part; tells
  /// whether combinations are others then.
  public mutating func subtract(_ numbers: [Double]?, knownOver divisor: Double) -> Bool {
    var isOther = false
    if let numbers {
      for i in 0..<min(columns, numbers.count) where subtracted[i] != numbers[i] {
        (subtracted[i], isOther) = (numbers[i], true)
      }
    }
    guard divisor != self.divisor, let given else { return isOther }
    self.divisor = divisor
    for i in 0..<columns { known[i] = given[i] / divisor }
    return true
  }
}
