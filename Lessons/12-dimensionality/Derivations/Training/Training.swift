import Exact
import GSL
import LessonKit
import Models
import Networks

extension TrainingDerivation {
  /// The error of the fit and its likelihood, and the ways to get them wrong.
  static let derivation = Derivation<Parts, MatrixProblem>(
    id: "training", title: "What the fit says", example: .example, draw: { try .random(&$0) },
    checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      One step is about the error of the fit, the other about a likelihood. Follow each to the next rank:
      """)

  static let answer = Parts(
    residual: { x, rank in
      (Matrix(x) - (try SingularParts(of: Matrix(x)).nearest(rank: rank))).array
        .reduce(0) { $0 + $1 * $1 }
    },
    evidence: { x, rank, variance in try evidence(x, rank, fit: variance, score: variance) })

  /// Σ log p(x_i) of the rows, with weights fitted at one noise and scored at another.
  private static func evidence(
    _ x: [[Double]], _ rank: Int, fit: Double, score: Double
  ) throws -> Double {
    let moments = x[0].indices.map { i in
      x[0].indices.map { j in x.reduce(0) { $0 + $1[i] * $1[j] } / Double(x.count) }
    }
    let weights = try ProbabilisticComponents(
      fitting: moments, latentCount: rank, noise: fit
    ).weights
    let model = try ProbabilisticComponents(weights: weights, noise: score)
    return try x.reduce(0) { $0 + (try model.logEvidence(of: $1)) }
  }

  private static let mistakes: [Mistake<Parts>] = [
    Mistake("counts-parts-from-zero", "keeps one part too many", \.residual) { x, rank in
      try answer.residual(x, rank + 1)
    },
    Mistake("mean-of-entries", "divides by the nine entries: another scale", \.residual) {
      x, rank in
      try answer.residual(x, rank) / 9
    },
    Mistake(
      "noise-counted-twice", "W = U Λ^½: the noise is in the weights and beside them",
      source: "principal components used as weights", \.evidence
    ) { x, rank, variance in try evidence(x, rank, fit: 1e-300, score: variance) },
    Mistake(
      "one-observation-less", "scores two of three rows", \.evidence
    ) { x, rank, variance in try answer.evidence(x, rank, variance) * 2 / 3 },
  ]
}
