import GSL
import LessonKit
import Networks
import Probability

/// Points at equal distances on a circle, and on a curve that turns around in more dimensions.
struct CircleProblem: Sendable {
  /// How many points.
  static let count = 12

  /// r.
  let radius: Double
  /// The centre.
  let centre: [Double]
  /// The angle of the first point.
  let start: Double

  static let example = CircleProblem(radius: 2, centre: [0.7, -0.4], start: 0.2)

  static func random(_ cases: inout Cases) throws -> CircleProblem {
    CircleProblem(
      radius: try cases.real(from: 0.6, to: 2.5), centre: try cases.reals(2, from: -1, to: -0.2),
      start: try cases.real(from: 0.05, to: 0.4))
  }

  /// t of each point, between −π and π.
  var angles: [Double] {
    (0..<Self.count).map { start + 2 * Double.pi * (Double($0) / Double(Self.count) - 0.5) }
  }

  /// x = centre + r (cos t, sin t).
  func point(_ angle: Double) -> [Double] {
    [centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)]
  }

  /// All points.
  var points: [[Double]] { angles.map(point) }

  /// The points of r (cos t, sin t, cos 2t, sin 2t).
  var curve: [[Double]] {
    angles.map { t in [cos(t), sin(t), cos(2 * t), sin(2 * t)].map { radius * $0 } }
  }
}

extension CircleProblem: Shown {
  /// The circle, and where the points begin.
  var givens: [Given] {
    [
      Given("r", radius), Given("x̄", centre),
      Given("t_i", words: "\(Format.short(start, digits: 3)) + 2π (i/12 − ½),  i = 0 … 11"),
    ]
  }
}
