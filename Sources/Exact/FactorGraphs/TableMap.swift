/// Where the cells of a table lie in a smaller one, over some of its variables.
///
/// ```
/// place(outer · n + inner) = outer places[outer] + inner places[inner],     0 ≤ inner < n
/// ```
/// The place of a cell is a sum over its variables, so two short lists say all places of a long table.
struct TableMap: Sendable {
  /// The places of all settings of the first variables, the last ones being 0.
  let outer: [Int]
  /// The places of all settings of the last variables, the first ones being 0.
  let inner: [Int]

  /// How many settings the list of the last variables may have, if it has more than one variable.
  private static let longestInner = 1024

  /// - Parameters:
  ///   - variables: those of the table, the last fastest.
  ///   - scope: those of the smaller table, the last fastest.
  ///   - cardinalities: the number of values of each variable.
  ///   - wider: the number of values of each variable in the smaller table, if it has more of them.
  init(
    from variables: [Int], to scope: [Int], _ cardinalities: [Int], wider: [Int]? = nil
  ) {
    var strides: [Int: Int] = [:]
    var cells = 1
    for variable in scope.reversed() {
      strides[variable] = cells
      cells *= (wider ?? cardinalities)[variable]
    }
    var (inner, outer) = ([0], [0])
    var isInner = true
    for variable in variables.reversed() {
      let values = (0..<cardinalities[variable]).map { $0 * (strides[variable] ?? 0) }
      if isInner, inner.count > 1, inner.count * values.count > TableMap.longestInner {
        isInner = false
      }
      if isInner {
        inner = values.flatMap { value in inner.map { value + $0 } }
      } else {
        outer = values.flatMap { value in outer.map { value + $0 } }
      }
    }
    (self.inner, self.outer) = (inner, outer)
  }

  /// The place of one cell.
  func place(of cell: Int) -> Int { outer[cell / inner.count] + inner[cell % inner.count] }
}

extension [Int] {
  /// The values of the variables of a table at one of its cells, the last variable fastest.
  func values(at cell: Int, _ cardinalities: [Int]) -> [(variable: Int, value: Int)] {
    var rest = cell
    return reversed().map { variable in
      defer { rest /= cardinalities[variable] }
      return (variable, rest % cardinalities[variable])
    }
  }
}

// MARK: Tables of numbers

extension Array where Element: TableWeight {
  /// Multiplies each cell by its cell of a smaller table, whose cells begin at a place of it.
  ///
  /// - Returns: whether no digit was lost.
  mutating func multiply(by other: [Element], _ map: TableMap, from first: Int = 0) -> Bool {
    var (cell, isWhole) = (0, true)
    for outer in map.outer {
      let start = first + outer
      for place in map.inner {
        let (one, factor) = (self[cell], other[start + place])
        let product = one * factor
        if product.isTiny, !one.isZero, !factor.isZero { isWhole = false }
        self[cell] = product
        cell += 1
      }
    }
    return isWhole
  }

  /// Sets what lies elsewhere than at one cell of a smaller table to zero.
  mutating func keep(_ kept: Int, _ map: TableMap) {
    var cell = 0
    for start in map.outer {
      for place in map.inner {
        if start + place != kept { self[cell] = .zero }
        cell += 1
      }
    }
  }

  /// The sums of the cells that have the same cell in a smaller table of so many cells, in which they
  /// begin at a place.
  func summed(to count: Int, _ map: TableMap, from first: Int = 0) -> [Element] {
    var (cell, sums) = (0, [Element](repeating: .zero, count: count))
    for outer in map.outer {
      let start = first + outer
      for place in map.inner {
        sums[start + place] = sums[start + place] + self[cell]
        cell += 1
      }
    }
    return sums
  }

  /// The sums of so many blocks of cells, one after the other.
  func blockSums(_ count: Int) -> [Element] {
    let size = self.count / count
    return (0..<count).map { block in
      var sum = Element.zero
      for cell in block * size..<(block + 1) * size { sum = sum + self[cell] }
      return sum
    }
  }

  /// The place in its block of the largest cell of each of so many blocks, the first of equal ones.
  func blockPeaks(_ count: Int) -> [Int] {
    let size = self.count / count
    return (0..<count).map { block in
      (1..<Swift.max(1, size)).reduce(0) {
        self[block * size + $0] < self[block * size + $1] ? $1 : $0
      }
    }
  }

  /// The power of two by which the largest cell is divided, so that none is far above one.
  mutating func scaleDown() -> Int {
    guard var largest = first else { return 0 }
    for cell in self where largest < cell { largest = cell }
    let power = largest.binaryExponent
    guard power != 0 else { return 0 }
    for cell in indices { self[cell] = self[cell].scaled(byPowerOfTwo: -power) }
    return power
  }
}
