internal import CKernels

// What is done to every row of a grid on its own, and sums.

extension Grid {
  /// Becomes the softmax of every row of finite scores; `normalisers` log Σ exp of every row.
  public mutating func setSoftmax(of scores: Grid, normalisers: inout [Double]) {
    let fitting = hasShape(of: scores) && columns > 0 && normalisers.count == rows
    guard fits(fitting, or: &normalisers) else { return }
    unsafe kernel_softmax_rows(rows, columns, scores.numbers, &numbers, &normalisers)
  }

  /// Becomes sigmoid of every logit; `softplusSums` Σ log(1 + exp) of every row.
  public mutating func setSigmoid(of logits: Grid, softplusSums: inout [Double]) {
    let fitting = hasShape(of: logits) && softplusSums.count == rows
    guard fits(fitting, or: &softplusSums) else { return }
    unsafe kernel_logistic_rows(rows, columns, logits.numbers, &numbers, &softplusSums)
  }

  /// Row i becomes a_i x_i + b_i y_i.
  public mutating func setCombination(_ a: [Double], _ x: Grid, _ b: [Double], _ y: Grid) {
    let fitting = hasShape(of: x) && hasShape(of: y) && a.count == rows && b.count == rows
    guard fits(fitting) else { return }
    unsafe kernel_combined_rows(rows, columns, a, x.numbers, b, y.numbers, &numbers)
  }

  /// Writes the inner product of each row with the same row of another grid.
  public func rowProducts(with other: Grid, into products: inout [Double]) {
    guard listFits(hasShape(of: other) && products.count == rows, &products) else { return }
    unsafe kernel_row_products(rows, columns, numbers, other.numbers, columns, &products)
  }

  /// Writes the inner product of each row with one list.
  public func rowProducts(with list: [Double], into products: inout [Double]) {
    guard listFits(list.count == columns && products.count == rows, &products) else { return }
    unsafe kernel_row_products(rows, columns, numbers, list, 0, &products)
  }

  /// Writes the sum of each column.
  public func columnSums(into sums: inout [Double]) {
    guard listFits(sums.count == columns, &sums) else { return }
    unsafe kernel_column_sums(rows, columns, numbers, &sums)
  }

  private func hasShape(of other: Grid) -> Bool { rows == other.rows && columns == other.columns }

  private mutating func fits(_ condition: Bool, or list: inout [Double]) -> Bool {
    let entriesFit = fits(condition)
    return listFits(entriesFit, &list)
  }
}

/// Adds `scale` times one list to another, which becomes NaN if they are not equally long.
package func add(_ scale: Double, times other: [Double], to list: inout [Double]) {
  guard listFits(other.count == list.count, &list) else { return }
  unsafe kernel_add_scaled(list.count, scale, other, &list)
}

/// Whether what is to be written into a list fits it; if not, the list becomes NaN.
private func listFits(_ condition: Bool, _ list: inout [Double]) -> Bool {
  if !condition { list = Array(repeating: .nan, count: list.count) }
  return condition
}
