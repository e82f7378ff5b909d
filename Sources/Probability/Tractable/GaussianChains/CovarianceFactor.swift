import GSL

/// A covariance matrix as what makes it: F with F·Fᵀ = covariance, one column an independent noise.
///
/// Cholesky's factorisation with the largest remaining variance taken first, each relative to the
/// variance it began with, so that the scale of a coordinate does not matter. It ends where
/// nothing but rounding is left: a singular covariance gets fewer columns than rows, and the zero
/// matrix gets none. Reference: Higham 2002, section 10.3.
public struct CovarianceFactor: Sendable, Equatable {
  /// F, a row for every coordinate.
  public let rows: [[Double]]
  /// The coordinate whose remaining variance became each column; it is zero in all later ones.
  public let order: [Int]
  /// The largest covariance that no column explains, relative to the two variances.
  public let unexplained: Double

  /// The number of columns: how many independent noises there are.
  public var rank: Int { order.count }

  /// Factorises a symmetric matrix; one that is no covariance leaves much unexplained.
  public init(of covariance: [[Double]]) {
    let n = covariance.count
    var rows = [[Double]](repeating: [], count: n)
    var order: [Int] = []
    var rest = covariance
    while let pivot = Self.largestShare(rest, of: covariance, outside: order) {
      let deviation = sqrt(rest[pivot][pivot])
      let column = (0..<n).map { order.contains($0) ? 0 : rest[$0][pivot] / deviation }
      for i in 0..<n {
        rows[i].append(column[i])
        for j in 0..<n { rest[i][j] -= column[i] * column[j] }
      }
      order.append(pivot)
    }
    (self.rows, self.order) = (rows, order)
    unexplained = Self.largest(rest, of: covariance, outside: order)
  }

  /// The coordinate that keeps the largest share of its variance; nil where only rounding is left.
  private static func largestShare(
    _ rest: [[Double]], of covariance: [[Double]], outside order: [Int]
  ) -> Int? {
    // What n subtractions may leave behind of a variance of one.
    let rounding = 4 * Double(rest.count) * Double.ulpOfOne
    var best: (coordinate: Int, share: Double)?
    for i in rest.indices where covariance[i][i] > 0 && !order.contains(i) {
      let share = rest[i][i] / covariance[i][i]
      if share > rounding, share > best?.share ?? 0 { best = (i, share) }
    }
    return best?.coordinate
  }

  private static func largest(
    _ rest: [[Double]], of covariance: [[Double]], outside order: [Int]
  ) -> Double {
    let left = covariance.indices.filter { !order.contains($0) }
    var largest = 0.0
    for i in left {
      for j in left where rest[i][j] != 0 {
        let scale = sqrt(covariance[i][i].magnitude) * sqrt(covariance[j][j].magnitude)
        largest = max(largest, rest[i][j].magnitude / scale)
      }
    }
    return largest
  }

  /// F⁻¹·v for a factor of full rank: coordinates in which the covariance is the identity.
  public func whitened(_ vector: [Double]) -> [Double] {
    var white: [Double] = []
    for (column, coordinate) in order.enumerated() {
      let explained = white.indices.reduce(0) { $0 + rows[coordinate][$1] * white[$1] }
      white.append((vector[coordinate] - explained) / rows[coordinate][column])
    }
    return white
  }

  /// log |F|, half the log determinant of the covariance, for a factor of full rank.
  public var logDeterminant: Double {
    order.enumerated().reduce(0) { $0 + log(rows[$1.element][$1.offset]) }
  }
}
