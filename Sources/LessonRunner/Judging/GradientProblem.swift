import Interchange
import JSONText
import Judge
import LessonKit

/// A gradient that a program is to estimate, and what is known of it.
protocol GradientProblem {
  /// What the program is given: no more than whoever estimates has to know.
  var json: JSON { get }
  /// The exact gradient; nil where it has left the range of doubles.
  var target: [Double]? { get }
  /// How far rounding can have moved it.
  var targetBound: Double { get }
  /// What the components are called.
  var components: [String] { get }
  /// The variances of other estimators with as many draws.
  func references() throws -> [(name: String, variances: [Double])]
  /// Which known estimator has a law; nil where laws are not compared.
  func likeness(_ law: WholeLaw, isSingle: Bool, among mistakes: [KnownMistake]) -> Likeness?
}

extension GradientProblem {
  /// Nothing is compared.
  func likeness(_ law: WholeLaw, isSingle: Bool, among mistakes: [KnownMistake]) -> Likeness? {
    nil
  }
}

/// Reads a case to estimate on: bits under the spec of a model, or a Gaussian q and a log p that is
/// written out.
func gradientProblem(_ place: JSONPlace, samples: Int) throws(PlaceError) -> any GradientProblem {
  guard case .object = place.value, place.value["logJoint"] != nil else {
    return GradientTask(try EstimatorCase(place), samples: samples)
  }
  return try GaussianTask(place, samples: samples)
}
