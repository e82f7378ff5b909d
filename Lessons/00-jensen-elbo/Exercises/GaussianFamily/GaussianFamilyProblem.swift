import GSL
import LessonKit
import Models
import Probability

/// Two models with one latent on the line, and a Gaussian q for both.
struct GaussianFamilyProblem: Sendable {
  /// A count whose posterior is no Gaussian.
  let count: PoissonCount
  /// An observation whose posterior is one.
  let line: LinearGaussian
  /// The mean of q.
  let mean: Double
  /// The variance of q.
  let variance: Double

  /// Three events, and x = 1 through a line; q is the prior moved a little.
  static let threeEvents = GaussianFamilyProblem(
    count: .threeEvents, line: .unit, mean: 0.3, variance: 0.8)

  /// Up to five events, a line that is not flat, and a q near the prior.
  static func random(_ cases: inout Cases) throws -> GaussianFamilyProblem {
    let count = try PoissonCount(
      shift: cases.real(from: -1, to: 1), count: cases.integer(1...5))
    let line = try LinearGaussian(
      slope: cases.real(from: 0.5, to: 2), noise: cases.real(from: 0.3, to: 2),
      observed: cases.real(from: 0.2, to: 3))
    return GaussianFamilyProblem(
      count: count, line: line, mean: try cases.real(from: -1, to: 1.5),
      variance: try cases.real(from: 0.1, to: 0.9))
  }

  /// The sum of the sizes of all terms of the count's ELBO at a mean:
  /// y (m + c), e^(m + c + v/2), log y!, ½ m², ½ v, ½, ½ log v.
  func sizeOfBound(mean: Double) -> Double {
    let events = Double(count.count) * (abs(mean) + abs(count.shift)) + count.logFactorial
    let rate = exp(mean + count.shift + 0.5 * variance)
    return events + rate + 0.5 * (mean * mean + variance + 1 + abs(log(variance)))
  }
}

extension GaussianFamilyProblem: Shown {
  /// The count with its shift, the line with its noise and observation, and q = N(m, v).
  var givens: [Given] {
    [
      Given("y", count.count), Given("c", count.shift), Given("a", line.slope),
      Given("s", line.noise), Given("x", line.observed), Given("m", mean), Given("v", variance),
    ]
  }
}
