import LessonKit
import Models
import Probability

/// The two problems of the hook.
enum HookProblem {
  /// A: log p(x, z) of a document.
  static let document = BitsProblem.document.bound

  /// B: f = (z₁ − 0.45)² + (z₂ − 0.4)².
  static let squares = DiscreteProblem(
    StateLaw(.bits(logits: [-1, -1.3], couplings: [])),
    .fixed(.power(targets: [0.45, 0.4], exponent: 2)))

  static let givens = [
    Given("log p(x, z) of A", BitsProblem.document.values),
    Given("θ of A", document.law.logits), Given("θ of B", squares.law.logits),
  ]
}

/// Three estimators on two problems: the variance of both components together.
@Sendable func hookTable(_: RunContext) throws -> Table {
  let rows = [
    ("nothing", "score-function"), ("f at the likeliest bits", "self-critic"),
    ("the tangent of f", "muprop"),
  ]
  return Table(
    title: "One draw, three estimates of the same gradient",
    columns: ["what is subtracted", "variance on A", "variance on B"],
    rows: try rows.map { words, name in
      [
        .text(words), .exact(try Zoo.variance(of: name, on: HookProblem.document), digits: 3),
        .exact(try Zoo.variance(of: name, on: HookProblem.squares), digits: 3),
      ]
    },
    note: "Both components together. The mean is the exact gradient in every row.")
}
