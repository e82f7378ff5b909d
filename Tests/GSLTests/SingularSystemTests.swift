import Testing

@testable import GSL

@Suite("Singular values and vectors")
struct SingularSystemTests {
  private static let shapes = [(1, 1), (2, 2), (3, 3), (4, 2), (2, 4), (1, 3), (3, 1), (5, 4)]

  private static func entries(_ rows: Int, _ columns: Int, seed: UInt64) throws -> [Double] {
    var generator = try Generator(seed: seed)
    return (0..<(rows * columns)).map { _ in 4 * generator.uniform() - 2 }
  }

  // Catches: left for right where the matrix is wide, or columns read as rows.
  @Test("Its parts add up to the matrix, for every shape", arguments: shapes)
  func sum(rows: Int, columns: Int) throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let entries = try Self.entries(rows, columns, seed: seed)
      let system = try LinearAlgebra.singularSystem(rows: rows, columns: columns, entries)
      #expect(system.values.count == min(rows, columns))
      for i in 0..<rows {
        for l in 0..<columns {
          let sum = system.values.indices.reduce(0.0) {
            $0 + system.values[$1] * system.left[$1][i] * system.right[$1][l]
          }
          #expect(abs(sum - entries[i * columns + l]) < 1e-14)
        }
      }
    }
  }

  // Catches: vectors that are not of length one, which the sum alone cannot see.
  @Test("Its vectors are orthonormal, its values fall", arguments: shapes)
  func orthonormal(rows: Int, columns: Int) throws {
    let system = try LinearAlgebra.singularSystem(
      rows: rows, columns: columns, try Self.entries(rows, columns, seed: 7))
    for vectors in [system.left, system.right] {
      for (j, a) in vectors.enumerated() {
        for (k, b) in vectors.enumerated() {
          let product = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
          #expect(abs(product - (j == k ? 1 : 0)) < 1e-14)
        }
      }
    }
    #expect(zip(system.values, system.values.dropFirst()).allSatisfy { $0 >= $1 })
  }

  // Catches: a rank that counts what rounding made of zero.
  @Test("The rank is that of the matrix")
  func rank() throws {
    let one = [1.5, 1.2, 0.8].flatMap { u in [1.4, 1, 0.7, 0.3].map { u * $0 } }
    #expect(try LinearAlgebra.singularSystem(rows: 3, columns: 4, one).rank == 1)
    #expect(
      try LinearAlgebra.singularSystem(rows: 2, columns: 2, [0, 0, 0, 0]).rank == 0)
    #expect(try LinearAlgebra.singularSystem(rows: 2, columns: 2, [1, 0, 0, 1e-9]).rank == 2)
  }

  @Test("What is no matrix of numbers is refused")
  func refusals() {
    #expect(throws: GSLError.self) {
      try LinearAlgebra.singularSystem(rows: 2, columns: 2, [1, 2, 3])
    }
    #expect(throws: GSLError.self) {
      try LinearAlgebra.singularSystem(rows: 1, columns: 2, [1, .nan])
    }
  }
}
