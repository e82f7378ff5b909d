import GSL
import Models

/// A covariance matrix as what makes it, with twice the digits of a double: what `CovarianceFactor`
/// is with those of a double.
///
/// A covariance of condition 10⁸ keeps eight digits of its inverse in doubles, and 24 here.
struct DoubledCovarianceFactor {
  /// F with F·Fᵀ = covariance, a row for every coordinate.
  private(set) var rows: [[DoubleDouble]]
  /// The coordinate whose remaining variance became each column.
  private(set) var order: [Int] = []
  /// Σ_j |E_ij| over what no column explains of a coordinate's covariances, E = covariance − F·Fᵀ, where that is more
  /// than rounding: a diagonal matrix with −D ≤ E ≤ D.
  private(set) var unexplained: [Double] = []

  init(of covariance: [[Double]]) {
    let n = covariance.count
    rows = Array(repeating: [], count: n)
    var rest = covariance.map { $0.map { DoubleDouble($0) } }
    while let pivot = Self.largestShare(rest, of: covariance, outside: order) {
      let deviation = rest[pivot][pivot].squareRoot
      let column = (0..<n).map {
        order.contains($0) ? DoubleDouble(0) : rest[$0][pivot] / deviation
      }
      for i in 0..<n {
        rows[i].append(column[i])
        for j in 0..<n { rest[i][j] -= column[i] * column[j] }
      }
      order.append(pivot)
    }
    let left = (0..<n).filter { !order.contains($0) }
    unexplained = (0..<n).map { i in
      guard left.contains(i) else { return 0 }
      let sum = left.reduce(0.0) { $0 + abs(rest[i][$1].high) }
      return sum > Self.rounding(order: n) * covariance[i][i] ? sum : 0
    }
  }

  /// What n subtractions may leave behind of a variance of one.
  private static func rounding(order n: Int) -> Double { 4 * Double(n) * 0x1p-102 }

  private static func largestShare(
    _ rest: [[DoubleDouble]], of covariance: [[Double]], outside order: [Int]
  ) -> Int? {
    let rounding = rounding(order: rest.count)
    var best: (coordinate: Int, share: Double)?
    for i in rest.indices where covariance[i][i] > 0 && !order.contains(i) {
      let share = rest[i][i].high / covariance[i][i]
      if share > rounding, share > best?.share ?? 0 { best = (i, share) }
    }
    return best?.coordinate
  }

  /// Fᵀ, a row for every independent noise.
  var columns: DoubledMatrix {
    var columns = DoubledMatrix(zeros: order.count, rows.count)
    for i in rows.indices {
      for k in order.indices { columns[k, i] = rows[i][k] }
    }
    return columns
  }

  /// The same with a noise of its own for what no column explains: a factor of F·Fᵀ + D.
  var padded: DoubledMatrix {
    let (own, n) = (columns, rows.count)
    let more = (0..<n).filter { unexplained[$0] > 0 }
    var padded = DoubledMatrix(zeros: own.rows + more.count, n)
    padded.place(own, atRow: 0)
    for (k, i) in more.enumerated() {
      padded[own.rows + k, i] = DoubleDouble(unexplained[i]).squareRoot
    }
    return padded
  }

  /// F⁻¹·v for a factor of full rank.
  func whitened(_ vector: [DoubleDouble]) -> [DoubleDouble] {
    var white: [DoubleDouble] = []
    for (column, coordinate) in order.enumerated() {
      let explained = white.indices.reduce(DoubleDouble(0)) {
        $0 + rows[coordinate][$1] * white[$1]
      }
      white.append((vector[coordinate] - explained) / rows[coordinate][column])
    }
    return white
  }

  /// log |F| for a factor of full rank.
  var logDeterminant: DoubleDouble {
    order.enumerated().reduce(DoubleDouble(0)) { $0 + rows[$1.element][$1.offset].logarithm }
  }
}

/// How a state is seen: outputs in coordinates in which their noise is N(0, 1), with 32 digits.
struct DoubledView {
  private let emission: DoubledMatrix
  private let noise: DoubledCovarianceFactor
  private let logWeight: DoubleDouble
  private let seen: [Int]

  /// How some of a system's outputs are seen.
  init(of system: LinearDynamicalSystem, seen: [Int]) {
    self.init(emission: system.emission, noise: system.emissionNoise, seen: seen)
  }

  init(emission table: [[Double]], noise covariance: [[Double]], seen: [Int]) {
    let noise = DoubledCovarianceFactor(of: seen.map { i in seen.map { covariance[i][$0] } })
    let rows = DoubledMatrix(seen.map { table[$0] })
    let columns = (0..<rows.columns).map { noise.whitened(rows.column($0)) }
    var emission = DoubledMatrix(zeros: seen.count, rows.columns)
    for (k, column) in columns.enumerated() {
      for i in column.indices { emission[i, k] = column[i] }
    }
    (self.noise, self.emission, self.seen) = (noise, emission, seen)
    logWeight =
      DoubleDouble(-0.5 * Double(seen.count)) * DoubleDouble.logOfTwoPi - noise.logDeterminant
  }

  /// The likelihood of one output.
  func evidence(of output: [Double]) -> DoubledEvidence {
    evidence(of: output.map { DoubleDouble($0) })
  }

  /// The same of an output that has 32 digits.
  func evidence(of output: [DoubleDouble]) -> DoubledEvidence {
    let target = noise.whitened(seen.map { output[$0] })
    var rows = DoubledMatrix(zeros: target.count, emission.columns + 1)
    rows.place(emission, atRow: 0)
    for (i, value) in target.enumerated() { rows[i, emission.columns] = value }
    return DoubledEvidence(rows: rows, logWeight: logWeight)
  }
}

extension DoubleDouble {
  /// log 2π with 32 digits.
  static let logOfTwoPi = (DoubleDouble(2) * DoubleDouble(sumOf: .pi, 1.2246467991473532e-16))
    .logarithm
}
