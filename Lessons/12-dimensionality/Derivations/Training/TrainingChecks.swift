import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification

/// Derivation `training`: what the fit itself says of the rank.
enum TrainingDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// ‖X − X_k‖².
    var residual: @Sendable (_ x: [[Double]], _ rank: Int) throws -> Double
    /// log p_k(X) of probabilistic principal components of k latents with the weights of highest likelihood.
    var evidence: @Sendable (_ x: [[Double]], _ rank: Int, _ variance: Double) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, MatrixProblem>

  static let checks: [Check] = [tail, falls, grows, stops]

  static let tail = Check(
    "tail", "‖X − X_k‖² = Σ_(j>k) s_j²,  k = 1, 2",
    because:
      "the nearest matrix of rank k keeps the k largest parts: their s_j² are eigenvalues of Xᵀ X",
    as: .step
  ) { parts, problem in
    let squares = try squares(problem.seen)
    return .equal(
      try (1...2).map { try parts.residual(problem.seen, $0) },
      [squares[0] + squares[1], squares[0]],
      rounding: .of(
        terms: 256, size: squares[2], because: "eigenvalues are off by ε of the largest"))
  }

  static let falls = Check(
    "falls", "‖X − X_(k+1)‖² ≤ ‖X − X_k‖²,  k = 0, 1",
    because:
      "one part more is kept, and s_(k+1)² is gone from the sum: the fit always takes the largest rank",
    as: .consequence
  ) { parts, problem in
    let (x, squares) = (problem.seen, try squares(problem.seen))
    return .atMost(
      try [1, 2].map { try parts.residual(x, $0) }, try [0, 1].map { try parts.residual(x, $0) },
      gap: [squares[2], squares[1]],
      rounding: .of(
        terms: 256, size: squares[2], because: "eigenvalues are off by ε of the largest"))
  }

  static let grows = Check(
    "grows", "log p_2(X) − log p_1(X) = (3/2) (κ_2/τ − 1 − log(κ_2/τ))",
    because:
      "κ_j = s_j²/3; a direction whose spread exceeds the noise τ is worth a latent; this τ is 0.7 κ_2 + 0.3 κ_3",
    as: .step, changing: { [Given("τ", try quiet($0))] }
  ) { parts, problem in
    let (x, v) = (problem.seen, try quiet(problem))
    let ratio = try squares(x)[1] / 3 / v
    return .equal(
      try parts.evidence(x, 2, v) - parts.evidence(x, 1, v), 1.5 * (ratio - 1 - log(ratio)),
      rounding: .of(
        terms: 512, size: try squares(x)[2] / v,
        because: "squares over the noise are subtracted"))
  }

  static let stops = Check(
    "stops", "log p_3(X) = log p_2(X),  κ_3 < τ",
    because:
      "a direction with less spread than noise gets the weight zero: where τ is known, the likelihood stops rising",
    as: .consequence, changing: { [Given("τ", try quiet($0))] }
  ) { parts, problem in
    let (x, v) = (problem.seen, try quiet(problem))
    return .equal(
      try parts.evidence(x, 3, v), try parts.evidence(x, 2, v),
      rounding: .of(
        terms: 512, size: try squares(x)[2] / v,
        because: "squares over the noise are subtracted"))
  }

  /// s_j², ascending, as eigenvalues of Xᵀ X.
  static func squares(_ x: [[Double]]) throws -> [Double] {
    try LinearAlgebra.symmetricEigen(
      order: 3,
      (0..<3).flatMap { i in (0..<3).map { j in x.reduce(0) { $0 + $1[i] * $1[j] } } }
    ).values
  }

  /// A τ between κ_3 and κ_2, nearer to the latter.
  @Sendable static func quiet(_ problem: MatrixProblem) throws -> Double {
    let squares = try squares(problem.seen)
    return (0.3 * squares[0] + 0.7 * squares[1]) / 3
  }
}
