import Exact
import GSL
import LessonKit
import Models
import Probability

/// A number that is seen through its square: z ~ N(0, 1), x ~ N(z², s).
struct TwoModesProblem: Sendable, LatentLine {
  /// x.
  let observed: Double
  /// s.
  let noise: Double
  /// A place on the line.
  let place: Double

  /// x = 1, seen with a deviation of a tenth.
  static let narrow = TwoModesProblem(observed: 1, noise: 0.01, place: 0)

  /// Squares from ½ to 2, with little noise.
  static func random(_ cases: inout Cases) throws -> TwoModesProblem {
    TwoModesProblem(
      observed: try cases.real(from: 0.5, to: 2), noise: try cases.real(from: 0.01, to: 0.05),
      place: try cases.real(from: -0.2, to: 0.2))
  }

  /// log N(x; z², s).
  func logLikelihood(_ z: Double) -> Double {
    let residual = observed - z * z
    return -0.5 * (log(2 * Double.pi * noise) + residual * residual / noise)
  }

  /// 2 z (x − z²)/s.
  func likelihoodSlope(_ z: Double) -> Double { 2 * z * (observed - z * z) / noise }

  /// That of z² = x.
  var highestLogLikelihood: Double { -0.5 * log(2 * Double.pi * noise) }

  /// By quadrature.
  var posterior: LatentLinePosterior { LatentLinePosterior(of: self) }

  /// The mode on the right, √(x − s/2).
  var mode: Double { sqrt(observed - 0.5 * noise) }

  /// Laplace's variance there, s/(4 ẑ²).
  var variance: Double { noise / (4 * mode * mode) }

  /// Laplace's log-evidence of one mode.
  var logEvidenceOfOne: Double { logJoint(mode) + 0.5 * log(2 * Double.pi * variance) }
}

extension TwoModesProblem: Shown {
  /// What is seen, and a place.
  var givens: [Given] {
    [
      Given("z", words: "N(0, 1)"), Given("x", observed), Given("s", noise),
      Given("z at which H is asked for", place),
    ]
  }
}
