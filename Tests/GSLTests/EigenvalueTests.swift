import GSL
import Testing

@Suite struct EigenvalueTests {
  // Catches: imaginary parts that are lost, eigenvalues that are counted once.
  @Test("A rotation, a double root and a companion matrix")
  func known() throws {
    let rotation = try LinearAlgebra.eigenvalues(order: 2, [0, -2, 2, 0])
    #expect(rotation.map(\.modulus) == [2, 2])
    #expect(Set(rotation.map(\.imaginary)) == [2, -2])
    #expect(try LinearAlgebra.eigenvalues(order: 2, [3, 1, 0, 3]).map(\.real) == [3, 3])
    // (λ − 1)(λ − 2)(λ + 4) = λ³ + λ² − 10λ + 8
    let roots = try LinearAlgebra.eigenvalues(order: 3, [-1, 10, -8, 1, 0, 0, 0, 1, 0])
    for (found, wanted) in zip(roots.map(\.real).sorted(), [-4.0, 1, 2]) {
      #expect(abs(found - wanted) < 1e-13)
    }
    #expect(try LinearAlgebra.eigenvalues(order: 1, [-7]).map(\.modulus) == [7])
  }

  // Catches: a sum or product of eigenvalues that is not that of the matrix.
  @Test("Their sum is the trace and their product the determinant")
  func invariants() throws {
    var generator = try Generator(seed: 5)
    for n in 1...8 {
      let matrix = randomEntries(n * n, &generator)
      let values = try LinearAlgebra.eigenvalues(order: n, matrix)
      let trace = (0..<n).reduce(0) { $0 + matrix[$1 * n + $1] }
      #expect(abs(values.reduce(0) { $0 + $1.real } - trace) < 1e-12)
      #expect(abs(values.reduce(0) { $0 + $1.imaginary }) < 1e-12)
      let logModulus = values.reduce(0) { $0 + log($1.modulus) }
      let determinant = try LinearAlgebra.logDeterminant(order: n, matrix)
      #expect(abs(logModulus - determinant.logMagnitude) < 1e-10)
    }
  }

  @Test("What is no square of finite numbers is refused")
  func refused() {
    #expect(throws: GSLError.self) { try LinearAlgebra.eigenvalues(order: 2, [1, 2, 3]) }
    #expect(throws: GSLError.self) { try LinearAlgebra.eigenvalues(order: 1, [.nan]) }
    #expect(throws: GSLError.self) { try LinearAlgebra.eigenvalues(order: 0, []) }
  }
}
