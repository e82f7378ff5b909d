import GSL
import LessonKit
import Probability

extension GaussianDivergenceExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, GaussianPair>(
    id: "gaussian-divergence",
    title: "The divergence of two Gaussians",
    task: """
      Both q and p are Gaussians, in any dimension. Write `mean_distance`, the mean under q of the squared \
      distance (z − μ_p)ᵀ C_p⁻¹ (z − μ_p), and with it `divergence`, KL(q‖p) in closed form. Every \
      Gaussian encoder pays it, and one lecture prints it with a half missing.
      """,
    hints: [
      "Take E_q of log q − log p; both are quadratic in z, so only mean and covariance matter.",
      "E_q[(z − μ_p)ᵀ C_p⁻¹ (z − μ_p)] = tr(C_p⁻¹ C_q) + (μ_q − μ_p)ᵀ C_p⁻¹ (μ_q − μ_p).",
      "All four terms, log-ratio, trace, distance and −d, stand under one common half.",
    ],
    example: try .lecture(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      Two special forms are used all the time: one dimension, where a covariance is a variance, \
      and p = N(0, I), which is what a Gaussian encoder pays:
      """)

  static let answer = Parts(
    kullbackLeibler: { q, p in try q.kullbackLeibler(from: p) },
    meanDistance: { q, p in try trace(p, q) + p.squaredDistance(from: q.mean) })

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "forgets-the-half", "the quadratic term without its ½", source: "E-013", \.kullbackLeibler,
      from: { right in
        { q, p in try right(q, p) + 0.5 * (try p.squaredDistance(from: q.mean)) }
      }),
    Mistake(
      "subtracts-a-constant-for-the-dimension", "−½ in place of −½d, whatever the dimension is",
      source: "ericjang/draw #8", \.kullbackLeibler,
      from: { right in { q, p in try right(q, p) + 0.5 * Double(q.dimension) - 0.5 } }),
    Mistake(
      "puts-the-sample-count-for-the-dimension", "n data where d dimensions belong",
      source: "E-018", \.kullbackLeibler,
      from: { right in
        { q, p in
          // The lecture's slip is on its slide about N(0, I): five data, two dimensions.
          let isStandard = p.mean.allSatisfy { $0 == 0 }
          return try right(q, p) + (isStandard ? 0.5 * Double(q.dimension) - 2.5 : 0)
        }
      }),
    Mistake(
      "turns-the-log-ratio-round", "log(|C_q|/|C_p|) in place of log(|C_p|/|C_q|)",
      source: "FluxML/model-zoo #147", \.kullbackLeibler,
      from: { right in
        { q, p in try right(q, p) - (try p.logDeterminant() - q.logDeterminant()) }
      }),
    Mistake(
      "takes-the-distance-of-the-mean", "D_p(E z) in place of E D_p(z): the trace is forgotten",
      \.meanDistance
    ) { q, p in try p.squaredDistance(from: q.mean) },
    Mistake(
      "inverts-the-other-covariance", "tr(C_q⁻¹C_p) in place of tr(C_p⁻¹C_q)", \.kullbackLeibler,
      from: { right in
        { q, p in try right(q, p) + 0.5 * (try trace(q, p) - trace(p, q)) }
      }),
  ]

  /// tr(C_a⁻¹C_b).
  private static func trace(_ a: Gaussian, _ b: Gaussian) throws -> Double {
    let solved = try LinearAlgebra.solve(
      order: a.dimension, a.covariance, right: b.covariance, rightColumns: a.dimension)
    return (0..<a.dimension).reduce(0) { $0 + solved[$1 * a.dimension + $1] }
  }
}
