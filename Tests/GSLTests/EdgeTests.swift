import GSL
import Testing

@Suite("Matrices and draws at their edges")
struct MatrixEdgeTests {
  private typealias Algebra = LinearAlgebra

  // Catches: matrices that are singular but for rounding, and are solved.
  @Test("What rounding alone keeps from being singular is refused")
  func singular() {
    let rows = [0.1, 0.2, 0.3, 0.1 * 3, 0.2 * 3, 0.3 * 3, 1, 5, 2]
    #expect(throws: GSLError.self) { try Algebra.solve(order: 3, rows, right: [1, 2, 3]) }
    let columns = [0.1, 0.3, 0.2, 0.2 * 3, 0.7, 0.7 * 3]
    #expect(throws: GSLError.self) {
      try Algebra.leastSquares(rows: 3, columns: 2, columns, right: [1, 2, 3])
    }
    let flat = [0.1 * 0.1, 0.1 * 0.3, 0.1 * 0.3, 0.3 * 0.3 + 1e-18]
    #expect(throws: GSLError.self) { try Algebra.cholesky(order: 2, flat) }
    // A pivot of 2ε is within the 3ε of rounding that it carries, one of 8ε is not.
    let unit = Double.ulpOfOne
    #expect(throws: GSLError.self) { try Algebra.cholesky(order: 2, [1, 1, 1, 1 + 2 * unit]) }
    #expect(throws: Never.self) { try Algebra.cholesky(order: 2, [1, 1, 1, 1 + 8 * unit]) }
  }

  // Catches: matrices that are not symmetric and are factored as if they were.
  @Test("Symmetric is symmetric to eight digits")
  func symmetry() throws {
    _ = try Algebra.cholesky(order: 2, [2, 1, 1 + 1e-9, 2])
    #expect(throws: GSLError.self) { try Algebra.cholesky(order: 2, [2, 1, 1 + 1e-6, 2]) }
  }

  // Catches: probabilities that do not add up, and a top that draws the first.
  @Test("Categorical draws: the sum, and the last that is possible")
  func categorical() throws {
    var generator = try Generator(seed: 5)
    #expect(throws: GSLError.self) { try generator.categorical([0.5, 0.5 + 1e-6]) }
    var seen: Set<Int> = []
    for _ in 0..<200 { seen.insert(try generator.categorical([0, 0.5, 0.5, 0])) }
    #expect(seen == [1, 2])
    // Of the smallest double no part is below it: half of the draws pass it by.
    for _ in 0..<20 {
      #expect(try generator.categorical(weights: [0, .leastNonzeroMagnitude, 0]) == 1)
    }
  }

  // Catches: 32-digit logarithms and quotients that lose their last part.
  @Test("32 digits: e^(log x) and (x / y) y come back")
  func digits() {
    for (x, y) in [(1.75, 3.0), (1.9999, 7.0), (0.1, 0.3), (1e10, 1.7)] {
      let quotient = DoubleDouble(x) / DoubleDouble(y)
      let root = DoubleDouble(y).squareRoot
      #expect(abs((root * root - DoubleDouble(y)).high) <= 0x1p-100 * y)
      let back = quotient * DoubleDouble(y) - DoubleDouble(x)
      #expect(abs(back.high) <= 1e-30 * x)
    }
    // What is left of a pivot beyond 2^-68 of its entry is rounding.
    func pivot(_ size: Double) -> LinearAlgebra.DoubledFactor? {
      let one = DoubleDouble(1)
      return LinearAlgebra.DoubledFactor(order: 2, [one, one, one, one + DoubleDouble(size)])
    }
    #expect(pivot(0x1p-66) != nil && pivot(0x1p-70) == nil)
    // log 1.75 = log 7 − 2 log 2.
    let one = DoubleDouble(1.75).logarithm
    let two = DoubleDouble(7).logarithm - DoubleDouble(4).logarithm
    #expect(abs((one - two).high) <= 1e-31)
    // log 1.9 = log 19 − log 10, where 19 and 10 have other mantissas, on the short side of 3/2.
    let ratio = (DoubleDouble(19) / DoubleDouble(10)).logarithm
    let difference = DoubleDouble(19).logarithm - DoubleDouble(10).logarithm
    #expect(abs((ratio - difference).high) <= 1e-30)
  }

  // Catches: a sum of logarithms of no number that is a number.
  @Test("No number stays none")
  func notANumber() {
    #expect(logAddExp(1, .nan).isNaN && logAddExp(.nan, 1).isNaN)
    #expect(logSumExp([1, .nan]).isNaN && logSumExp([.nan, 1]).isNaN)
  }
}
