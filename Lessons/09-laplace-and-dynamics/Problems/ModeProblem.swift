import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability

/// Two numbers behind three counts, a place from which Newton's method starts, and a direction there.
struct ModeProblem: Sendable {
  /// Two numbers behind three counts.
  let model: LatentGaussian
  /// A z that is not the mode.
  let place: [Double]
  /// u, of length one.
  let direction: [Double]

  /// The model of some counts, with a place in it.
  private init(_ counts: CountsProblem) {
    (model, place, direction) = (counts.model, counts.q.mean.array, [0.8, -0.6])
  }

  /// The three counts of the lesson.
  static func threeCounts() throws -> ModeProblem { ModeProblem(try .threeCounts()) }

  /// Counts up to four, and features from −1 to 1.
  static func random(_ cases: inout Cases) throws -> ModeProblem {
    ModeProblem(try .random(&cases))
  }
}

extension ModeProblem: Shown {
  /// The prior, the counts, the place and the direction.
  var givens: [Given] {
    model.givens + [Given("z", place), Given("u", direction)]
  }
}

extension LatentGaussian {
  /// ẑ, by Newton's method with slope and curvature as they are written out.
  func writtenOutMode() throws -> [Double] {
    var z = mean.array
    for _ in 0..<40 {
      let step = try LinearAlgebra.choleskySolve(
        order: z.count, curvature(meansOfEvents(at: z).array).array, right: slope(at: z))
      z = zip(z, step).map { $0 + $1 }
    }
    return z
  }
}
