import GSL
import Probability

extension Validate {
  /// How far from symmetric or from semidefinite a covariance may be, relative to its variances.
  ///
  /// Numbers are often written with ten digits; probabilities are granted as much.
  static let covarianceTolerance = 1e-9

  /// A symmetric matrix without negative variances; what rounding left asymmetric is averaged.
  static func covariance(
    _ place: String, _ rows: [[Double]], dimension: Int
  ) throws(ModelError) -> [[Double]] {
    try finiteTable(place, rows, rows: dimension, columns: dimension)
    for i in 0..<dimension where rows[i][i] < 0 {
      throw ModelError("\(place)[\(i)][\(i)]", "expected a variance, found \(rows[i][i])")
    }
    var symmetric = rows
    for i in 0..<dimension {
      for j in 0..<i where rows[i][j] != rows[j][i] {
        let scale = sqrt(rows[i][i]) * sqrt(rows[j][j])
        guard (rows[i][j] - rows[j][i]).magnitude <= covarianceTolerance * scale else {
          throw ModelError(
            "\(place)[\(i)][\(j)]",
            "expected a symmetric matrix, found \(rows[i][j]) and \(rows[j][i])")
        }
        symmetric[i][j] = rows[i][j] / 2 + rows[j][i] / 2
        symmetric[j][i] = symmetric[i][j]
      }
    }
    return symmetric
  }

  /// A covariance of which no direction has variance zero.
  static func positiveDefinite(
    _ place: String, _ rows: [[Double]], dimension: Int
  ) throws(ModelError) -> [[Double]] {
    let symmetric = try covariance(place, rows, dimension: dimension)
    guard CovarianceFactor(of: symmetric).rank == dimension else {
      throw ModelError(place, "expected a positive definite matrix")
    }
    return symmetric
  }

  /// A covariance that may be singular, or zero.
  static func positiveSemidefinite(
    _ place: String, _ rows: [[Double]], dimension: Int
  ) throws(ModelError) -> [[Double]] {
    let symmetric = try covariance(place, rows, dimension: dimension)
    guard CovarianceFactor(of: symmetric).unexplained <= covarianceTolerance else {
      throw ModelError(place, "expected a positive semidefinite matrix")
    }
    return symmetric
  }
}
