internal import CKernels

// What is done to every row of a grid on its own, and sums.

extension Grid {
  /// Becomes the softmax of every row of finite scores; `normalisers` log Σ exp of every row.
  public mutating func setSoftmax(of scores: Grid, normalisers: inout [Double]) {
    precondition(
      hasShape(of: scores) && columns > 0 && normalisers.count == rows, "Grid.setSoftmax: shape")
    unsafe kernel_softmax_rows(rows, columns, scores.numbers, &numbers, &normalisers)
  }

  /// Becomes sigmoid of every logit; `softplusSums` Σ log(1 + exp) of every row.
  public mutating func setSigmoid(of logits: Grid, softplusSums: inout [Double]) {
    precondition(hasShape(of: logits) && softplusSums.count == rows, "Grid.setSigmoid: shape")
    unsafe kernel_logistic_rows(rows, columns, logits.numbers, &numbers, &softplusSums)
  }

  /// Row i becomes a_i x_i + b_i y_i.
  public mutating func setCombination(_ a: [Double], _ x: Grid, _ b: [Double], _ y: Grid) {
    precondition(
      hasShape(of: x) && hasShape(of: y) && a.count == rows && b.count == rows,
      "Grid.setCombination: shape")
    unsafe kernel_combined_rows(rows, columns, a, x.numbers, b, y.numbers, &numbers)
  }

  /// Writes the inner product of each row with the same row of another grid.
  public func rowProducts(with other: Grid, into products: inout [Double]) {
    precondition(hasShape(of: other) && products.count == rows, "Grid.rowProducts: shape")
    unsafe kernel_row_products(rows, columns, numbers, other.numbers, columns, &products)
  }

  /// Writes the inner product of each row with one list.
  public func rowProducts(with list: [Double], into products: inout [Double]) {
    precondition(list.count == columns && products.count == rows, "Grid.rowProducts: shape")
    unsafe kernel_row_products(rows, columns, numbers, list, 0, &products)
  }

  /// Writes the sum of each column.
  public func columnSums(into sums: inout [Double]) {
    precondition(sums.count == columns, "Grid.columnSums: shape")
    unsafe kernel_column_sums(rows, columns, numbers, &sums)
  }

  private func hasShape(of other: Grid) -> Bool { rows == other.rows && columns == other.columns }
}
