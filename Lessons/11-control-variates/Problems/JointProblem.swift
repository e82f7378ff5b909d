import LessonKit
import Models
import Probability

/// Two bits whose numbers are log p(x, z), one for each state.
struct JointProblem: Sendable {
  let bits: BitsProblem

  /// q.
  var law: StateLaw { bits.law }
  /// log p(x, z).
  var values: [Double] { bits.values }
  /// The ELBO.
  var bound: DiscreteProblem { bits.bound }
}

extension JointProblem: Shown {
  /// q and log p(x, z).
  var givens: [Given] { [Given("θ", bits.logits), Given("log p(x, z)", values)] }
}
