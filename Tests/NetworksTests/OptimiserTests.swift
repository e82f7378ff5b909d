import Networks
import Testing
import _Differentiation

@Suite struct OptimiserTests {
  /// A parabola with unequal axes and its summit at (1, −2): f = −(x − 1)² − 10 (y + 2)².
  @differentiable(reverse)
  private static func hill(_ place: Vector) -> Double {
    let x = place[0] - 1
    let y = place[1] + 2
    return -x * x - 10 * y * y
  }

  private func climbed(_ rule: some Optimiser, steps: Int) -> Vector {
    var (rule, place) = (rule, Vector([4, 3]))
    for _ in 0..<steps {
      rule.ascend(&place, along: gradient(at: place, of: OptimiserTests.hill))
    }
    return place
  }

  @Test func everyRuleReachesTheSummit() {
    // SGD shrinks the distance along x by 1 − 2η = 0.92 a step: 0.92³⁰⁰ · 3 < 1e-10.
    let summit: Vector = [1, -2]
    for place in [
      climbed(SGD(learningRate: 0.04), steps: 300),
      climbed(Momentum(learningRate: 0.01, decay: 0.8), steps: 600),
    ] {
      #expect((place - summit).array.allSatisfy { $0.magnitude < 1e-8 })
    }
    // Adam circles the summit within about a step size.
    let place = climbed(Adam(learningRate: 0.01), steps: 3000)
    #expect((place - summit).array.allSatisfy { $0.magnitude < 0.01 })
  }

  @Test func descendingIsAscendingTheNegative() {
    let slopes: [Vector] = [[0.3, -2], [1, 0.5], [-4, 0.1]]
    var (up, down) = (Adam(learningRate: 0.1), Adam(learningRate: 0.1))
    var (high, low) = (Vector([1, 2]), Vector([1, 2]))
    for slope in slopes {
      up.ascend(&high, along: slope)
      down.descend(&low, along: -slope)
    }
    #expect(high == low)
    var (rule, place) = (SGD(learningRate: 0.5), Vector([1, 2]))
    rule.ascend(&place, along: [2, -2])
    #expect(place == [2, 1])
    rule.descend(&place, along: [2, -2])
    #expect(place == [1, 2])
  }

  @Test func momentumByHand() {
    // v: 1, then 0.5 + 1 = 1.5, then 0.75 − 1 = −0.25.
    var rule = Momentum(learningRate: 2, decay: 0.5)
    #expect(rule.step(up: [1]) == [2])
    #expect(rule.step(up: [1]) == [3])
    #expect(rule.step(up: [-1]) == [-0.5])
  }

  @Test func adamsFirstStepHasTheSizeOfItsRate() {
    // Without the division by 1 − βᵗ it would be 0.1 / √0.001 times as large.
    var rule = Adam(learningRate: 0.25, epsilon: 0)
    let slopes = [3, -1e-9, 1e9, 0]
    let steps = rule.step(up: slopes)
    for (step, expected) in zip(steps, [0.25, -0.25, 0.25, 0]) {
      #expect((step - expected).magnitude <= 8 * 0x1p-52)
    }
  }

  @Test func adamsSecondStepByHand() {
    // g = 1, then 3: m = (0.1·0.9 + 0.3) / 0.19, v = (0.001·0.999 + 0.009) / (1 − 0.999²).
    var rule = Adam(learningRate: 1, epsilon: 0)
    _ = rule.step(up: [1])
    let expected = (0.39 / 0.19) / (0.009999 / 0.001999).squareRoot()
    // 1 − 0.999² loses three digits to cancellation.
    #expect((rule.step(up: [3])[0] - expected).magnitude <= 16 * 0x1p-52 / 0.001)
  }

  @Test func aCopyRemembersSeparately() {
    var original = Momentum(learningRate: 1, decay: 0.5)
    _ = original.step(up: [1])
    var copy = original
    _ = copy.step(up: [100])
    #expect(original.step(up: [1]) == [1.5])
  }

  @Test func theFlatListIsInTheOrderOfTheTour() {
    var map = Linear(weights: [[1, 2], [3, 4]], bias: [5, 6])
    #expect(map.flat == [1, 2, 3, 4, 5, 6])
    #expect(map.parameterCount == 6)
    map.assign([6, 5, 4, 3, 2, 1])
    #expect(map == Linear(weights: [[6, 5], [4, 3]], bias: [2, 1]))
    map.add([1, 1, 1, 1, 1, 0.5])
    #expect(map == Linear(weights: [[7, 6], [5, 4]], bias: [3, 1.5]))
    #expect(map.flat(.zero) == [0, 0, 0, 0, 0, 0])
    #expect(Two(first: 2.5, second: Vector([1])).flat == [2.5, 1])
  }
}
