import GSL
import Models
import Networks

/// Sums of e^value over the points of a lattice where it counts.
///
/// The value is concave: along each coordinate the highest value that is left in the others rises to one
/// peak and falls, so a walk from the peak to either side may stop where it is too low, and misses nothing.
struct LatticeSums {
  /// Beyond this depth under the peak nothing is summed: e^−50 of it.
  static let depth = 50.0

  let field: PeakedField
  let spacing: Double
  let shift: [Double]
  private(set) var points = 0.0
  private let limit: Double
  private var mass = 0.0
  private var first: [Double]
  private var second: [[Double]]
  private var value = 0.0

  /// Sums over the lattice `spacing · (whole numbers + shift)`; gives up beyond `limit` points.
  init?(
    _ field: PeakedField, spacing: Double, shift: [Double], limit: Double
  ) throws(GSLError) {
    (self.field, self.spacing, self.shift, self.limit) = (field, spacing, shift, limit)
    let n = field.dimension
    first = [Double](repeating: 0, count: n)
    second = [[Double]](repeating: first, count: n)
    var u = first
    try visit(0, &u, peak: first)
    if points > limit { return nil }
  }

  /// log ∫ e^value du.
  var logMass: Double { log(mass) + Double(field.dimension) * log(spacing) }
  /// E[value] under the density proportional to e^value.
  var meanValue: Double { value / mass }
  /// E[u].
  var mean: [Double] { first.map { $0 / mass } }
  /// Cov[u].
  var covariance: [[Double]] {
    let mean = mean
    return mean.indices.map { j in
      mean.indices.map { second[max(j, $0)][min(j, $0)] / mass - mean[j] * mean[$0] }
    }
  }

  /// Walks through coordinate k from where the rest of the space is highest.
  private mutating func visit(_ k: Int, _ u: inout [Double], peak: [Double]) throws(GSLError) {
    let start = ((peak[k] / spacing) - shift[k]).rounded()
    for (direction, begin) in [(1.0, start), (-1.0, start - 1)] {
      var (place, top) = (begin, peak)
      while points <= limit {
        u[k] = spacing * (place + shift[k])
        if k == field.dimension - 1 {
          let height = field(u)
          // Not before the peak was passed: the first place may lie on its other side.
          if height < -Self.depth && direction * (u[k] - peak[k]) >= 0 { break }
          add(u, height)
        } else {
          for j in 0...k { top[j] = u[j] }
          let rest = try field.highest(from: top, holding: k + 1)
          top = rest.u
          if rest.value < -Self.depth && direction * (u[k] - peak[k]) >= 0 { break }
          try visit(k + 1, &u, peak: top)
        }
        place += direction
      }
    }
  }

  private mutating func add(_ u: [Double], _ height: Double) {
    let weight = exp(height)
    points += 1
    mass += weight
    value += weight * height
    for j in u.indices {
      let moment = weight * u[j]
      first[j] += moment
      for l in 0...j { second[j][l] += moment * u[l] }
    }
  }
}
