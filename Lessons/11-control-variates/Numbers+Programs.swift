import Approximate
import LessonKit
import Models
import Probability

/// What the numbers of the sections on slopes, sums, couplings and biases are.
enum ProgramNumbers {
  /// The variance of REBAR with all of its control, ζ̃ tied to ζ or not.
  static func rebar(isTied: Bool) throws -> QuadratureValue {
    let found = try Zoo.moments(
      "rebar", on: OneBit.problem,
      ["eta": .number(1), "temperature": .number(0.5), "coupled": .flag(isTied)])
    return QuadratureValue(found.covariance[0][0], errorBound: found.errorBound)
  }

  /// The η of least variance for independent numbers: the vertex of a parabola through three of its points.
  static func bestShare() throws -> Double {
    let v = try [0.0, 0.5, 1].map { share in
      try Zoo.variance(
        of: "rebar", on: OneBit.problem,
        ["eta": .number(share), "temperature": .number(0.5), "coupled": .flag(false)])
    }
    // v = v_0 + b η + a η²: the vertex is −b/2a.
    let (a, b) = (2 * (v[0] - 2 * v[1] + v[2]), 4 * v[1] - 3 * v[0] - v[2])
    return -b / (2 * a)
  }

  /// A total variance on the chain of the derivation of sums.
  static func onChain(_ name: String) throws -> ExactValue {
    ExactValue(try Zoo.variance(of: name, on: SumsProblem.example.chain))
  }

  /// That of an unordered set of two of its states.
  static func unordered(hasBaseline: Bool) throws -> ExactValue {
    ExactValue(
      try Zoo.variance(
        of: "unordered-set", on: SumsProblem.example.states,
        ["samples": .number(2), "baseline": .flag(hasBaseline)]))
  }

  /// The mean of straight-through for two functions with the same values at 0 and 1.
  static func straightThrough(asTable: Bool) throws -> ExactValue {
    let problem = OneBit.problem
    let shown =
      asTable
      ? DiscreteProblem(problem.law, .fixed(.table(problem.signals, over: problem.law))) : problem
    return ExactValue(
      try Zoo.moments("straight-through", on: shown, ["derivative": .word("sigmoid")]).mean[0])
  }

  /// Mean and variance of Gumbel-softmax on one bit.
  static func softened(_ temperature: Double) throws -> ZooMoments {
    try Zoo.moments("gumbel-softmax", on: OneBit.problem, ["temperature": .number(temperature)])
  }

  /// Its variance.
  static func softenedVariance(_ temperature: Double) throws -> QuadratureValue {
    let found = try softened(temperature)
    return QuadratureValue(found.covariance[0][0], errorBound: found.errorBound)
  }

  /// The variance of an estimator for (z − 0.45)² + ½.
  static func shifted(_ name: String, isTied: Bool = false) throws -> QuadratureValue {
    let found = try Zoo.moments(
      name, on: OneBit.shifted,
      ["eta": .number(1), "temperature": .number(0.5), "coupled": .flag(isTied)])
    return QuadratureValue(found.covariance[0][0], errorBound: found.errorBound)
  }
}
