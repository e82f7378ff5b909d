import Probability

extension DiscreteChoicesProtocol where Self: ~Copyable {
  /// A list of rows of numbers between two bounds.
  mutating func table(
    rows: Int, columns: Int, within bound: Double
  ) throws(ChoiceError) -> [[Double]] {
    var table: [[Double]] = []
    for _ in 0..<rows { table.append(try reals(columns, from: -bound, to: bound)) }
    return table
  }

  /// G·Gᵀ + floor·1 with G of `rank` columns: singular where the floor is 0 and the rank too small.
  mutating func covariance(
    dimension: Int, rank: Int, floor: Double
  ) throws(ChoiceError) -> [[Double]] {
    let factor = try table(rows: dimension, columns: rank, within: 1)
    return (0..<dimension).map { i in
      (0..<dimension).map { j in dot(factor[i], factor[j]) + (i == j ? floor : 0) }
    }
  }
}
