import LessonKit
import Models
import Probability

/// The bit on which relaxations are shown: log odds −1, f(z) = (z − 0.45)².
enum OneBit {
  static let problem = at(-1)

  /// The same function at other log odds.
  static func at(_ logit: Double) -> DiscreteProblem {
    DiscreteProblem(
      StateLaw(.bits(logits: [logit], couplings: [])),
      .fixed(.power(targets: [0.45], exponent: 2)))
  }

  /// The same with ½ added to f.
  static let shifted = DiscreteProblem(
    problem.law,
    .fixed(
      .sum([.power(targets: [0.45], exponent: 2), .polynomial([.init(0.5, powers: [0])])])))

  /// p (1 − p) (f(1) − f(0)) = p (1 − p) (1 − 2 · 0.45).
  static func gradient(_ logit: Double) -> ExactValue {
    ExactBits(logits: [logit]).variances[0] * 0.1
  }
}
