import GSL
import Testing

@Suite struct LogSpaceTests {
  @Test("The elementary functions are the C library's, each under its own name")
  func elementary() {
    // Catches two wrappers swapped: every value is known without the library.
    #expect(exp(0) == 1 && exp2(10) == 1024 && expm1(0) == 0)
    #expect(log(1) == 0 && log2(1024) == 10 && log10(1000) == 3 && log1p(0) == 0)
    #expect(expm1(1e-20) == 1e-20 && log1p(1e-20) == 1e-20)
    #expect((sqrt(2) * sqrt(2) - 2).magnitude < 1e-15 && sqrt(9) == 3)
    #expect(pow(2, 10) == 1024 && hypot(3, 4) == 5 && floor(-1.5) == -2)
    #expect((sin(.pi / 6) - 0.5).magnitude < 2e-16 && (cos(.pi / 3) - 0.5).magnitude < 4e-16)
    #expect((tanh(0.5) - (exp(1) - 1) / (exp(1) + 1)).magnitude < 4e-16)
    #expect((cosh(1) + sinh(1) - exp(1)).magnitude < 2e-15)
    #expect(log(0) == -.infinity && log(-1).isNaN)
  }

  @Test("logAddExp is exact at -infinity and symmetric; it neither overflows nor loses 1e-300")
  func logAddExpEdges() {
    #expect(logAddExp(-.infinity, -.infinity) == -.infinity)
    #expect(logAddExp(-.infinity, 0.3) == 0.3 && logAddExp(0.3, -.infinity) == 0.3)
    #expect(logAddExp(.infinity, .infinity) == .infinity)
    #expect(logAddExp(.infinity, -.infinity) == .infinity)
    #expect(logAddExp(1000, 1000) == 1000 + log(2))
    #expect(logAddExp(0, -690) == exp(-690))
    #expect(logAddExp(.nan, 0).isNaN && logAddExp(0, .nan).isNaN)
    #expect(logAddExp(1, 3) == logAddExp(3, 1))
  }

  @Test("logSumExp agrees with the sum of exponentials, and has its edges right")
  func logSumExpLaws() throws {
    #expect(logSumExp([]) == -.infinity)
    #expect(logSumExp([-.infinity, -.infinity]) == -.infinity)
    #expect(logSumExp([-.infinity, 2]) == 2)
    #expect(logSumExp([.infinity, 2]) == .infinity)
    #expect(logSumExp([2, .nan]).isNaN && logSumExp([.nan, 2]).isNaN)
    #expect(logSumExp([-1e5, -1e5]) == -1e5 + log(2))
    #expect(logSumExp([0, -50, -50]) == log1p(2 * exp(-50)))
    var generator = try Generator(seed: 3)
    for _ in 0..<200 {
      let values = randomEntries(try 1 + generator.uniform(below: 8), &generator)
      let direct = log(values.map { exp($0) }.reduce(0, +))
      // Each of at most 8 terms is rounded a few times, relative to a sum of positive terms.
      #expect((logSumExp(values) - direct).magnitude <= 32 * .ulpOfOne * (1 + direct.magnitude))
    }
  }

  @Test("softplus, sigmoid and logSigmoid hold their identities in both tails")
  func logistic() throws {
    for x in [-800.0, -40, -3, -1e-9, 0, 0.7, 25, 800] {
      #expect((softplus(x) - softplus(-x) - x).magnitude <= 2 * max(1, x.magnitude) * .ulpOfOne)
      #expect((sigmoid(x) + sigmoid(-x) - 1).magnitude <= .ulpOfOne)
      #expect(logSigmoid(x) == -softplus(-x))
      #expect(sigmoid(x) >= 0 && sigmoid(x) <= 1 && softplus(x) >= 0)
    }
    #expect(sigmoid(-700) == exp(-700))  // 1 - sigmoid(700) would be 0
    #expect(logSigmoid(-800) == -800 && softplus(-700) == exp(-700))
    #expect(logSigmoid(-.infinity) == -.infinity && sigmoid(.infinity) == 1)
    #expect(entropyTerm(0) == 0 && entropyTerm(1) == 0 && entropyTerm(0.5) == 0.5 * log(0.5))
  }

  @Test("A compensated sum keeps what a plain sum drops")
  func compensated() {
    // Neumaier's example, on which Kahan's own algorithm still answers 0.
    #expect(CompensatedSum([1, 1e100, 1, -1e100]).value == 2)
    #expect([1, 1e100, 1, -1e100].reduce(0, +) == 0)
    var sum = CompensatedSum()
    for _ in 0..<1_000_000 { sum += 0.1 }
    #expect(sum.value == 100_000)
    #expect(CompensatedSum([.infinity, 1]).value == .infinity && CompensatedSum().value == 0)
  }
}
