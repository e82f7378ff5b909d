import LessonKit
import Probability
import Verification

/// Derivation `circle`: two dimensions for lines, one for an angle.
enum CircleDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// The covariance of some points.
    var covariance: @Sendable (_ points: [[Double]]) throws -> [[Double]]
    /// The mean squared error of the best description by k numbers and a linear map.
    var error: @Sendable (_ points: [[Double]], _ count: Int) throws -> Double
    /// t(x).
    var angle: @Sendable (CircleProblem, _ point: [Double]) -> Double
  }

  typealias Check = LessonKit.Check<Parts, CircleProblem>

  static let checks: [Check] = [covariance, line, angle, curve]

  static let covariance = Check(
    "covariance", "Cov[x] = ½ r² I",
    because:
      "the mean of cos² t and of sin² t is ½, that of cos t sin t is 0: no direction is less than another",
    claims: ["A-054"], as: .step
  ) { parts, problem in
    let half = ExactValue(problem.radius) * ExactValue(problem.radius) / 2
    return .equal(
      try parts.covariance(problem.points).flatMap { $0 }, [half, 0, 0, half],
      rounding: .of(size: 16, because: "squares of coordinates up to 4 are centred"))
  }

  static let line = Check(
    "line", "E|x − x̂|² = ½ r²,  k = 1",
    because: "the best line keeps the largest eigenvalue of Cov[x] and loses the other one",
    claims: ["A-054"], as: .step
  ) { parts, problem in
    .equal(
      try parts.error(problem.points, 1),
      ExactValue(problem.radius) * ExactValue(problem.radius) / 2,
      rounding: .of(size: 16, because: "squares of coordinates up to 4 are centred"))
  }

  static let angle = Check(
    "angle", "x = x̄ + r (cos t, sin t),  t = t(x)",
    because:
      "one number says where a point of the circle is, and a map that is no line gives it back",
    claims: ["A-054"], as: .step
  ) { parts, problem in
    .equal(
      problem.points.flatMap { $0 },
      problem.points.flatMap { problem.point(parts.angle(problem, $0)) },
      rounding: .of(size: 4, because: "coordinates of up to 4, some of them near zero"))
  }

  static let curve = Check(
    "curve", "E|x − x̂|² = ½ r² (4 − k),  k = 1, 2, 3",
    because:
      "every harmonic, cos h t with sin h t, asks for two more lines; the angle is still one number",
    claims: ["A-054"], as: .consequence,
    changing: { _ in [Given("x", words: "r (cos t, sin t, cos 2t, sin 2t)")] }
  ) { parts, problem in
    let half = ExactValue(problem.radius) * ExactValue(problem.radius) / 2
    return .equal(
      try (1...3).map { try parts.error(problem.curve, $0) }, [half * 3, half * 2, half],
      rounding: .of(size: 32, because: "four squares of this size are added"))
  }
}
