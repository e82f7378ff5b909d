import GSL
import Kernels
import Testing

/// Numbers between −4 and 4 from a seeded generator.
private func numbers(_ count: Int, seed: UInt64) throws -> [Double] {
  var generator = try Generator(seed: seed)
  var list: [Double] = []
  for _ in 0..<count { list.append(8 * generator.uniform() - 4) }
  return list
}

private func grid(_ rows: Int, _ columns: Int, seed: UInt64) throws -> Grid {
  Grid(rows: rows, columns: columns, try numbers(rows * columns, seed: seed))
}

/// Sizes that fill blocks and vectors exactly, that leave one over, and that are empty.
private let sizes = [(8, 16, 5), (9, 17, 3), (1, 1, 1), (7, 40, 0), (17, 9, 33), (3, 7, 64)]

@Suite("Grids: products and rows")
struct GridTests {
  /// Catches: rows or columns behind the last whole block, a wrong stride, a start that is left out.
  @Test(
    "A product is the sum of products, transposed or not, with a shift or without", arguments: sizes
  )
  func products(rows: Int, columns: Int, steps: Int) throws {
    let left = try grid(rows, steps, seed: 1)
    let right = try grid(steps, columns, seed: 2)
    let shift = try numbers(columns, seed: 3)
    var transposed = Grid(rows: steps, columns: rows)
    transposed.setTransposed(of: left)
    var (plain, shifted, turned) = (
      try grid(rows, columns, seed: 4), Grid(rows: rows, columns: columns),
      try grid(rows, columns, seed: 5)
    )
    plain.setProduct(left, right)
    shifted.setProduct(left, right, plus: shift)
    turned.setProduct(transposing: transposed, right)
    for i in 0..<rows {
      for j in 0..<columns {
        let terms = (0..<steps).map { left[i, $0] * right[$0, j] }
        let (sum, size) = (terms.reduce(0, +), terms.reduce(0) { $0 + abs($1) })
        let slack = Double(steps + 2) * Double.ulpOfOne * (size + abs(shift[j]))
        #expect(abs(plain[i, j] - sum) <= slack)
        #expect(abs(shifted[i, j] - sum - shift[j]) <= slack)
        #expect(plain[i, j] == turned[i, j])
      }
    }
  }

  /// Catches: a partial vector that adds to the sum, a largest score that is not subtracted.
  @Test(
    "Softmax and its normaliser, at scores that no exponential holds",
    arguments: [1, 7, 8, 9, 64, 65])
  func softmax(columns: Int) throws {
    var scores = try grid(5, columns, seed: 6)
    scores.withNumbers { list in
      for i in 0..<columns { list[columns + i] += 5000 }
      for i in 0..<columns { list[2 * columns + i] -= 5000 }
      list[3 * columns] = 900
      list[5 * columns - 1] = 900
    }
    var shares = Grid(rows: 5, columns: columns)
    var normalisers = [Double](repeating: 0, count: 5)
    shares.setSoftmax(of: scores, normalisers: &normalisers)
    for i in 0..<5 {
      let row = (0..<columns).map { scores[i, $0] }
      let normaliser = logSumExp(row)
      let slack = 8 * Double.ulpOfOne * max(1, abs(normaliser))
      #expect(abs(normalisers[i] - normaliser) <= slack)
      for (j, score) in row.enumerated() {
        let share = exp(score - normaliser)
        #expect(abs(shares[i, j] - share) <= slack + Double(columns) * Double.ulpOfOne * share)
      }
    }
  }

  /// Catches: exp that overflows on one side, digits of log(1 + u) lost where u is small.
  @Test("Sigmoid and softplus keep their digits in both tails", arguments: [1, 8, 13, 16])
  func logistic(columns: Int) throws {
    let list = (0..<6 * columns).map { Double($0 - 3 * columns) * 240 / Double(columns) }
    let logits = Grid(rows: 6, columns: columns, list)
    var probabilities = Grid(rows: 6, columns: columns)
    var sums = [Double](repeating: 0, count: 6)
    probabilities.setSigmoid(of: logits, softplusSums: &sums)
    for (found, logit) in zip(probabilities.numbers, list) {
      #expect(within(4, found, sigmoid(logit)), "\(logit)")
    }
    for i in 0..<6 {
      let sum = (0..<columns).reduce(0) { $0 + softplus(logits[i, $1]) }
      #expect(abs(sums[i] - sum) <= Double(columns + 4) * Double.ulpOfOne * sum)
    }
  }

