import GSL
import Testing

@Suite("Eigenvalues of symmetric matrices") struct SymmetricEigenvaluesTests {
  // Catches: values in another order, or of another matrix, than with their vectors.
  @Test("They are those that come with eigenvectors", arguments: 1...8)
  func values(order: Int) throws {
    var generator = try Generator(seed: 11, stream: UInt64(order))
    var matrix = [Double](repeating: 0, count: order * order)
    for i in 0..<order {
      for j in 0...i {
        matrix[i * order + j] = generator.standardNormal()
        matrix[j * order + i] = matrix[i * order + j]
      }
    }
    let values = try LinearAlgebra.symmetricEigenvalues(order: order, matrix)
    let system = try LinearAlgebra.symmetricEigen(order: order, matrix)
    for (one, other) in zip(values, system.values) { #expect(abs(one - other) < 1e-14 * 8) }
    #expect(values.count == order && values == values.sorted())
  }

  @Test("What is no square matrix is refused")
  func refused() {
    #expect(throws: GSLError.self) {
      try LinearAlgebra.symmetricEigenvalues(order: 2, [1, 2, 3])
    }
  }
}
