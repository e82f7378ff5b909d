import LessonKit
import Probability

/// The exact law of a known mistake on the example: enough to recognise it, too little to copy it.
public struct MistakeLaw: Sendable, Equatable {
  /// The name in the lesson's catalogue.
  public let name: String
  /// What is wrong, in words.
  public let words: String
  /// E[g] with one sample.
  let mean: [Double]
  /// Var[g] with one sample, component by component.
  let variances: [Double]
  /// E[g] with two samples.
  let meanOfTwo: [Double]
  /// Var[g] with two samples.
  let variancesOfTwo: [Double]
  /// The number of outcomes with two samples.
  let outcomes: Int

  /// Whether an estimator has this law, to nine digits.
  func matches(_ one: ExactMoments, _ two: ExactMoments) -> Bool {
    func near(_ found: [Double], _ known: [Double]) -> Bool {
      found.count == known.count
        && zip(found, known).allSatisfy { abs($0 - $1) <= 1e-9 * max(1, abs($1)) }
    }
    return two.outcomes == outcomes && near(one.mean, mean) && near(one.variances, variances)
      && near(two.mean, meanOfTwo) && near(two.variances, variancesOfTwo)
  }
}
