import Approximate
import JSONText
import LessonKit

/// No mistake of that name can stand in an estimator's place.
struct UnknownMistake: Error, CustomStringConvertible {
  /// What was asked for.
  let name: String
  /// The course in which it was looked for.
  let course: Course

  /// One line with the nearest names.
  var description: String {
    let lesson = course.lessonOfEstimators
    if let owner = lesson?.inquiry(withMistake: name) {
      return "the mistake \(excerpt(of: name)) belongs to exercise \(owner.id), where no estimator "
        + "of a case occurs"
    }
    let near = nearest(3, to: name, among: course.estimatorMistakes.map(\.name))
    guard near.isEmpty else {
      return "no estimator has the mistake \(excerpt(of: name)); nearest: "
        + near.joined(separator: ", ")
    }
    let list = lesson.map { "; lessons mistakes \($0.id) lists them" } ?? ""
    return "the mistake \(excerpt(of: name)) is not known" + list
  }
}

extension Course {
  /// The mistake of a name, of those that can stand in an estimator's place.
  func estimatorMistake(named name: String) throws(UnknownMistake) -> EstimatorMistake {
    guard let mistake = estimatorMistakes.first(where: { $0.name == name }) else {
      throw UnknownMistake(name: name, course: self)
    }
    return mistake
  }
}
