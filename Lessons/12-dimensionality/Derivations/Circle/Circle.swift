import GSL
import LessonKit
import Models
import Networks

extension CircleDerivation {
  /// Lines and an angle, and the ways to get them wrong.
  static let derivation = Derivation<Parts, CircleProblem>(
    id: "circle", title: "Two lines or one angle", example: .example, draw: { try .random(&$0) },
    checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      One number is enough on the circle. Add harmonics of the same angle, and lines need more and more:
      """)

  static let answer = Parts(
    covariance: { covariance(centred($0), of: $0.count) },
    error: { try error(centred($0), $1) },
    angle: { problem, x in atan2(x[1] - problem.centre[1], x[0] - problem.centre[0]) })

  private static func centred(_ points: [[Double]]) -> [[Double]] {
    let means = points[0].indices.map { d in
      points.reduce(0) { $0 + $1[d] } / Double(points.count)
    }
    return points.map { zip($0, means).map { $0 - $1 } }
  }

  private static func covariance(_ points: [[Double]], of count: Int) -> [[Double]] {
    points[0].indices.map { i in
      points[0].indices.map { j in points.reduce(0) { $0 + $1[i] * $1[j] } / Double(count) }
    }
  }

  /// Σ_{j>k} s_j²/n.
  private static func error(_ points: [[Double]], _ count: Int) throws -> Double {
    let parts = try SingularParts(of: Matrix(points))
    return parts.values.dropFirst(count).reduce(0) { $0 + $1 * $1 } / Double(points.count)
  }

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "forgets-the-centre", "takes second moments for the covariance: the mean is a direction",
      \.covariance
    ) { covariance($0, of: $0.count) }.and(\.error) { try error($0, $1) },
    Mistake(
      "divides-by-one-less", "n − 1, as for an estimate, where the points are all there are",
      \.covariance
    ) { covariance(centred($0), of: $0.count - 1) },
    Mistake("counts-from-zero", "keeps one direction too many", \.error) {
      try error(centred($0), $1 + 1)
    },
    Mistake(
      "half-a-circle", "the arc cosine of x_1: both halves of the circle get one number", \.angle
    ) { problem, x in
      let across = (x[0] - problem.centre[0]) / problem.radius
      return atan2(max(0, 1 - across * across).squareRoot(), across)
    },
  ]
}
