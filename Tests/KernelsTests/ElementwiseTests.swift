import GSL
import Kernels
import Testing

/// Compared with the system's exp and log; catches a wrong coefficient, a wrong exponent, a last
/// partial vector that is left out.
@Suite struct ElementwiseTests {
  @Test(arguments: [0, 1, 7, 8, 9, 16, 31, 100])
  func everyNumberIsReached(count: Int) {
    let values = (0..<count).map { Double($0) * 1.37 - 20 }
    var found = values
    exponentiate(&found)
    #expect(zip(found, values).allSatisfy { within(2, $0, exp($1)) })
    takeLogarithms(&found)
    // exp loses the absolute error of its argument, log gives it back relatively.
    #expect(zip(found, values).allSatisfy { abs($0 - $1) <= 4 * Double.ulpOfOne * max(1, abs($1)) })
    #expect(found.count == count)
  }

  @Test func exponentialsOverTheWholeRange() {
    let values = (0..<20_000).map { -745 + 1454.7 * Double($0) / 20_000 }
    var found = values
    exponentiate(&found)
    #expect(zip(found, values).allSatisfy { within(2, $0, exp($1)) })
  }

  @Test func logarithmsOverTheWholeRange() {
    let values = (0..<20_000).map { exp(-744 + 1453 * Double($0) / 20_000) }
    var found = values
    takeLogarithms(&found)
    #expect(zip(found, values).allSatisfy { within(2, $0, log($1)) })
  }

  @Test func edgesOfTheDoubles() {
    var powers = [-Double.infinity, .infinity, 0, -800, 800, .nan]
    exponentiate(&powers)
    #expect(powers.prefix(5) == [0, .infinity, 1, 0, .infinity])
    #expect(powers[5].isNaN)
    var logarithms = [0, .infinity, 1, .leastNonzeroMagnitude, -1, .nan]
    takeLogarithms(&logarithms)
    #expect(logarithms[0] == -.infinity)
    #expect(logarithms[1] == .infinity)
    #expect(logarithms[2] == 0)
    #expect(abs(logarithms[3] + 744.4400719213812) < 1e-12)
    #expect(logarithms[4].isNaN && logarithms[5].isNaN)
  }

  /// tanh keeps its digits where it is hardly its argument, and where it is hardly one.
  @Test func tangentsOverTheWholeRange() {
    let values = (0..<4000).flatMap { i in
      [-1.0, 1].map { $0 * pow(10, -12 + 14 * Double(i) / 4000) }
    }
    var found = Grid(rows: 1, columns: values.count)
    found.setTanh(of: Grid(rows: 1, columns: values.count, values))
    for (x, y) in zip(values, found.numbers) {
      // Above 2^-13 a difference of numbers next to one loses up to 13 bits.
      let roundings = abs(x) < 0x1p-13 ? 2 : 2 + 4 / min(1, abs(x))
      #expect(abs(y - tanh(x)) <= roundings * Double.ulpOfOne * abs(tanh(x)), "\(x)")
    }
  }
}

/// Whether two numbers are at most so many units in the last place apart.
func within(_ units: Double, _ one: Double, _ other: Double) -> Bool {
  one == other || abs(one - other) <= units * other.ulp
}
