import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification

/// Exercise `matrix-tree`: a sum over exponentially many trees as a determinant.
enum MatrixTreeExercise {
  /// What is written.
  struct Parts: Sendable {
    /// The n × n matrix whose determinant is Σ_trees exp(score), for the model's rule about the root.
    var laplacian: @Sendable (SpanningTreeModel) -> Matrix
    /// log Σ_trees exp(score), for scores of any size.
    var logPartition: @Sendable (SpanningTreeModel) -> Double
  }

  typealias Check = LessonKit.Check<Parts, SpanningTreeModel>

  static let checks: [Check] = [
    partitionIsTheSum, determinantIsTheSum, singleRootedDeterminant, cayley, shiftedScores,
  ]

  static let determinantIsTheSum = Check(
    "determinant-is-the-sum", "log Σ_trees Π_edges exp(score) = log det L",
    because: "of all choices of a head for each word, those with a cycle cancel",
    claims: ["A-234"],
    as: .step
  ) { parts, model in
    determinant(parts.laplacian(model), against: model)
  }

  static let singleRootedDeterminant = Check(
    "single-root", "log det L' = log Σ_{trees with one root edge} Π_edges exp(score)",
    because: "linear in a row: that of the root picks one word (Koo et al 2007)",
    claims: ["A-234"],
    as: .consequence
  ) { parts, model in
    let single = model.withSingleRoot(true)
    return determinant(parts.laplacian(single), against: single)
  }

  static let cayley = Check(
    "cayley", "all scores 0:  Z = (n + 1)^(n − 1) trees",
    because: "directed away from the root, every undirected tree counts once (Cayley)",
    claims: ["A-234"],
    as: .consequence,
    changing: { _ in [Given("score", 0)] }
  ) { parts, model in
    let n = model.wordCount
    let trees = pow(Double(n + 1), Double(n - 1))
    return .equal(exp(parts.logPartition(.uniform(words: n, singleRoot: false))), trees)
  }

  static let partitionIsTheSum = Check(
    "partition-is-the-sum", "log Z = log Σ_trees Π_edges exp(score)",
    because: "a tree weighs the product of its edges",
    as: .step
  ) { parts, model in
    .equal(parts.logPartition(model), SpanningTreePosterior.enumerated(of: model).logPartition)
  }

  static let shiftedScores = Check(
    "shifted-scores", "scores + 600:  log Z + 600 n",
    because: "a tree of n words has n edges",
    as: .specialCase,
    changing: { problem in [Given("score", problem.scores.map { $0.dropFirst().map { $0 + 600 } })]
    }
  ) { parts, model in
    let shifted = try SpanningTreeModel(
      scores: model.scores.map { $0.map { $0 + 600 } }, singleRoot: model.singleRoot)
    let trees = SpanningTreePosterior.enumerated(of: model).logPartition
    return .equal(parts.logPartition(shifted), trees + ExactValue(Double(600 * model.wordCount)))
  }

  /// det L against the sum over trees, as logarithms.
  private static func determinant(
    _ laplacian: Matrix, against model: SpanningTreeModel
  ) -> Finding {
    let trees = SpanningTreePosterior.enumerated(of: model).logPartition
    guard laplacian.rows == laplacian.columns else { return .equal(trees, Double.nan) }
    let n = model.wordCount
    let scores = (1...n).flatMap { word in
      (0...n).filter { $0 != word }.map { model.scores[$0][word] }
    }
    let spread = exp((scores.max() ?? 0) - (scores.min() ?? 0))
    return .equal(
      trees, logDeterminant(laplacian),
      rounding: .of(
        terms: 6 * n * (n + 1) * Int(spread), size: 1,
        because: """
          what is left of n + 1 of the largest weights, with half a dozen roundings for each of n \
          pivots, may be as small as the least weight
          """))
  }
}
