import JSONText
import LessonKit
import Probability

/// The different values of an estimate, each with its probability.
struct FiniteLaw {
  private(set) var values: [[Double]] = []
  let probabilities: [Double]

  /// The law of a program of choices and cut uniforms: once for the values, once more for their shares.
  init(of program: (inout CutUniforms) throws -> [Double]) throws {
    var seen: [[Double]] = []
    _ = try exactMomentsWithUniforms { choices in
      let value = try program(&choices)
      if !seen.contains(value) { seen.append(value) }
      return [0]
    }
    probabilities = try exactMomentsWithUniforms { choices in
      let value = try program(&choices)
      return seen.map { $0 == value ? 1 : 0 }
    }.mean
    values = seen
  }
}

extension OutsidePart {
  /// One draw of what a program outside returns, where the library's own draws uniforms with cuts.
  func draw(
    _ given: JSON, _ choices: inout CutUniforms,
    like right: (inout CutUniforms) throws -> [Double]
  ) throws -> [Double] {
    var (values, probabilities) = ([[Double]](), [Double]())
    try forEachOutcome { (inner: inout Exhaustive) in
      try draw(given, &inner) { inner in
        let wanted = try FiniteLaw(of: right)
        return wanted.values[try inner.choose(wanted.probabilities)]
      }
    } visit: { value, probability in
      values.append(value)
      probabilities.append(probability)
    }
    return values[try choices.choose(probabilities)]
  }
}
