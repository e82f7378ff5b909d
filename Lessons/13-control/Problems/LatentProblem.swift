import LessonKit
import Models
import Networks
import Probability

/// A system whose state is seen through more numbers than it has.
struct LatentProblem: Sendable {
  /// The system, with a start and pushes.
  let control: ControlProblem
  /// S, a row for each number of the code.
  let map: Matrix
  /// What a picture without depth shows: o = o* + p · pattern.
  let pattern: [Double]

  static var example: LatentProblem {
    get throws {
      LatentProblem(
        control: try .example, map: [[0.5, -0.2], [0.3, 0.8], [-0.4, 0.6]],
        pattern: [0.9, -0.5, 0.2])
    }
  }

  static func random(_ cases: inout Cases) throws -> LatentProblem {
    let diagonal = try cases.reals(2, from: 0.6, to: 1.2)
    let rest = try cases.reals(4, from: -0.4, to: 0.3)
    return LatentProblem(
      control: try .random(&cases),
      map: [[diagonal[0], rest[0]], [rest[1], diagonal[1]], [rest[2], rest[3]]],
      pattern: [try cases.real(from: 0.5, to: 1)] + (try cases.reals(2, from: -0.8, to: 0.6)))
  }

  /// S⁺ = (Sᵀ S)⁻¹ Sᵀ.
  var back: Matrix {
    let square = map.transposed().times(map)
    let determinant = square[0, 0] * square[1, 1] - square[0, 1] * square[1, 0]
    let inverse: Matrix = [
      [square[1, 1] / determinant, -square[0, 1] / determinant],
      [-square[1, 0] / determinant, square[0, 0] / determinant],
    ]
    return inverse.times(map.transposed())
  }

  /// Places that a mass can have been at, one step after the other, with forces that moved it.
  ///
  /// Of a mass with friction: p'' = p' + 0.9 (p' − p) + u.
  var steps: [PictureTransition] {
    var (before, now) = (control.start[0], control.start[0] + 0.7)
    return control.trial.map { force in
      let next = now + 0.9 * (now - before) + force
      defer { (before, now) = (now, next) }
      return PictureTransition(
        before: picture(before), now: picture(now), control: force, next: picture(next),
        cost: now * now)
    }
  }

  /// The picture of a place: an exposure that is as linear as no camera's.
  func picture(_ place: Double) -> [Double] { zip(goal, pattern).map { $0 + place * $1 } }

  /// o*, the picture that is wanted.
  var goal: [Double] { [0.4, 0.1, 0.3] }
}

extension LatentProblem: Shown {
  /// The system, and how it is seen.
  var givens: [Given] { control.givens + [Given("S", control.rows(map))] }

  /// The pictures.
  var pictureGivens: [Given] {
    [
      Given("o", words: "o* + p v, a picture of the place p"), Given("o*", goal),
      Given("v", pattern), Given("p_0", control.start[0]), Given("p_1", control.start[0] + 0.7),
      Given("u", control.trial),
    ]
  }
}
