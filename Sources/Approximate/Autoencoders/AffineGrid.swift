import Kernels
import Networks

/// The affine map x W + b on rows: a row of W for every input, a column for every output.
struct AffineGrid: Sendable, Equatable {
  var weights: Grid
  var bias: [Double]

  init(_ map: Linear) {
    let transposed = map.weights.transposed()
    weights = Grid(rows: transposed.rows, columns: transposed.columns, transposed.array)
    bias = map.bias.array
  }

  /// The same map as a value that can be differentiated.
  var linear: Linear {
    let matrix = Matrix(rows: weights.rows, columns: weights.columns, weights.numbers)
    return Linear(weights: matrix.transposed(), bias: Vector(bias))
  }

  /// The map of zeros of the same shape.
  var zeros: AffineGrid {
    var copy = self
    copy.weights = Grid(rows: weights.rows, columns: weights.columns)
    copy.bias = bias.map { _ in 0 }
    return copy
  }
}

/// What Adam remembers of one map.
struct AffineMemory: Sendable, Equatable {
  var weights: AdamMemory
  var bias: AdamMemory

  init(_ map: AffineGrid) {
    weights = AdamMemory(count: map.weights.numbers.count)
    bias = AdamMemory(count: map.bias.count)
  }

  /// Its numbers in one list.
  var flat: [Double] { weights.means + weights.squares + bias.means + bias.squares }

  /// Takes over the numbers of such a list from a place on; false if it is too short.
  mutating func take(_ list: [Double], _ place: inout Int) -> Bool {
    let (n, m) = (weights.means.count, bias.means.count)
    guard place + 2 * (n + m) <= list.count else { return false }
    func next(_ count: Int) -> [Double] {
      defer { place += count }
      return Array(list[place..<place + count])
    }
    weights = AdamMemory(means: next(n), squares: next(n))
    bias = AdamMemory(means: next(m), squares: next(m))
    return true
  }

  mutating func descend(
    _ map: inout AffineGrid, along gradient: AffineGrid, rate: Double, time: Int
  ) {
    map.weights.withNumbers {
      weights.descend(&$0, along: gradient.weights.numbers, rate: rate, time: time)
    }
    bias.descend(&map.bias, along: gradient.bias, rate: rate, time: time)
  }
}
