import GSL
import Testing

private typealias Algebra = LinearAlgebra

@Suite struct LinearAlgebraTests {
  /// Random orders and matrices; half of them with rows and columns of very different scale.
  private func cases() throws -> [(order: Int, matrix: [Double])] {
    var generator = try Generator(seed: 31)
    return try (0..<60).map { index in
      let n = try 1 + generator.uniform(below: 7)
      var matrix = randomEntries(n * n, &generator)
      if index % 2 == 1 {
        for entry in matrix.indices { matrix[entry] *= pow(10, Double(entry / n % 3 * 6)) }
      }
      return (n, matrix)
    }
  }

  private func symmetricPart(_ n: Int, _ matrix: [Double]) -> [Double] {
    (0..<(n * n)).map { (matrix[$0] + matrix[$0 % n * n + $0 / n]) / 2 }
  }

  /// G·Gᵀ + I, positive definite.
  private func positiveDefinite(_ n: Int, _ matrix: [Double]) throws -> [Double] {
    let turned = (0..<(n * n)).map { matrix[$0 % n * n + $0 / n] }
    let gram = try Algebra.product(rows: n, inner: n, columns: n, matrix, turned)
    return zip(gram, identity(n)).map { $0 + $1 }
  }

  @Test("product is the row-by-column product, shapes included")
  func product() throws {
    let product = try Algebra.product(
      rows: 2, inner: 3, columns: 1, [1, 2, 3, 4, 5, 6], [1, 0, -1])
    #expect(product == [-2, -2])  // catches a transposed operand: shapes are not square
    #expect(
      try Algebra.product(rows: 2, inner: 2, columns: 2, [1, 2, 3, 4], [0, 1, 1, 1])
        == [2, 3, 4, 7])
  }

  @Test("A times its inverse is the identity, to what conditioning allows")
  func inverse() throws {
    for (n, matrix) in try cases() {
      let inverse = try Algebra.inverse(order: n, matrix)
      let back = try Algebra.product(rows: n, inner: n, columns: n, matrix, inverse)
      // Backward error n²·ε·‖A‖ with growth at most n here, times ‖A⁻¹‖, and the product's own.
      let condition = rowNorm(matrix, columns: n) * rowNorm(inverse, columns: n)
      #expect(largestDifference(back, identity(n)) <= 8 * Double(n * n) * .ulpOfOne * condition)
    }
    #expect(try Algebra.inverse(order: 1, [4]) == [0.25])
  }

  @Test("solve answers in the order of the columns, for a matrix that needs pivoting")
  func solve() throws {
    // Without pivoting the first step divides by 0; with rows unpermuted the answer is [2, 3].
    #expect(try Algebra.solve(order: 2, [0, 1, 1, 0], right: [2, 3]) == [3, 2])
    let cyclic: [Double] = [0, 0, 1, 1, 0, 0, 0, 1, 0]  // a permutation that is not its inverse
    #expect(try Algebra.solve(order: 3, cyclic, right: [1, 2, 3]) == [2, 3, 1])
    #expect(
      try Algebra.solve(order: 2, [2, 0, 0, 4], right: [2, 4, 6, 8], rightColumns: 2)
        == [1, 2, 1.5, 2])
  }

  @Test("The Cholesky factor is lower triangular, multiplies back, and solves")
  func cholesky() throws {
    #expect(try Algebra.cholesky(order: 2, [4, 2, 2, 10]) == [2, 0, 1, 3])
    for (n, matrix) in try cases() {
      let spd = try positiveDefinite(n, matrix)
      let factor = try Algebra.cholesky(order: n, spd)
      let turned = (0..<(n * n)).map { factor[$0 % n * n + $0 / n] }
      #expect(factor.indices.allSatisfy { $0 % n <= $0 / n || factor[$0] == 0 })
      #expect((0..<n).allSatisfy { factor[$0 * n + $0] > 0 })
      let back = try Algebra.product(rows: n, inner: n, columns: n, factor, turned)
      let scale = rowNorm(spd, columns: n)
      #expect(largestDifference(back, spd) <= 4 * Double(n + 1) * .ulpOfOne * scale)
      // Residual ‖A·x - b‖ ≤ c·n²·ε·‖A‖·‖x‖ (Higham 2002, theorem 10.4).
      let right = (0..<n).map { Double($0) - 1.5 }
      for solution in [
        try Algebra.choleskySolve(order: n, spd, right: right),
        try Algebra.solve(order: n, spd, right: right),
      ] {
        let image = try Algebra.product(rows: n, inner: n, columns: 1, spd, solution)
        let size = solution.map(\.magnitude).max() ?? 0
        let allowed = 8 * Double(n * n) * .ulpOfOne * (scale * size + 2 * Double(n))
        #expect(largestDifference(image, right) <= allowed)
      }
      let white = try Algebra.lowerSolve(order: n, factor, right: spd, rightColumns: n)
      // L⁻¹·A = Lᵀ.
      let inverseFactor = try Algebra.lowerSolve(
        order: n, factor, right: identity(n), rightColumns: n)
      let spread = rowNorm(inverseFactor, columns: n) * rowNorm(factor, columns: n)
      #expect(
        largestDifference(white, turned)
          <= 8 * Double(n * n) * .ulpOfOne * spread * rowNorm(turned, columns: n))
    }
  }

  @Test("The log-determinant multiplies, keeps its sign, and survives overflow")
  func logDeterminant() throws {
    let swap = try Algebra.logDeterminant(order: 2, [0, 1, 1, 0])
    #expect(swap.sign == -1 && swap.logMagnitude == 0)
    #expect(try Algebra.logDeterminant(order: 1, [-2]).sign == -1)
    #expect(try Algebra.logDeterminant(order: 1, [-2]).logMagnitude == log(2))
    let zero = try Algebra.logDeterminant(order: 2, [1, 2, 2, 4])
    #expect(zero.sign == 0 && zero.logMagnitude == -.infinity)
    let huge = try Algebra.logDeterminant(order: 3, identity(3).map { $0 * 1e200 })
    #expect((huge.logMagnitude - 600 * log(10)).magnitude <= 4 * (600 * log(10)).ulp)
    let all = try cases()
    for (first, second) in zip(all, all.dropFirst()) where first.order == second.order {
      let n = first.order
      let product = try Algebra.product(
        rows: n, inner: n, columns: n, first.matrix, second.matrix)
      let determinants = try [first.matrix, second.matrix, product].map {
        try Algebra.logDeterminant(order: n, $0)
      }
      #expect(determinants[0].sign * determinants[1].sign == determinants[2].sign)
      // d log|det A| = tr(A⁻¹ dA): a backward error of n²·ε·‖A‖ moves it by n times the condition.
      var allowed = 0.0
      for matrix in [first.matrix, second.matrix, product] {
        let inverse = try Algebra.inverse(order: n, matrix)
        allowed += rowNorm(matrix, columns: n) * rowNorm(inverse, columns: n)
      }
      allowed *= 8 * Double(n * n * n) * .ulpOfOne
      let sum = determinants[0].logMagnitude + determinants[1].logMagnitude
      #expect((sum - determinants[2].logMagnitude).magnitude <= allowed + 8 * sum.magnitude.ulp)
    }
  }

  @Test("Eigenvectors are orthonormal, in ascending order, and multiply back")
  func symmetricEigen() throws {
    for (n, matrix) in try cases() {
      let symmetric = symmetricPart(n, matrix)
      let system = try Algebra.symmetricEigen(order: n, symmetric)
      #expect(zip(system.values, system.values.dropFirst()).allSatisfy { $0 <= $1 })
      let turned = (0..<(n * n)).map { system.vectors[$0 % n * n + $0 / n] }
      let gram = try Algebra.product(rows: n, inner: n, columns: n, turned, system.vectors)
      #expect(largestDifference(gram, identity(n)) <= 32 * Double(n * n) * .ulpOfOne)
      // A·V = V·Λ catches vectors handed out as rows.
      let image = try Algebra.product(rows: n, inner: n, columns: n, symmetric, system.vectors)
      let scaled = (0..<(n * n)).map { system.vectors[$0] * system.values[$0 % n] }
      let allowed = 32 * Double(n * n) * .ulpOfOne * rowNorm(symmetric, columns: n)
      #expect(largestDifference(image, scaled) <= allowed)
    }
    let swap = try Algebra.symmetricEigen(order: 2, [0, 1, 1, 0])
    #expect(largestDifference(swap.values, [-1, 1]) <= 8 * .ulpOfOne)
  }

  @Test("Singular values are the roots of the Gram matrix's eigenvalues, in either shape")
  func singularValues() throws {
    #expect(try Algebra.singularValues(rows: 2, columns: 2, [0, 3, -4, 0]) == [4, 3])
    let wide: [Double] = [3, 0, 0, 0, 0, 5]
    let found = try Algebra.singularValues(rows: 2, columns: 3, wide)
    #expect(largestDifference(found, [5, 3]) <= 16 * 5 * .ulpOfOne)
    #expect(try Algebra.singularValues(rows: 3, columns: 2, [3, 0, 0, 0, 0, 5]).count == 2)
  }

  @Test("Least squares leaves a residual orthogonal to the columns")
  func leastSquares() throws {
    // The line through (0, 1), (1, 3), (2, 4), (3, 4): slope 1, intercept 1.5.
    let design: [Double] = [1, 0, 1, 1, 1, 2, 1, 3]
    let line = try Algebra.leastSquares(rows: 4, columns: 2, design, right: [1, 3, 4, 4])
    #expect(largestDifference(line, [1.5, 1]) <= 64 * .ulpOfOne * 4)
    #expect(
      refusal {
        _ = try Algebra.leastSquares(rows: 3, columns: 2, [1, 2, 2, 4, 3, 6], right: [1, 2, 3])
      }
        == "leastSquares(matrix: 3 x 2, columns dependent): singular matrix")
    #expect(
      refusal { _ = try Algebra.leastSquares(rows: 1, columns: 2, [1, 2], right: [1]) }
        .contains("at least as many rows as columns"))
  }

  @Test("Singular means singular to working precision, at any scale of rows and columns")
  func singular() throws {
    let singular: [Double] = [1, 2, 3, 4, 5, 6, 7, 8, 9]  // rounding leaves a pivot of 1e-16
    #expect(refusal { _ = try Algebra.inverse(order: 3, singular) }.contains("singular matrix"))
    #expect(
      refusal { _ = try Algebra.solve(order: 2, [0, 0, 0, 0], right: [1, 1]) }
        == "solve(matrix: 2 x 2, pivot 0): singular matrix")
    // Scales alone make nothing singular.
    #expect(try Algebra.inverse(order: 2, [1e-200, 0, 0, 1]) == [1e200, 0, 0, 1])
    #expect(try Algebra.cholesky(order: 2, [1e-200, 0, 0, 1]) == [1e-100, 0, 0, 1])
    let notPositive = "matrix not positive definite"
    #expect(
      refusal { _ = try Algebra.cholesky(order: 1, [-1]) }
        == "cholesky(matrix: 1 x 1): \(notPositive)")
    #expect(refusal { _ = try Algebra.cholesky(order: 2, [1, 2, 2, 1]) }.contains(notPositive))
    #expect(refusal { _ = try Algebra.cholesky(order: 2, [1, 1, 1, 1]) }.contains(notPositive))
    // Of rank one, but rounding can leave a positive pivot.
    let v = [0.1, 0.7, 1.3]
    let rankOne = v.flatMap { a in v.map { a * $0 } }
    #expect(refusal { _ = try Algebra.cholesky(order: 3, rankOne) }.contains(notPositive))
    #expect(
      refusal { _ = try Algebra.lowerSolve(order: 2, [1, 0, 5, 0], right: [1, 1]) }
        == "lowerSolve(factor[1][1] is 0): singular matrix")
  }

  @Test("Refusals name the place")
  func places() throws {
    #expect(
      refusal { _ = try Algebra.cholesky(order: 2, [1, 0, .nan, 1]) }
        == "cholesky(matrix[1][0]): expected a finite number, found nan")
    #expect(
      refusal { _ = try Algebra.cholesky(order: 2, [2, 0.5, 0.4, 2]) }
        == "cholesky(matrix[1][0]): not symmetric: 0.4 below the diagonal, 0.5 above")
    #expect(
      refusal { _ = try Algebra.inverse(order: 2, [1, 2, 3]) }
        == "inverse(matrix: 2 x 2): found 3 entries")
    #expect(
      refusal { _ = try Algebra.solve(order: 2, identity(2), right: [1, .infinity]) }
        == "solve(right[1][0]): expected a finite number, found inf")
    #expect(
      refusal { _ = try Algebra.solve(order: 2, identity(2), right: [1]) }
        == "solve(right: 2 x 1): found 1 entries")
    #expect(refusal { _ = try Algebra.logDeterminant(order: 0, []) }.contains("at least one row"))
    #expect(
      refusal { _ = try Algebra.product(rows: 1, inner: 2, columns: 1, [1, 2], [1]) }
        == "product(right: 2 x 1): found 1 entries")
    #expect(
      refusal { _ = try Algebra.product(rows: 1, inner: 1, columns: 1, [1e300], [1e300]) }
        .contains("too large"))
    #expect(refusal { _ = try Algebra.inverse(order: .max, []) }.contains("found 0 entries"))
    #expect(refusal { _ = try Algebra.singularValues(rows: -1, columns: -1, [1]) }.contains("-1"))
  }
}
