import GSL
import Probability
import Testing

@Suite("Numbers that carry their rounding")
struct ExactValueTests {
  /// How far two routes to one number are apart, and what both bounds allow together.
  private func agree(_ one: ExactValue, _ other: ExactValue) -> Bool {
    abs(one.value - other.value) <= one.roundingBound + other.roundingBound
  }

  // Catches: an operation that forgets an operand's error or its own rounding.
  @Test("Two routes to one number differ by no more than their bounds", arguments: 0..<200)
  func twoRoutes(index: Int) throws {
    var cases = try Cases(seed: 5, stream: UInt64(index))
    let numbers = try cases.reals(6, from: -3, to: 3)
    let x = numbers.map { ExactValue($0) }
    let (a, b, c) = (x[0], x[1], x[2])
    #expect(agree((a + b) * c, a * c + b * c))
    #expect(agree((a - b) * (a + b), a * a - b * b))
    #expect(agree(x.sum(), x.reversed().sum()))
    #expect(agree(a / b * b, a) && agree((a * b) / b, a))
    let positive = a * a + 0.125
    #expect(agree(positive.squareRoot * positive.squareRoot, positive))
    #expect(agree(positive.logarithm.exponential, positive))
    #expect(agree((positive * positive).logarithm, positive.logarithm + positive.logarithm))
    #expect(agree((b + c).exponential, b.exponential * c.exponential))
  }

  @Test("What is given has no rounding; what cancels keeps the bound of its terms")
  func cancelling() {
    let sum = ExactValue(0.1) + 0.2
    let left = sum - 0.3
    #expect(ExactValue(0.3).roundingBound == 0)
    #expect(left.value != 0 && left.roundingBound >= left.value)
    #expect(left.roundingBound < 1e-15)
    let huge = (ExactValue(1e16) + 1) - 1e16
    #expect(abs(huge.value - 1) <= huge.roundingBound && huge.roundingBound >= 1)
  }

  @Test("Where a bound knows nothing it is infinite, and never no number")
  func unknown() {
    let nothing = ExactValue(0, roundingBound: 1e-3)
    #expect((ExactValue(1) / nothing).roundingBound == .infinity)
    #expect(ExactValue(1e-4, roundingBound: 1e-3).logarithm.roundingBound == .infinity)
    #expect(ExactValue(-.infinity).exponential == ExactValue(0))
  }

  @Test("The bounds of a mean and a covariance are those of what they are sums of")
  func moments() throws {
    let moments = try exactMoments { choices in
      [try choices.flip(0.3) ? 7 : 0.1, try choices.flip(0.25) ? 1 : -1]
    }
    #expect(moments.means.map(\.value) == moments.mean)
    #expect(moments.covariances.map(\.value) == moments.covariance.flatMap { $0 })
    #expect(agree(moments.means[0], ExactValue(0.3) * 7 + ExactValue(0.7) * 0.1))
    let variance = ExactValue(0.3) * 0.7 * (ExactValue(6.9) * 6.9)
    #expect(agree(moments.covariances[0], variance))
    #expect(agree(moments.covariances[1], 0))
    #expect(moments.covariances.allSatisfy { $0.roundingBound < 1e-12 })
  }
}
