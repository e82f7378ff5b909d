import GSL
public import Probability

extension NormalInverseWishart {
  /// A prior in as many dimensions as its mean has.
  public init(
    mean: [Double], kappa: Double, dof: Double, scale: [[Double]]
  ) throws(ModelError) {
    try Validate.notEmpty("mean", mean.count)
    try Validate.finite("mean", mean)
    guard kappa > 0, kappa.isFinite else {
      throw ModelError("kappa", "expected a positive number, found \(kappa)")
    }
    guard dof > Double(mean.count - 1), dof.isFinite else {
      throw ModelError("dof", "expected a number above \(mean.count - 1), found \(dof)")
    }
    self.init(
      checkedMean: mean, kappa: kappa, dof: dof,
      scale: try Self.symmetrised(scale, dimension: mean.count))
    // Scaled to a diagonal near one, so that no product leaves the range of doubles.
    let scales = scale.indices.map { 0.5 * log2(scale[$0][$0]) }.map { exp2(-floor($0)) }
    var entries: [DoubleDouble] = []
    for i in scale.indices {
      for j in scale.indices {
        entries.append(DoubleDouble(self.scale[i][j] * scales[i] * scales[j]))
      }
    }
    guard LinearAlgebra.DoubledFactor(order: mean.count, entries) != nil else {
      throw ModelError("scale", "expected a positive definite matrix")
    }
  }

  /// The mean of rows and columns, which rounding may have set apart by a part in 10^9, no more.
  private static func symmetrised(
    _ rows: [[Double]], dimension: Int
  ) throws(ModelError) -> [[Double]] {
    try Validate.count("scale", rows.count, expected: dimension)
    for (i, row) in rows.enumerated() {
      try Validate.count("scale[\(i)]", row.count, expected: dimension)
      try Validate.finite("scale[\(i)]", row)
      guard row[i] > 0 else {
        throw ModelError("scale[\(i)][\(i)]", "expected a positive number, found \(row[i])")
      }
      for j in 0..<i where abs(row[j] - rows[j][i]) > 1e-9 * max(abs(row[j]), abs(rows[j][i])) {
        throw ModelError(
          "scale[\(i)][\(j)]", "expected a symmetric matrix, found \(row[j]) and \(rows[j][i])")
      }
    }
    return rows.indices.map { i in
      rows.indices.map { j in rows[i][j] + (rows[j][i] - rows[i][j]) / 2 }
    }
  }
}
