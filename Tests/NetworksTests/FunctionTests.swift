import GSL
import Networks
import Testing
import _Differentiation

@Suite struct FunctionDerivativeTests {
  @Test(arguments: seeds) func elementwise(seed: UInt64) throws {
    var inputs = try RandomInputs(seed: seed)
    let vector = 3 * inputs.vector(4)
    #expect(complaints(at: vector) { probed(exp(0.25 * $0)) } == [])
    #expect(complaints(at: vector) { probed(tanh($0)) } == [])
    #expect(complaints(at: vector) { probed(sigmoid($0)) } == [])
    #expect(complaints(at: vector) { probed(softplus($0)) } == [])
    #expect(complaints(at: vector) { probed(logSigmoid($0)) } == [])
    let positive = inputs.positiveVector(4)
    #expect(complaints(at: positive) { probed(log($0)) } == [])
  }

  @Test(arguments: seeds) func ofNumbers(seed: UInt64) throws {
    var inputs = try RandomInputs(seed: seed)
    let number = inputs.number()
    let positive = 0.5 + number.magnitude
    #expect(complaints(at: number) { exp($0) } == [])
    #expect(complaints(at: number) { expm1($0) } == [])
    #expect(complaints(at: number) { sin($0) } == [])
    #expect(complaints(at: number) { cos($0) } == [])
    #expect(complaints(at: number) { tanh($0) } == [])
    #expect(complaints(at: number) { sigmoid($0) } == [])
    #expect(complaints(at: number) { softplus($0) } == [])
    #expect(complaints(at: number) { logSigmoid($0) } == [])
    #expect(complaints(at: positive) { log($0) } == [])
    #expect(complaints(at: positive) { log1p($0) } == [])
    #expect(complaints(at: positive) { sqrt($0) } == [])
    let pair = Two(first: positive, second: number)
    #expect(complaints(at: pair) { pow($0.first, $0.second) } == [])
    #expect(complaints(at: pair) { logAddExp($0.first, $0.second) } == [])
  }

  @Test(arguments: seeds) func logSums(seed: UInt64) throws {
    var inputs = try RandomInputs(seed: seed)
    let vector = 2 * inputs.vector(4)
    #expect(complaints(at: vector) { logSumExp($0) } == [])
    #expect(complaints(at: vector) { probed(softmax($0)) } == [])
    #expect(complaints(at: vector) { probed(logSoftmax($0)) } == [])
    let impossible = vector.replacing(2, with: -.infinity)
    #expect(complaints(at: impossible) { logSumExp($0) } == [])
    #expect(complaints(at: impossible) { probed(softmax($0)) } == [])
  }

  @Test(arguments: seeds) func coins(seed: UInt64) throws {
    var inputs = try RandomInputs(seed: seed)
    let pair = Two(first: sigmoid(inputs.vector(3)), second: 3 * inputs.vector(3))
    #expect(complaints(at: pair) { logBernoulli(of: $0.first, logits: $0.second) } == [])
    #expect(complaints(at: pair) { expectation(of: $0.second, under: $0.first) } == [])
    let coin = Two(first: 1.0, second: inputs.number())
    #expect(complaints(at: coin) { logBernoulli(of: $0.first, logit: $0.second) } == [])
  }
}

@Suite struct FunctionEdgeTests {
  private let never = -Double.infinity

  @Test func gradientOfALogSumIsASoftmax() {
    // Shifted by 1000: without the shift by the largest entry this overflows.
    let vector: Vector = [1000, 1001, 999]
    let found = gradient(at: vector) { logSumExp($0) }
    let weights = [exp(-1.0), 1, exp(-2.0)]
    for index in vector.indices {
      let expected = weights[index] / weights.reduce(0, +)
      // The argument of exp is a difference of numbers near 1000: its rounding error is 1000 ε.
      #expect((found[index] - expected).magnitude <= 2 * 1001 * 0x1p-52 * expected)
    }
  }

  @Test func impossibleEntriesHaveTheGradientZero() {
    let found = valueWithGradient(at: Vector([never, 0, never])) { logSumExp($0) }
    #expect(found.value == 0)
    #expect(found.gradient == [0, 1, 0])
  }

  @Test func impossibleSumsHaveTheGradientZero() {
    let found = valueWithGradient(at: Vector([never, never])) { logSumExp($0) }
    #expect(found.value == never)
    #expect(found.gradient == [0, 0])
    let none = valueWithGradient(at: Vector([])) { logSumExp($0) }
    #expect(none.value == never)
    #expect(none.gradient == .zero)
    #expect(softmax(Vector([never, never])) == [0, 0])
    #expect(logSoftmax(Vector([never, never])) == [never, never])
    #expect(gradient(at: Vector([never, never])) { logSoftmax($0).sum() } == .zero)
    #expect(gradient(at: never) { logAddExp($0, $0) } == 0)
  }

  @Test func notANumberIsPassedOn() {
    #expect(logSumExp(Vector([never, .nan])).isNaN)
    #expect(logSumExp(Vector([.infinity, .nan])).isNaN)
    #expect(logSumExp(Vector([.infinity, 1])) == .infinity)
  }

  @Test func tailsKeepTheirDigits() {
    #expect(softplus(Vector([-800, 800])) == [0, 800])
    #expect(logSigmoid(Vector([-800, 800])) == [-800, 0])
    // 1 − σ(40) in floating point is 0; the derivative σ(40) σ(−40) is e⁻⁴⁰.
    let slope = gradient(at: Vector([40])) { sigmoid($0).sum() }[0]
    #expect((slope / exp(-40.0) - 1).magnitude <= 8 * 0x1p-52)
  }

  @Test func certainCoinsAreCertain() {
    let outcomes: Vector = [1, 0]
    let logits: Vector = [.infinity, never]
    let found = valueWithGradient(at: logits) { logBernoulli(of: outcomes, logits: $0) }
    #expect(found.value == 0)
    #expect(found.gradient == [0, 0])
    #expect(logBernoulli(of: [0, 0], logits: logits) == never)
  }

  @Test func aWeightOfZeroSilencesInfinity() {
    #expect(expectation(of: [never, 2], under: [0, 1]) == 2)
    #expect(gradient(at: Vector([never, 2])) { expectation(of: $0, under: [0, 1]) } == [0, 1])
  }

  @Test func detachedFactorsAreConstants() {
    // d/dx of x² with one factor detached is x, not 2x.
    #expect(gradient(at: 3.0) { detach($0) * $0 } == 3)
    #expect(gradient(at: Vector([3, 4])) { detach($0).dot($0) } == [3, 4])
    #expect(gradient(at: Matrix([[3, 4]])) { detach($0).dot($0) } == [[3, 4]])
    #expect(detach(Vector([3, 4])) == [3, 4])
  }
}
