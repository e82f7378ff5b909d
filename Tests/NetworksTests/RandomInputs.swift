import GSL
import Networks

/// Repeatable random vectors and matrices with entries of size one.
struct RandomInputs: ~Copyable {
  private var generator: Generator

  init(seed: UInt64) throws {
    generator = try Generator(seed: seed)
  }

  mutating func number() -> Double { generator.standardNormal() }

  mutating func vector(_ count: Int) -> Vector {
    var result = Vector([])
    for _ in 0..<count {
      result.append(number())
    }
    return result
  }

  /// Entries of 1/2 and more, so that quotients and logarithms are tame.
  mutating func positiveVector(_ count: Int) -> Vector {
    let numbers = vector(count)
    return Vector(numbers.array.map { 0.5 + $0.magnitude })
  }

  mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(rows: rows, columns: columns, vector(rows * columns).array)
  }

  /// A matrix well away from the singular ones, with a positive determinant: diagonally dominant.
  mutating func dominantMatrix(_ size: Int) -> Matrix {
    let wild = matrix(size, size)
    let sums = wild.array.reduce(1) { $0 + $1.magnitude }
    return wild + sums * Matrix(identity: size)
  }
}

/// The seeds of the random inputs of a law.
let seeds: [UInt64] = Array(1...8)
