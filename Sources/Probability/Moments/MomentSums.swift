import GSL
import Kernels

/// Running sums of weighted values: mean, covariance and range.
///
/// Values are gathered in blocks; the moments of a block, taken about its own mean, are added to those
/// before it by the rule for two parts of a sample:
/// ```
/// W ← W + w     m ← m + (w/W) d     S ← S + s + (w/W) (W − w) d dᵀ      with d = m_block − m
/// ```
/// Nothing large is ever subtracted from something large. Reference: Chan, Golub and LeVeque 1979.
struct MomentSums: Sendable {
  private var weight = 0.0
  private var centre: [Double] = []
  /// The lower triangle, row by row.
  private var scatter: [Double] = []
  private var block = WeightedRows(columns: 0)
  private var isEmpty = true
  private var sums: [CompensatedSum] = []
  private var magnitude: [Double] = []
  private var smallest: [Double] = []
  private var largest: [Double] = []

  init() {}

  mutating func add(_ values: [Double], weight: Double) throws(ChoiceError) {
    guard isEmpty || values.count == block.columns else {
      throw .changedItsLength(was: block.columns, now: values.count)
    }
    // What has no weight must be a number all the same.
    guard weight > 0 else { return try requireFinite(values) }
    if isEmpty { (block, isEmpty) = (WeightedRows(columns: values.count), false) }
    block.append(values, weight: weight)
    if block.isFull { try close() }
  }

  /// Says what the rows of `add(combining:)` are made of from now on.
  mutating func combine(rowsOf table: RowTable) {
    if isEmpty { (block, isEmpty) = (WeightedRows(columns: table.columns), false) }
    block.combine(rowsOf: table)
  }

  /// Adds a mean of rows of the table, each with a factor.
  mutating func add(
    combining rows: [Int], factors: [Double], weight: Double
  ) throws(ChoiceError) {
    block.append(combining: rows, factors: factors, weight: weight)
    if block.isFull { try close() }
  }

  private func requireFinite(_ values: [Double]) throws(ChoiceError) {
    for (component, value) in values.enumerated() where !value.isFinite {
      throw .notFinite(component: component, value: value)
    }
  }

  /// Adds the block to the blocks before it.
  private mutating func close() throws(ChoiceError) {
    guard block.count > 0 else { return }
    guard block.sum() else {
      for row in 0..<block.count { try requireFinite(block[row]) }
      return
    }
    if centre.isEmpty {
      centre = [Double](repeating: 0, count: block.columns)
      scatter = [Double](repeating: 0, count: block.columns * (block.columns + 1) / 2)
    }
    let summed = block
    merge(summed.weight, mean: summed.mean) { summed.scatter($0, $1) }
    block.removeAll()
  }

  private mutating func merge(
    _ added: Double, mean: (Int) -> Double, scatter other: (Int, Int) -> Double
  ) {
    let before = weight
    weight += added
    let share = added / weight
    let departures = centre.indices.map { mean($0) - centre[$0] }
    var cell = 0
    for i in centre.indices {
      centre[i] += share * departures[i]
      for j in 0...i {
        scatter[cell] += other(i, j) + share * before * departures[i] * departures[j]
        cell += 1
      }
    }
  }

  /// Adds what others have gathered, as if their values came behind these.
  mutating func add(_ others: MomentSums) throws(ChoiceError) {
    var others = others
    try close()
    try others.settle()
    guard !others.isEmpty else { return }
    guard !isEmpty else { return self = others }
    guard others.centre.count == centre.count else {
      throw .changedItsLength(was: centre.count, now: others.centre.count)
    }
    try settle()
    merge(others.weight, mean: { others.centre[$0] }) { others.scatter[$0 * ($0 + 1) / 2 + $1] }
    for i in centre.indices {
      sums[i].add(others.sums[i])
      magnitude[i] += others.magnitude[i]
      smallest[i] = min(smallest[i], others.smallest[i])
      largest[i] = max(largest[i], others.largest[i])
    }
  }

  /// Takes the sums out of the block.
  mutating func settle() throws(ChoiceError) {
    try close()
    guard !isEmpty, sums.isEmpty else { return }
    let columns = 0..<block.columns
    sums = columns.map { i in
      var sum = CompensatedSum()
      sum.add(block.total(i).sum)
      sum.add(block.total(i).lost)
      return sum
    }
    magnitude = columns.map(block.magnitude)
    smallest = columns.map(block.smallest)
    largest = columns.map(block.largest)
  }

  /// Σ w g, component by component.
  var mean: [Double] { sums.map(\.value) }

  /// Σ w (g − m)(g − m)ᵀ for weights that add up to one.
  var covariance: [[Double]] {
    centre.indices.map { i in
      centre.indices.map { j in
        let (row, column) = (max(i, j), min(i, j))
        return scatter[row * (row + 1) / 2 + column]
      }
    }
  }

  func moments(_ coverage: Coverage) throws(ChoiceError) -> ExactMoments {
    var settled = self
    try settled.settle()
    // A probability is a product of `depth` factors and a value is weighted and added once.
    let bound = Double(coverage.depth + 4) * Double.ulpOfOne
    return ExactMoments(
      mean: settled.mean, covariance: settled.covariance,
      meanBound: settled.magnitude.map { $0 * bound },
      smallest: settled.smallest, largest: settled.largest, magnitude: settled.magnitude,
      coverage: coverage)
  }
}

extension MomentSums {
  /// The number of columns, then all sums; of sums that are settled.
  var numbers: [Double] {
    guard !sums.isEmpty else { return [0] }
    let totals = sums.flatMap { [$0.plain, $0.compensation] }
    return [Double(sums.count), weight] + centre + scatter + totals + magnitude + smallest + largest
  }

  init?(numbers: some Collection<Double>) {
    self.init()
    var rest = Array(numbers)[...]
    guard let first = rest.popFirst(), let columns = Int(exactly: first), columns >= 0,
      columns < 1 << 16
    else { return nil }
    let cells = columns * (columns + 1) / 2
    guard rest.count == (columns == 0 ? 0 : 1 + 6 * columns + cells) else { return nil }
    guard let weight = rest.popFirst() else { return }
    func take(_ count: Int) -> [Double] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    (block, isEmpty, self.weight) = (WeightedRows(columns: columns), false, weight)
    (centre, scatter) = (take(columns), take(cells))
    let totals = take(2 * columns)
    sums = (0..<columns).map {
      CompensatedSum(plain: totals[2 * $0], compensation: totals[2 * $0 + 1])
    }
    (magnitude, smallest, largest) = (take(columns), take(columns), take(columns))
  }
}