  @Test(
    "Sums, inner products and combinations of rows", arguments: [(1, 1), (3, 8), (5, 19), (32, 64)])
  func rowsAndSums(rows: Int, columns: Int) throws {
    let (x, y) = (try grid(rows, columns, seed: 7), try grid(rows, columns, seed: 8))
    let (a, b) = (try numbers(rows, seed: 9), try numbers(rows, seed: 10))
    let list = try numbers(columns, seed: 11)
    var (products, withList) = (a, a)
    x.rowProducts(with: y, into: &products)
    x.rowProducts(with: list, into: &withList)
    var sums = list
    x.columnSums(into: &sums)
    var combined = Grid(rows: rows, columns: columns)
    combined.setCombination(a, x, b, y)
    var moved = x
    moved.add(0.5, times: y)
    // Entries are below 4, so that every term is below 16.
    let slack = 16 * Double(rows + columns + 2) * Double.ulpOfOne * Double(max(rows, columns))
    for i in 0..<rows {
      let product = (0..<columns).reduce(0) { $0 + x[i, $1] * y[i, $1] }
      #expect(abs(products[i] - product) <= slack)
      let other = (0..<columns).reduce(0) { $0 + x[i, $1] * list[$1] }
      #expect(abs(withList[i] - other) <= slack)
      for j in 0..<columns {
        #expect(abs(combined[i, j] - (a[i] * x[i, j] + b[i] * y[i, j])) <= slack)
        #expect(abs(moved[i, j] - (x[i, j] + y[i, j] / 2)) <= slack)
      }
    }
    for j in 0..<columns {
      #expect(abs(sums[j] - (0..<rows).reduce(0) { $0 + x[$1, j] }) <= slack)
    }
  }

  @Test("Rows are taken over from a place on, and from the top again behind the end")
  func copying() {
    let source = Grid(rows: 3, columns: 2, [1, 2, 3, 4, 5, 6])
    var copy = Grid(rows: 4, columns: 2)
    copy.copyRows(of: source, from: 2)
    #expect(copy.numbers == [5, 6, 1, 2, 3, 4, 5, 6])
  }

  @Test("Entries that are not as many afterwards become zero")
  func counts() {
    var grid = Grid(rows: 1, columns: 3, [1, 2, 3])
    grid.withNumbers { $0.removeLast() }
    #expect(grid.numbers == [0, 0, 0])
  }

  @Test("What does not fit leaves NaN in everything that it should have written")
  func shapes() {
    let (tall, wide) = (Grid(rows: 2, columns: 1, [1, 2]), Grid(rows: 1, columns: 2, [3, 4]))
    let writes: [(String, (inout Grid, inout [Double]) -> Void)] = [
      ("setProduct", { grid, _ in grid.setProduct(wide, wide) }),
      ("setProduct plus", { grid, _ in grid.setProduct(tall, wide, plus: [1]) }),
      ("setProduct transposing", { grid, _ in grid.setProduct(transposing: tall, wide) }),
      ("setTransposed", { grid, _ in grid.setTransposed(of: tall) }),
      ("setCombination", { grid, _ in grid.setCombination([1, 2], tall, [1, 2], wide) }),
      ("copyRows", { grid, _ in grid.copyRows(of: tall, from: 0) }),
      ("add", { grid, _ in grid.add(2, times: tall) }),
      ("setSoftmax", { grid, list in grid.setSoftmax(of: tall, normalisers: &list) }),
      ("setSigmoid", { grid, list in grid.setSigmoid(of: tall, softplusSums: &list) }),
      ("rowProducts", { grid, list in grid.rowProducts(with: tall, into: &list) }),
      ("rowProducts list", { grid, list in grid.rowProducts(with: [1], into: &list) }),
      ("columnSums", { grid, list in grid.columnSums(into: &list) }),
    ]
    for (name, write) in writes {
      var (grid, list) = (Grid(rows: 2, columns: 2, [1, 2, 3, 4]), [5.0])
      write(&grid, &list)
      let isListWriter = name.hasPrefix("row") || name.hasPrefix("column")
      #expect(isListWriter || grid.numbers.allSatisfy(\.isNaN), "\(name)")
      let isListWritten = isListWriter || name.hasPrefix("setS")
      #expect(!isListWritten || list.allSatisfy(\.isNaN), "\(name)")
      #expect(grid.numbers.count == 4 && list.count == 1, "\(name)")
    }
    #expect(Grid(rows: 2, columns: 1, [1]).numbers.allSatisfy { $0.isNaN })
    #expect(Grid(rows: -1, columns: 2).numbers.isEmpty)
  }
}
