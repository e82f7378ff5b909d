import Approximate
import Curriculum
import JSONText
import LessonKit

/// No mistake of that name can stand in an estimator's place.
struct UnknownMistake: Error, CustomStringConvertible {
  /// What was asked for.
  let name: String

  /// One line with the nearest names.
  var description: String {
    let exercises = Catalogue.lessonOfEstimators.inquiries
    if let owner = exercises.first(where: { $0.mistakes.contains { $0.name == name } }) {
      return "the mistake \(excerpt(of: name)) belongs to exercise \(owner.id), where no estimator "
        + "of a case occurs"
    }
    let near = nearest(3, to: name, among: Catalogue.estimatorMistakes.map(\.name))
    guard near.isEmpty else {
      return "no estimator has the mistake \(excerpt(of: name)); nearest: "
        + near.joined(separator: ", ")
    }
    return "the mistake \(excerpt(of: name)) is not known; lessons mistakes "
      + "\(Catalogue.lessonOfEstimators.id) lists them"
  }
}

extension Catalogue {
  /// The mistake of a name, of those that can stand in an estimator's place.
  static func estimatorMistake(named name: String) throws(UnknownMistake) -> EstimatorMistake {
    guard let mistake = estimatorMistakes.first(where: { $0.name == name }) else {
      throw UnknownMistake(name: name)
    }
    return mistake
  }
}
