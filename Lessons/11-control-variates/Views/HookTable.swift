import LessonKit
import Models
import Probability

/// Three estimators on two problems: the variance of both components together.
@Sendable func hookTable(_: RunContext) throws -> Table {
  let problems = [BitsProblem.document.bound, HookProblem.squares]
  let rows = [
    ("f s, nothing subtracted", "score-function"),
    ("f at the likeliest bits subtracted", "self-critic"), ("a tangent subtracted", "muprop"),
  ]
  return Table(
    title: "One draw, three estimates of the same gradient",
    columns: ["what is done", "variance on A", "variance on B"],
    rows: try rows.map { words, name in
      [.text(words)] + (try problems.map { .exact(try Zoo.variance(of: name, on: $0), digits: 3) })
    },
    note: "Both components together. The mean is the exact gradient in every row.")
}

/// The second problem of the hook: f = (z₁ − 0.45)² + (z₂ − 0.4)².
enum HookProblem {
  static let squares = DiscreteProblem(
    StateLaw(.bits(logits: [-1, -1.3], couplings: [])),
    .fixed(.power(targets: [0.45, 0.4], exponent: 2)))
}
